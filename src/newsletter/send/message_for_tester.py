"""The email of a test: an edition with “[Test]” in its subject, and the result of the check above its first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from newsletter.edition import Edition, InlinedPage, PlainText
from newsletter.problems import Problem
from newsletter.stages.envelope import envelope
from newsletter.stages.header_fields import NamedAddress
from newsletter.stages.message import assemble_message
from newsletter.stages.picture_urls import attachments

_MOST_PROBLEMS = 10
"""How many problems are listed. `newsletter check` lists them all."""

_BODY = re.compile(r"<body\b[^<>]*+>")
# Dark words on a light background: 14:1. Its own colours, so that it is no part of the look of the brand.
_STYLE = (
    "margin:0;padding:8px 24px;font-family:Verdana,sans-serif;font-size:18px;line-height:1.5;text-align:left;"
    "color:#1A1A1A;background-color:#FFF4C2"
)


def message_for_tester(
    edition: Edition, summary: str, problems: Sequence[Problem], to: str, test_token: str = ""
) -> bytes:
    """Return the message of an edition as a test.

    The added words are English, and say so. They are paragraphs, so that the headings of the email stay as they are.

    Args:
        edition: the edition.
        summary: the result of the check, in a sentence.
        problems: what the check found, the worst first.
        to: the address of somebody who tests.
        test_token: what addresses of the brand have instead of a reader's token; empty if they are the same for all.
    """
    listed = [f"{each.severity.capitalize()}: {each.location}: {each.message}" for each in problems[:_MOST_PROBLEMS]]
    more = [f"And {len(problems) - _MOST_PROBLEMS} more."] if problems[_MOST_PROBLEMS:] else []
    links = "The links to unsubscribe or to choose are not a reader's own: they have your address or the token"
    notes = [f"{links} “{test_token}” in them."] if test_token else []
    lines = ["This is a test. It was not sent to readers.", *notes, summary, *listed, *more]
    page = edition.html_part
    if page is not None:
        note = "".join(f'<p lang="en" dir="ltr" style="{_STYLE}">{escape(line)}</p>' for line in lines)
        page = InlinedPage(_BODY.sub(lambda body: body[0] + note, page, count=1))
    values = envelope(edition.issue, edition.brand)
    headers = replace(values, subject=f"[Test] {values.subject}", to=NamedAddress("", to))
    text = PlainText("\n\n".join([*lines, edition.text]))
    return assemble_message(headers, text, page, attachments(edition.pictures, edition.brand))
