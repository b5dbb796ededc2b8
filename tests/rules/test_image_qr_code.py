"""The rule `image-qr-code`, with pictures that are made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter.check.registry import all_rules
from newsletter.issue.picture_contents import contents
from support.picture_rule import PICTURE_LINE, findings_about
from support.pictures import draw_picture, gif, qr_code

RULE = next(rule for rule in all_rules() if rule.id == "image-qr-code")
JOIN = "https://www.example.org/join"


@pytest.mark.parametrize(
    "picture",
    [
        {},
        {"dark": "white", "light": "black"},
        {"light": None},
        {"dark": "white", "light": None},
        {"dark": "#0B4A53", "light": "#E3F0EC"},
        {"width": 1200},
        {"kind": "Aztec"},
        {"kind": "DataMatrix"},
    ],
    ids=str,
)
def test_codes_are_read_as_a_phone_reads_them(picture: dict[str, Any]) -> None:
    assert contents(draw_picture({"code": JOIN, **picture}), "png").codes == (JOIN,)


def test_a_picture_without_a_code_has_none() -> None:
    assert contents(gif(2, 100), "gif").codes == ()


@pytest.mark.parametrize(
    ("code", "after", "hint"),
    [
        (JOIN, "", f"Write a link to {JOIN}"),
        (JOIN, "[Our homepage](https://www.example.org/).", f"Write a link to {JOIN}"),
        (JOIN, "Go to www.example.org/join to join us.", f"Write a link to {JOIN}"),
        (JOIN, f"[Join us]({JOIN}).", ""),
        (f"{JOIN}/?utm_source=print&utm_medium=qr", f"[Join us]({JOIN}).", ""),
        (f"{JOIN}?form=2", f"[Join us]({JOIN}).", f"Write a link to {JOIN}?form=2"),
        ("HTTPS://EXAMPLE.ORG/JOIN", f"[Join us]({JOIN}).", ""),
        ("example.org/join", f"[Join us]({JOIN}).", ""),
        ("https://[example/join", "", "Write a link to https://[example/join"),
        ("tel:+441632960190", "", "Write the phone number +441632960190"),
        ("tel:+441632960190", "Call us on 01632 960 190.", ""),
        ("SMSTO:01632960190:JOIN", "Call us.", "Write the phone number 01632960190"),
        ("mailto:hello@example.org?subject=Join", "", "Write the email address hello@example.org"),
        ("mailto:hello@example.org", "Write to <hello@example.org>.", ""),
        ("WIFI:T:WPA;S:Saltby Hall;P:lark2027;;", "", "Write what the code says"),
        ("WIFI:T:WPA;S:Saltby Hall;P:lark2027;;", "Our network is “Saltby Hall”, and its password is “lark2027”.", ""),
        ("Doors open at seven.", "Come early.", "Write what the code says"),
        ("Doors open at seven.", "The doors open at seven.", ""),
    ],
)
def test_what_is_reported(code: str, after: str, hint: str, tmp_path: Path) -> None:
    findings = findings_about(RULE, qr_code(code), "code.png", tmp_path, after)
    assert [f"{hint} in this article." in finding.hint for finding in findings] == [True] * bool(hint)
    assert [finding.where.location.line for finding in findings] == [PICTURE_LINE] * bool(hint)
