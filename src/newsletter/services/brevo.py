"""Brevo: a campaign as its API takes it, in its template language."""

from __future__ import annotations

from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, Tag, TagPlace, Variable
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import django_tag, json_file

_BUILT_IN_FIELDS = {"address": "EMAIL", "first_name": "FIRSTNAME", "last_name": "LASTNAME"}
"""The attributes that every contact has."""


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    is_url = place.form is ValueForm.URL_PART
    name = _BUILT_IN_FIELDS.get(use.name, use.name.upper()) + ("_URL" if is_url else "")
    expression = django_tag(f"contact.{name}", use, place.form)
    return Tag(f"{{{{ {expression} }}}}", Variable(name, use.name, place.form if is_url else ValueForm.TEXT, ""))


def _files(content: Content) -> dict[str, bytes]:
    brand = content.edition.brand
    campaign = {
        "name": content.edition.issue.slug,
        "subject": content.subject,
        "sender": {"name": brand.sender.name or brand.name, "email": brand.sender.address},
        "htmlContent": content.page,
    }
    return {"campaign.json": json_file(campaign | ({"replyTo": brand.reply_to} if brand.reply_to else {}))}


SERVICE = Service(
    name="Brevo",
    write_tag=_write_tag,
    escape=escaping(r"\{(?=[{%#])"),
    files=_files,
    brand_tags=BrandTags(
        unsubscribe="{{ unsubscribe }}", preferences="{{ update_profile }}", web_version="{{ mirror }}"
    ),
    list_unsubscribe="Brevo; not verified.",
    sources=(
        "https://help.brevo.com/hc/en-us/articles/4402386448530",
        "https://help.brevo.com/hc/en-us/articles/4405381108626",
    ),
    losses=("Brevo does not send our plain text: its API for campaigns takes only a page.",),
    not_verified=(
        "Whether Brevo escapes values in a page, so do not let readers type <, &, \" or ' into an attribute.",
        "Whether it writes a plain text of its own.",
        "The tags for unsubscribing, for preferences and for the copy on the web: found only in templates of others.",
        "The largest page.",
    ),
)
