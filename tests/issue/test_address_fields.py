"""Email addresses and phone numbers as people write them, up to the email that readers get."""

from __future__ import annotations

import re

import pytest
from pydantic_core import PydanticCustomError

from conftest import ISSUES
from newsletter.issue.address_fields import DisplayedEmailAddress, EmailAddress, PhoneNumber
from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.project import Project

_ISSUE = """
subject: "The choir"
preheader: "Who to ask"
title: "News"
date: 2026-12-03
articles:
  - title: "The choir"
    summary: "It sings on Mondays."
    content:
      - contact:
          name: "Ann"
          phone: "030/123 45 67"
          email: ann@gärtner.de
"""


def test_an_international_server_is_shown_as_it_was_typed_and_linked_in_ascii(project: Project, brand: Brand) -> None:
    edition = build(project.issues / f"{ISSUES[0]}.yaml", project, brand, text=_ISSUE)
    assert 'href="mailto:ann@xn--grtner-bua.de"' in edition.inlined
    assert 'href="tel:0301234567"' in edition.inlined
    assert "ann@gärtner.de" in edition.text
    assert "030/123 45 67" in edition.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("address", ["ann@例え.jp", "ann.b+c@gärtner.de", "ann@example.org"])
def test_an_address_that_readers_see_stays_as_it_was_typed(address: str) -> None:
    assert DisplayedEmailAddress.check(address) == address


@pytest.mark.parametrize("address", ["ann@gärtner", "ann@@gärtner.de", "ann@gärt ner.de", "@gärtner.de"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(PydanticCustomError, match="is not an email address"):
        DisplayedEmailAddress.check(address)


def test_an_address_of_a_header_says_how_to_write_its_server() -> None:
    with pytest.raises(PydanticCustomError) as error:
        EmailAddress.check("ann@gärtner.de")
    assert "Write the name of its server in ASCII: ann@xn--grtner-bua.de." in str(error.value.context)


@pytest.mark.parametrize("address", ["änn@gärtner.de", "änn@example.org", "anä@example.org", "安@例え.jp"])
@pytest.mark.parametrize("kind", [EmailAddress, DisplayedEmailAddress])
def test_a_letter_before_the_at_sign_that_is_not_in_ascii_is_named(kind: type[EmailAddress], address: str) -> None:
    (letter,) = re.findall("[^a-z](?=.*@)", address)
    with pytest.raises(PydanticCustomError, match=f"^“{address}” has “{letter}” before the @, where only letters from"):
        kind.check(address)


def test_two_phone_numbers_are_not_one() -> None:
    with pytest.raises(PydanticCustomError, match="is not one phone number"):
        PhoneNumber.check("030/123 45 67 / 030/123 45 68")
