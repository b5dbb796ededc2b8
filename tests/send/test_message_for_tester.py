"""The email of a test: what is above its first words, and that the rest is the edition as readers get it."""

from __future__ import annotations

import re

from fast_mail_parser import parse_email

from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.problems import Location, Problem
from newsletter.send.message_for_tester import message_for_tester

PROBLEMS = [Problem(Location("issues/a.yaml", line), "id", "A <b> & “c”.") for line in range(1, 13)]


def test_the_check_is_above_the_first_words_in_paragraphs_of_its_own_language(edition: Edition) -> None:
    mail = parse_email(message_for_tester(edition, "It reports 12 errors.", PROBLEMS, "ed@saltby.test"), strict=True)
    lines = ["This is a test. It was not sent to readers.", "It reports 12 errors."]
    lines += [f"Error: issues/a.yaml:{line}: A <b> & “c”." for line in range(1, 11)] + ["And 2 more."]
    assert mail.subject == f"[Test] {edition.issue.subject}"
    text = mail.text_plain[0].replace("\r\n", "\n")
    assert text == "\n\n".join([*lines, edition.text])
    body = next(parse_html(mail.text_html[0]).iter("body"))
    added = list(body)[: len(lines)]
    assert [(element.tag, element.text) for element in added] == [("p", line) for line in lines]
    assert {(element.get("lang"), element.get("dir")) for element in added} == {("en", "ltr")}
    # Without the note it is the page of the edition.
    page = re.sub("(<body[^>]*>)(?:<p lang=.*?</p>)+", r"\1", mail.text_html[0].replace("\r\n", "\n"))
    assert page == edition.inlined


def test_a_message_of_text_alone_has_no_page(every_edition: dict[str, dict[str, Edition]]) -> None:
    for editions in every_edition.values():
        mail = parse_email(
            message_for_tester(editions["text-only"], "It reports nothing.", [], "ed@saltby.test"), strict=True
        )
        assert mail.text_html == [] and mail.text_plain[0].startswith("This is a test.")
