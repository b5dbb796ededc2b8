"""A whole issue that is filled at the end is the same as one that was built with the values of a reader."""

from __future__ import annotations

import re
from pathlib import Path

from fast_mail_parser import PyMail, parse_email

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.field_syntax import FieldUse
from newsletter.issue.load import load_brand
from newsletter.issue.merge_fields import Fill
from newsletter.personal.field_tokens import TokenMaker
from newsletter.personal.template import MessageTemplate
from newsletter.pipeline import build_editions, build_filled_issue
from newsletter.project import Project

READER = {"first_name": "Zoë O’Brien", "address": "zoe@example.org", "token": "k3"}
FIELDS = "fields:\n  first_name: {example: Sam, fallback: friends}\n"


def read(message: bytes) -> PyMail:
    return parse_email(message, strict=True)


def test_a_field_in_every_place_of_an_issue(project: Project, tmp_path: Path) -> None:
    path = project.issues / "2026-12-03-everything-at-once.yaml"
    lines = path.read_text("utf-8").splitlines()
    words = re.compile(" (?:people|MS|with|for|is) ")
    # Lines with a list in brackets would need quotation marks.
    text = "\n".join(line if "[" in line else words.sub(" {first_name} ", line) for line in lines)
    brand_text = (
        project.template_file("brand.yaml").read_text("utf-8").replace("unsubscribe\n", "unsubscribe/{token}\n", 1)
    )
    brand = load_brand(project, brand_text + FIELDS)

    def editions(fill: Fill) -> list[Edition]:
        return build_editions(build_filled_issue(path, project, brand, text, fill), project, EDITION_KINDS)

    def value(use: FieldUse) -> str:
        return READER[use.name]

    make_token = TokenMaker([text, brand_text])
    for with_tokens, with_values in zip(editions(make_token), editions(value), strict=True):
        template = MessageTemplate.from_message(with_tokens.message, make_token.uses)
        filled = read(template.fill(READER))
        direct = read(with_values.message)
        assert filled.subject == direct.subject
        assert filled.text_plain == direct.text_plain
        assert filled.text_html == direct.text_html
        assert filled.headers["List-Unsubscribe"] == direct.headers["List-Unsubscribe"]
        assert len(re.findall("Zoë O’Brien", filled.text_plain[0])) > 20
