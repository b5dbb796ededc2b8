"""SendGrid: a version of a dynamic template, in its Handlebars."""

from __future__ import annotations

from newsletter.export.escape import escaping
from newsletter.export.service import BrandTags, Content, Service, TagPlace
from newsletter.services._variables import if_else, json_file


def _value(name: str, place: TagPlace) -> str:
    return f"{{{{{name}}}}}" if place.part == "page" else f"{{{{{{{name}}}}}}}"


def _files(content: Content) -> dict[str, bytes]:
    version = {
        "name": content.edition.issue.slug,
        "active": 1,
        "editor": "code",
        "subject": content.subject,
        "html_content": content.page,
        "plain_content": content.text,
        "generate_plain_content": False,
    }
    return {"template-version.json": json_file(version)}


SERVICE = Service(
    name="SendGrid",
    write_tag=if_else(("{{{{#if {}}}}}", "{{{{else}}}}", "{{{{/if}}}}"), _value, escapes=True),
    escape=escaping(r"\{(?=\{)|<(?=%)"),
    files=_files,
    brand_tags=BrandTags(unsubscribe="<%asm_group_unsubscribe_raw_url%>", preferences="<%asm_preferences_raw_url%>"),
    list_unsubscribe="SendGrid, if you send to an unsubscribe group; not verified.",
    sources=(
        "https://twilio.com/docs/sendgrid/for-developers/sending-email/using-handlebars",
        "https://docs.sendgrid.com/ui/sending-email/global-unsubscribes",
        "https://docs.sendgrid.com/for-developers/sending-email/suppressions",
    ),
    losses=("Without an unsubscribe group in the request (asm), the links to unsubscribe and to choose stay empty.",),
    not_verified=(
        "The largest template.",
        "The tag for unsubscribing from a group, which was found only in templates of others.",
    ),
)
