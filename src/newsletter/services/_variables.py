"""What the variables of services have in common."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from newsletter.export.service import Tag, TagPlace, Variable
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm

SUFFIXES = {ValueForm.TEXT: "", ValueForm.HTML: "_html", ValueForm.URL_PART: "_url"}
"""What the name of a variable ends with, by the form of its value."""


def variable(use: FieldUse, form: ValueForm, name: str | None = None) -> Variable:
    """Return the variable of a tag that has the fallback in it.

    Args:
        use: the field.
        form: how its value has to be written.
        name: the name of the field at the service; its own unless given.
    """
    return Variable(f"{name or use.name}{SUFFIXES[form]}", use.name, form, "")


def supplied_variable(use: FieldUse, place: TagPlace, form: ValueForm, name: str | None = None) -> Variable:
    """Return the variable of a tag that cannot have a fallback: whoever sends supplies this as a value, too.

    Args:
        use: the field, with its fallback.
        place: where the tag is.
        form: the encoding that it needs there.
        name: that of the variable at the service; None for the name of the field.
    """
    number = f"_{place.variant}" if place.variant > 1 else ""
    return Variable(f"{name or use.name}{number}{SUFFIXES[form]}", use.name, form, fallback(use, form))


def fallback(use: FieldUse, form: ValueForm) -> str:
    """Return the fallback of a field in a form."""
    if form is ValueForm.URL_PART:
        return quote(use.fallback, safe="")
    return html.escape(use.fallback) if form is ValueForm.HTML else use.fallback


def if_else(
    condition: tuple[str, str, str], value: Callable[[str, TagPlace], str], *, escapes: bool
) -> Callable[[FieldUse, TagPlace], Tag]:
    """Return a function that writes tags by a condition of the service: the value if there is one, else the fallback.

    Args:
        condition: what begins it, is before the fallback and ends it, each with {} for the name of the variable.
        value: returns the tag of a variable at a place.
        escapes: whether the service escapes values in a page.
    """

    def write(use: FieldUse, place: TagPlace) -> Tag:
        form = ValueForm.TEXT if escapes and place.form is ValueForm.HTML else place.form
        own = variable(use, form)
        before, between, after = (sign.format(own.name) for sign in condition)
        return Tag(f"{before}{value(own.name, place)}{between}{fallback(use, place.form)}{after}", own)

    return write


def django_tag(expression: str, use: FieldUse, form: ValueForm) -> str:
    """Return a tag of Django's templates, or of a language like them, with the fallback of a field.

    Args:
        expression: what names the variable.
        use: the field.
        form: the form of the fallback, which these languages write as it is.
    """
    words = fallback(use, form).replace('"', '\\"')
    return f'{expression}|default:"{words}"' if words else expression


def json_file(data: Mapping[str, object] | Sequence[object]) -> bytes:
    """Return data as a file of JSON."""
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()
