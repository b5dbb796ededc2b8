"""The message has a plain-text part, before the HTML part.

Some people read all their email as plain text: it is calm, in their own font and colours, and works with old Braille
displays and slow connections. Mail apps show the last version that they support, so the plain text has to come first.

Bad:
    Content-Type: text/html, and nothing else

Good:
    Content-Type: multipart/alternative, with text/plain first and text/html after it

RFC 2046, 5.1.4; Text Email Newsletter (TEN) Standard (http://headstar.com/ten/): plain text beside HTML.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the types of the parts, and their order."""
    types = [part.get_content_type() for part in message.parts if not part.is_multipart()]
    if "text/plain" not in types:
        hint = "Include the text that `newsletter render` writes, as text/plain."
        yield Finding(message.whole_message, "The message has no plain-text part.", hint)
        return
    if not message.text.strip():
        hint = "Use the text that `newsletter render` writes, or send no text/plain part."
        yield Finding(message.whole_message, "The plain-text part is empty.", hint)
    for part in message.parts:
        type = part.get_content_type()
        if type in ("text/plain", "text/html"):
            charset = str(part.get_content_charset("us-ascii"))
            payload = part.get_payload(decode=True) if charset != "utf-8" else b""
            if isinstance(payload, bytes) and not payload.isascii():
                hint = "Write charset=utf-8 in its Content-Type."
                yield Finding(message.whole_message, f"The {type} part is UTF-8, but says that it is {charset}.", hint)
            if part.get_content_disposition() == "attachment":
                hint = "Remove Content-Disposition: readers get a file instead of the email."
                yield Finding(message.whole_message, f"The {type} part is sent as a file.", hint)
    if "text/html" not in types:
        return
    if types.index("text/plain") > types.index("text/html"):
        hint = "Put text/plain before text/html: mail apps show the last version that they support."
        yield Finding(message.whole_message, "The plain-text part comes after the HTML part.", hint)
    elif not any(part.get_content_type() == "multipart/alternative" for part in message.parts):
        hint = "Put both parts into one multipart/alternative. Otherwise readers get everything twice."
        yield Finding(message.whole_message, "The plain text and the HTML are not two versions of one message.", hint)
