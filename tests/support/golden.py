"""The stages of an issue as files in tests/golden/, written so that a review shows what changes."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import MIMEPart
from hashlib import sha256
from pathlib import Path

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind

GOLDEN = Path(__file__).parents[1] / "golden"
TREES: dict[EditionKind, str] = {
    kind: f"{kind}-7-tree.txt".removeprefix("standard-")
    for kind, properties in EDITION_KINDS.items()
    if properties.has_page
}
"""What a browser reports to a screen reader: see tests/readers/test_tree.py, as this needs a browser."""


def one_element_a_line(page: str) -> str:
    """Begin a line before each element; a line break that was there is an empty line, so nothing is hidden."""
    return re.sub(r"<(?=[a-z])", "\n<", page)


def structure(edition: Edition) -> str:
    """Return the headers of a message and of its parts, and for each part the stage that it holds, or its hash."""
    stages = {edition.text: "the plain text", edition.inlined: "the inlined page"}

    def lines(part: MIMEPart, indent: str) -> Iterator[str]:
        yield from (f"{indent}{name}: {value}".replace("\n", f"\n{indent}") for name, value in part.raw_items())
        if part.is_multipart():
            for child in part.iter_parts():
                yield ""
                yield from lines(child, f"{indent}    ")
            return
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        text = content.decode(errors="replace").replace("\r\n", "\n")
        yield f"{indent}= {stages.get(text) or f'sha256:{sha256(content).hexdigest()}'}"

    message = message_from_bytes(edition.message.replace(b"\r\n", b"\n"), policy=policy.default)
    return "\n".join(lines(message, "")) + "\n"


def stages(edition: Edition) -> dict[str, str]:
    return {
        "1-composed.mjml": edition.mjml,
        "2-compiled.html": one_element_a_line(edition.page),
        "3-inlined.html": one_element_a_line(edition.inlined),
        "4-reading.html": one_element_a_line(edition.reading),
        "5-text.txt": edition.text,
        "6-message.txt": structure(edition),
    }
