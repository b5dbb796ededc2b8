"""Mailchimp: an archive to import, with the page and its pictures, and its merge tags."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, Tag, TagPlace, Variable
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import fallback

_BUILT_IN_FIELDS = {"address": "EMAIL", "first_name": "FNAME", "last_name": "LNAME"}
"""The merge fields that every audience has."""

_LONGEST_TAG = 10
"""The most characters in the name of a merge field."""


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    is_url = place.form is ValueForm.URL_PART
    name = _BUILT_IN_FIELDS.get(use.name, use.name.upper()[:_LONGEST_TAG])
    name = f"{name[: _LONGEST_TAG - 3]}URL" if is_url else name
    own = Variable(name, use.name, ValueForm.URL_PART if is_url else ValueForm.TEXT, "")
    value = f"*|{name}|*"
    if use.fallback:
        value = f"*|IF:{name}|*{value}*|ELSE:|*{fallback(use, place.form)}*|END:IF|*"
    return Tag(value, own)


def _files(content: Content) -> dict[str, bytes]:
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for name, data in {"index.html": content.page.encode(), **content.pictures}.items():
            # Without a date of its own, the same issue gives the same bytes.
            file.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    parts = {"subject.txt": content.subject.encode(), "email.txt": content.text.encode()}
    return {"email.zip": archive.getvalue(), **parts}


SERVICE = Service(
    name="Mailchimp",
    write_tag=_write_tag,
    escape=escaping(r"\*(?=\|)"),
    files=_files,
    brand_tags=BrandTags(
        unsubscribe="*|UNSUB|*",
        preferences="*|UPDATE_PROFILE|*",
        web_version="*|ARCHIVE|*",
        postal_address="*|LIST:ADDRESSLINE|*",
    ),
    pictures="beside",
    list_unsubscribe="Mailchimp; not verified.",
    sources=(
        "https://mailchimp.com/developer/marketing/docs/merge-fields/",
        "https://packagist.org/packages/florian-koerner/chimpdrill",
    ),
    losses=(
        "The plain text is not in the archive: paste email.txt, or Mailchimp writes its own.",
        "The postal address is the one of your audience, not that of brand.yaml.",
    ),
    not_verified=(
        "Whether Mailchimp escapes values in a page, so do not let readers type <, &, \" or ' into a merge field.",
        "The largest archive.",
        "The tags for addresses and for the postal address, which were found only in templates of others.",
    ),
)
