"""Any other service: the page, the plain text, the pictures, and a table of what to fill in."""

from __future__ import annotations

from newsletter.export.escape import escaping
from newsletter.export.service import Content, Service, Tag, TagPlace
from newsletter.issue.field_syntax import FieldUse
from newsletter.services._variables import supplied_variable


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    own = supplied_variable(use, place, place.form)
    return Tag(f"{{{{{own.name}}}}}", own)


def _files(content: Content) -> dict[str, bytes]:
    parts = {"subject.txt": content.subject, "email.txt": content.text, "email.html": content.page}
    return {name: text.encode() for name, text in parts.items() if text} | dict(content.pictures)


SERVICE = Service(
    name="Any other service",
    write_tag=_write_tag,
    escape=escaping(r"\{(?=\{)"),
    files=_files,
    pictures="beside",
    list_unsubscribe="You, or your service.",
    sources=(),
    losses=("Replace each {{tag}} by one of your service. The table of fields says how each value has to be written.",),
    needs_page=False,
)
