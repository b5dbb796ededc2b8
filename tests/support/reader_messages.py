"""A message with fields in every place that can have one, and its template."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from newsletter.edition import InlinedPage, PlainText
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.template import MessageTemplate
from newsletter.stages.header_fields import NamedAddress
from newsletter.stages.message import Envelope, assemble_message

TOKENS = {
    "Qx0Z": FieldUse("first_name", "friend"),
    "Qx1Z": FieldUse("token", ""),
    "Qx2Z": FieldUse("site", "https://example.org/"),
}
ENVELOPE = Envelope(
    subject="Hello Qx0Z, your news",
    date=datetime.datetime(2026, 12, 3, 9, 0, tzinfo=datetime.UTC),
    sender=NamedAddress("News for Qx0Z", "news@example.org"),
    to=NamedAddress("Readers", "readers@example.org"),
    reply_to=None,
    list_id="news.example.org",
    list_name="News",
    unsubscribe_url="https://example.org/u/Qx1Z?n=Qx0Z",
    unsubscribe_mailto="mailto:leave@example.org?subject=Qx1Z",
    takes_one_click=True,
    languages=("en-GB",),
)
TEXT = "Dear Qx0Z,\n.\nFrom here \nhttps://example.org/u/Qx1Z?n=Qx0Z\nQx0Z\n"
PAGE = """\
<!doctype html>
<html lang="en"><head><title>For Qx0Z</title><style>p { color: #000 }</style></head>
<body><p title="To Qx0Z &amp; others">Dear Qx0Z,<br/> caffè = 73 %</p><!-- not for readers -->
<p><a href="https://example.org/u/Qx1Z?n=Qx0Z&amp;l=en">Stop</a> <a href='Qx2Z'>Qx0ZQx0Z</a>Qx0Z</p></body></html>
"""


def template(
    text: str = TEXT,
    page: str | None = PAGE,
    line_end: str = "\r\n",
    header: Mapping[str, Any] = MappingProxyType({}),
) -> MessageTemplate:
    """Return the template of a message. `header` has values of its envelope instead of those of `ENVELOPE`."""
    html = None if page is None else InlinedPage(page)
    message = assemble_message(replace(ENVELOPE, **header), PlainText(text), html)
    return MessageTemplate.from_message(message, TOKENS, line_end)
