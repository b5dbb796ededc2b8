"""Dotdigital: a campaign as its API takes it, with its data fields."""

from __future__ import annotations

from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, Tag, TagPlace, Variable
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import fallback, json_file


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    form = ValueForm.URL_PART if place.form is ValueForm.URL_PART else ValueForm.TEXT
    name = "EMAIL" if use.name == "address" else use.name.replace("_", "").upper()
    name += f"{place.variant}" if place.variant > 1 else ""
    name += "URL" if form is ValueForm.URL_PART else ""
    return Tag(f"@{name}@", Variable(name, use.name, form, fallback(use, form)))


def _files(content: Content) -> dict[str, bytes]:
    brand = content.edition.brand
    campaign = {
        "name": content.edition.issue.slug,
        "subject": content.subject,
        "fromName": brand.sender.name or brand.name,
        "htmlContent": content.page,
        "plainTextContent": content.text,
        "replyAction": "WebMailForward",
        "replyToAddress": brand.reply_to or brand.sender.address,
    }
    return {"campaign.json": json_file(campaign)}


SERVICE = Service(
    name="Dotdigital",
    write_tag=_write_tag,
    escape=escaping(r"@(?=[A-Z][A-Z0-9_]*@)|\$(?=[A-Z]+\$)|\{(?=[{%])"),
    files=_files,
    brand_tags=BrandTags(unsubscribe="http://$UNSUB$", web_version="http://$CANTREAD$"),
    list_unsubscribe="Dotdigital.",
    sources=(
        "http://www.dotmailer.co.uk/api/campaign_object.aspx",
        "https://developer.dotdigital.com/reference/marketing-emails",
    ),
    losses=("A tag has no fallback: make each fallback in the table of fields the default value of its data field.",),
    not_verified=(
        "Whether Dotdigital escapes values in a page, so do not let readers type <, &, \" or ' into a data field.",
        "The tag for the copy on the web, which was found only in templates of others, and the largest page.",
    ),
)
