"""listmonk: a campaign as its API takes it, with tags of Go's html/template."""

from __future__ import annotations

import json
import re
from email.utils import formataddr

from newsletter.export.escape import outside_styles
from newsletter.export.service import BrandTags, Content, MessagePart, Service, Tag, TagPlace
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import json_file, variable

_BUILT_IN_FIELDS = {
    "address": ".Subscriber.Email",
    "name": ".Subscriber.Name",
    "first_name": ".Subscriber.FirstName",
    "last_name": ".Subscriber.LastName",
}
"""The fields that listmonk has of each subscriber. All others are attributes."""


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    name = _BUILT_IN_FIELDS.get(use.name, f".Subscriber.Attribs.{use.name}")
    value = f"or {name} {_string(use.fallback)}" if use.fallback else name
    if place.form is ValueForm.URL_PART and not (place.part == "page" and place.in_query):
        # In the path, html/template lets a slash or a question mark pass. A space would become a plus sign.
        value = f'replace "+" "%20" (urlquery ({value}))'
    if place.part == "text":
        # listmonk fills the plain text by html/template, too, which would escape it as HTML.
        value = f'{value} | printf "%v" | Safe'
    return Tag(f"{{{{ {value} }}}}", variable(use, ValueForm.TEXT, name))


def _escape(text: str, part: MessagePart) -> str:
    if part == "page":
        # html/template drops comments, and with them what only Outlook reads.
        return outside_styles(text, _words, _other)
    # To html/template, a “<” before a letter begins a tag also in the plain text.
    signs = r"\{+|<" if part == "text" else r"\{+"
    return re.sub(signs, lambda sign: _literal(sign[0]) if part == "text" else f"{{{{ {_string(sign[0])} }}}}", text)


def _words(words: str) -> str:
    return words.replace("{", "&#123;")


def _other(piece: str) -> str:
    return _literal(piece) if piece.startswith("<!--") else piece


def _literal(text: str) -> str:
    return f"{{{{ Safe {_string(text)} }}}}"


def _string(text: str) -> str:
    """Return a string of Go, which has the escapes of JSON, except those for halves of surrogate pairs."""
    return json.dumps(text, ensure_ascii=False)


def _files(content: Content) -> dict[str, bytes]:
    brand = content.edition.brand
    campaign = {
        "name": content.edition.issue.slug,
        "subject": content.subject,
        "from_email": formataddr((brand.sender.name or "", brand.sender.address), "utf-8"),
        "lists": [],
        "type": "regular",
        "content_type": "html",
        "body": content.page,
        "altbody": content.text,
        "headers": [{"Reply-To": brand.reply_to}] if brand.reply_to else [],
    }
    return {"campaign.json": json_file(campaign)}


SERVICE = Service(
    name="listmonk",
    write_tag=_write_tag,
    escape=_escape,
    files=_files,
    brand_tags=BrandTags(
        unsubscribe="{{ UnsubscribeURL }}",
        preferences="{{ UnsubscribeURL }}?manage=true",
        web_version="{{ MessageURL }}",
    ),
    list_unsubscribe="listmonk, unless that is turned off in its settings.",
    sources=(
        "https://listmonk.app/docs/templating",
        "https://github.com/knadh/listmonk/blob/master/models/campaigns.go",
        "https://github.com/knadh/listmonk/blob/master/schema.sql",
    ),
    losses=('A template with more than {{ template "content" . }} in it puts a second page around the email.',),
    not_verified=("The largest campaign.",),
)
