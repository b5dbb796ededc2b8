"""Campaign Monitor: a page and a plain text to put on your website, and the request that names their addresses."""

from __future__ import annotations

from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, Tag, TagPlace, Variable
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import fallback, json_file

_PAGE, _TEXT = "email.html", "email.txt"


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    is_url = place.form is ValueForm.URL_PART
    name = "email" if use.name == "address" else use.name.replace("_", "")
    name += "url" if is_url else ""
    words = f",fallback={fallback(use, place.form)}" if use.fallback else ""
    return Tag(f"[{name}{words}]", Variable(name, use.name, place.form if is_url else ValueForm.TEXT, ""))


def _files(content: Content) -> dict[str, bytes]:
    issue, brand = content.edition.issue, content.edition.brand
    folder = f"{brand.base_url or brand.website}".rstrip("/") + f"/{issue.slug}/campaign-monitor"
    campaign = {
        "Name": issue.slug,
        "Subject": content.subject,
        "FromName": brand.sender.name or brand.name,
        "FromEmail": brand.sender.address,
        "ReplyTo": brand.reply_to or brand.sender.address,
        "HtmlUrl": f"{folder}/{_PAGE}",
        "TextUrl": f"{folder}/{_TEXT}",
        "ListIDs": [],
    }
    return {_PAGE: content.page.encode(), _TEXT: content.text.encode(), "campaign.json": json_file(campaign)}


SERVICE = Service(
    name="Campaign Monitor",
    write_tag=_write_tag,
    escape=escaping(r"\[(?=\w)"),
    files=_files,
    brand_tags=BrandTags(unsubscribe="[unsubscribe]", preferences="[preferences]", web_version="[webversion]"),
    list_unsubscribe="Campaign Monitor; not verified.",
    sources=("https://help.oneclickpolitics.com/hc/en-us/articles/228081588-How-do-I-personalize-a-campaign",),
    losses=(
        "The page and the plain text have to be at public addresses, so anybody can read them: upload them to the"
        " addresses in campaign.json.",
    ),
    not_verified=(
        "All its tags: they were found only in documents of others.",
        "Whether Campaign Monitor escapes values in a page, so do not let readers type <, &, \" or ' into a field.",
        "What it does with square brackets of somebody's words.",
        "The largest page.",
    ),
)
