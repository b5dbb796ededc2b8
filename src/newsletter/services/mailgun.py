"""Mailgun: a whole message (MIME) with recipient variables, for its API that takes messages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from newsletter.edition import InlinedPage, PlainText
from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, SizeLimit, Tag, TagPlace, Variable
from newsletter.issue.field_syntax import FieldUse
from newsletter.services._variables import json_file, supplied_variable
from newsletter.stages.envelope import envelope
from newsletter.stages.header_fields import text_field
from newsletter.stages.message import assemble_message
from newsletter.stages.picture_urls import attachments

_UNSUBSCRIBE = "%unsubscribe_url%"


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    own = supplied_variable(use, place, place.form)
    return Tag(_tag(own), own)


def _tag(variable: Variable) -> str:
    return f"%recipient.{variable.name}%"


def _files(content: Content) -> dict[str, bytes]:
    edition = content.edition
    # The subject is written below, because tags cannot be inside an encoded word.
    own = replace(envelope(edition.issue, edition.brand), subject="-", unsubscribe_url=None, unsubscribe_mailto=None)
    pictures = attachments(edition.pictures, edition.brand) if content.page else []
    page = InlinedPage(content.page) if content.page else None
    head, _, body = assemble_message(own, PlainText(content.text), page, pictures).partition(b"\r\n\r\n")
    head = head.replace(b"Subject: -", _subject(content.subject).encode("ascii"))
    for tag in {_UNSUBSCRIBE, *map(_tag, content.variables)}:
        # A soft line break inside a tag would hide it from a program that reads the message as it is. A
        # dot that begins a line is encoded.
        broken = "(?:=\r\n)?".join(map(re.escape, tag)).replace("\\.", "(?:\\.|=2E)").encode("ascii")
        body = re.sub(broken, f"=\r\n{tag}=\r\n".encode("ascii"), body)
    values = {each.name: each.fallback for each in content.variables}
    return {
        "message.eml": head + b"\r\n\r\n" + body,
        "recipient-variables.json": json_file({"reader@example.org": values}),
    }


def _subject(text: str) -> str:
    """Return the header field of a subject, in which only words that are not ASCII are encoded."""
    groups = (" ".join(words) for _, words in groupby(text.split(" "), str.isascii))
    return "Subject: " + "\r\n ".join(text_field("Subject", group).removeprefix("Subject: ") for group in groups)


SERVICE = Service(
    name="Mailgun",
    write_tag=_write_tag,
    escape=escaping(r"%(?=recipient|\w*unsubscribe)"),
    files=_files,
    brand_tags=BrandTags(unsubscribe=_UNSUBSCRIBE),
    pictures="message",
    limit=SizeLimit("message.eml", 25_000_000),
    list_unsubscribe="Mailgun, if unsubscribing is turned on for your domain.",
    sources=(
        "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/batch-sending",
        "https://documentation.mailgun.com/docs/mailgun/user-manual/tracking-messages/tracking-unsubscribes",
        "https://help.mailgun.com/hc/en-us/articles/203306610-Unsubscribe-Handling-Links",
    ),
    losses=(
        "A tag has no fallback, and values are not escaped: send values as the table of fields says, and the fallback"
        " for readers without one.",
        f"{_UNSUBSCRIBE} works only if unsubscribing is turned on for your domain: look before you send.",
        "As “To”, readers see the address of “to” in brand.yaml, as in message.eml. Write %recipient% there instead for"
        " their own.",
    ),
    not_verified=(
        "Whether “To” stays as it is in message.eml, and whether %recipient% is filled in there: that was found only in"
        " other people's programs.",
        "Whether values that are not ASCII are encoded in the header and the parts of the message.",
    ),
    needs_page=False,
)
