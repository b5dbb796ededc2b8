"""Buttondown: an email as its API takes it, with tags of Django's templates."""

from __future__ import annotations

import re

from newsletter.export.escape import escaping, outside_styles
from newsletter.export.service import BrandTags, Content, MessagePart, Service, Tag, TagPlace
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import django_tag, json_file, variable

_TAGS = {"{{": "openvariable", "{%": "openblock", "{#": "opencomment"}
_in_page = escaping(r"\{(?=[{%#])")


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    name = "subscriber.email" if use.name == "address" else f"subscriber.metadata.{use.name}"
    is_url = place.form is ValueForm.URL_PART
    # A default is a text of the template, which Django does not escape; a filter after it gets it as it is.
    expression = django_tag(name, use, ValueForm.TEXT if is_url else place.form)
    filters = '|urlencode:""' if is_url else "" if place.part == "page" else "|safe"
    return Tag(f"{{{{ {expression}{filters} }}}}", variable(use, ValueForm.TEXT, name))


def _escape(text: str, part: MessagePart) -> str:
    if part == "page":
        # In a style sheet, “{#” begins a rule. With a space it means the same there, and nothing to Django.
        return outside_styles(_in_page(text, part), str, lambda piece: piece.replace("{#", "{ #"))
    return re.sub(r"\{[{%#]", lambda sign: f"{{% templatetag {_TAGS[sign[0]]} %}}", text)


def _files(content: Content) -> dict[str, bytes]:
    return {"email.json": json_file({"subject": content.subject, "body": content.page, "status": "draft"})}


SERVICE = Service(
    name="Buttondown",
    write_tag=_write_tag,
    escape=_escape,
    files=_files,
    brand_tags=BrandTags(
        unsubscribe="{{ unsubscribe_url }}",
        preferences="{{ manage_subscription_url }}",
        web_version="{{ email_url }}",
    ),
    list_unsubscribe="Buttondown; not verified.",
    sources=(
        "https://docs.buttondown.com/using-templating",
        "https://docs.buttondown.com/portal",
        "https://github.com/buttondown/docs/blob/main/pages/odds-and-ends/template-variables.mdx",
    ),
    losses=("Buttondown does not send our plain text: its emails have only one body.",),
    not_verified=(
        "Whether a page with a head and styles of its own is sent as it is.",
        "The largest email.",
    ),
)
