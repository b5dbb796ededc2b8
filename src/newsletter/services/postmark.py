"""Postmark: a template in its Mustachio, for a broadcast stream."""

from __future__ import annotations

from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, TagPlace
from newsletter.services._variables import if_else, json_file


def _value(name: str, place: TagPlace) -> str:
    # Inside a section, Mustachio looks up names in the value itself; a dot is the value.
    return "{{.}}" if place.part == "page" else "{{{.}}}"


def _files(content: Content) -> dict[str, bytes]:
    template = {
        "Name": content.edition.issue.slug,
        "Alias": content.edition.issue.slug,
        "Subject": content.subject,
        "HtmlBody": content.page,
        "TextBody": content.text,
    }
    return {"template.json": json_file(template)}


SERVICE = Service(
    name="Postmark",
    write_tag=if_else(("{{{{#{0}}}}}", "{{{{/{0}}}}}{{{{^{0}}}}}", "{{{{/{0}}}}}"), _value, escapes=True),
    escape=escaping(r"\{(?=\{)"),
    files=_files,
    brand_tags=BrandTags(unsubscribe="{{{ pm:unsubscribe }}}"),
    list_unsubscribe="Postmark, in a broadcast stream.",
    sources=(
        "https://postmarkapp.com/support/article/1077-template-syntax",
        "https://postmarkapp.com/support/article/1208-how-to-add-an-unsubscribe-link",
        "https://postmarkapp.com/support/article/1299-how-to-include-a-list-unsubscribe-header",
    ),
    not_verified=("The largest template.", "Whether a dot in a section is the value of a text."),
)
