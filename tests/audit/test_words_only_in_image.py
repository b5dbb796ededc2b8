"""The rule `words-only-in-image`, with pictures that are made here. No browser is needed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest

from newsletter.audit.observation import ElementLocator, Observation
from newsletter.audit.read_words import can_run, installed_languages, read_words
from newsletter.check.issue_text import IssueText
from newsletter.check.page import ParsedPage
from newsletter.check.registry import rule
from newsletter.check.rule import Finding
from newsletter.issue.load import load, load_brand
from newsletter.project import Project
from support.examples import SHORT
from support.pictures import gif, poster, qr_code

OPEN_DAY = ["Open day in Saltby Hall", "Saturday 4 June, 2pm to 5pm", "Cakes, music and stalls for everybody"]
RULE = rule("words-only-in-image")


@pytest.fixture(autouse=True)
def tesseract() -> None:
    if "eng" not in installed_languages() and not os.environ.get("NEWSLETTER_REQUIRE_ALL"):
        pytest.skip("Tesseract is not installed")


class OfIssue:
    """What the rule looks at of an observation."""

    def __init__(self, issue: IssueText) -> None:
        self.locator = ElementLocator(cast(ParsedPage, None), issue)


def findings_of(picture: bytes, folder: Path, alt: str, after: str = "", language: str = "en-GB") -> list[Finding]:
    """Return what the rule reports of an issue with one picture and a text."""
    (folder / "issues").mkdir()
    (folder / "issues/picture.png").write_bytes(picture)
    path = folder / "issues/case.yaml"
    block = f'      - image:\n          src: picture.png\n          alt: "{alt}"\n'
    text = SHORT.replace("    content:", f"    language: {language}\n    content:") + block
    path.write_text(text + (f"      - text: |\n          {after}\n" if after else ""), "utf-8")
    project = Project(folder)
    brand = load_brand(project)
    page = cast(Observation, OfIssue(IssueText(load(path, project, brand), brand)))
    return list(RULE.check(page, RULE.options))


def test_words_are_read_in_dark_and_in_light_letters() -> None:
    for picture in (poster(OPEN_DAY), poster(OPEN_DAY, ink="white", card="#0B4A53")):
        assert {"Saltby", "Hall", "Saturday", "everybody"} <= set(read_words(picture, "en-GB"))


@pytest.mark.parametrize("picture", [qr_code("https://example.org/"), gif(2, 100)])
def test_nothing_is_read_where_there_are_no_words(picture: bytes) -> None:
    assert read_words(picture, "en-GB") == ()


def test_a_language_that_is_not_installed_is_not_read() -> None:
    assert read_words(poster(OPEN_DAY), "tlh") == ()


def test_words_that_are_nowhere_in_the_article_are_reported(tmp_path: Path) -> None:
    (finding,) = findings_of(poster(OPEN_DAY), tmp_path, "Come to our open day in June.")
    assert "“Saltby Hall Saturday" in finding.message
    assert finding.where.location.line == SHORT.count("\n") + 4


@pytest.mark.parametrize(
    ("alt", "after"),
    [
        ("Open day in Saltby Hall, Saturday 4 June, 2pm to 5pm: cakes, music and stalls for everybody", ""),
        (
            "A poster",
            "Open day in Saltby Hall on Saturday, 4 June, 2pm to 5pm. Cakes, music, stalls for everybody!",
        ),
    ],
)
def test_words_in_the_description_or_in_the_text_are_not_missing(alt: str, after: str, tmp_path: Path) -> None:
    assert findings_of(poster(OPEN_DAY), tmp_path, alt, after) == []


def test_a_sign_in_a_photo_is_not_reported(tmp_path: Path) -> None:
    assert findings_of(poster(["Please ring the bell"]), tmp_path, "A door with a sign") == []


def test_without_tesseract_the_rule_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_run(RULE)
    monkeypatch.setattr("newsletter.audit.read_words.installed_languages", frozenset)
    assert not can_run(RULE)
    assert can_run(rule("invisible-words"))
