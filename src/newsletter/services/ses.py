"""Amazon SES: a template, and the request that sends it in bulk.

There is no file of a raw message: SES fills in nothing there, so each reader needs their own (`newsletter merge`).
"""

from __future__ import annotations

import json
from email.utils import formataddr

from newsletter.export.escape import escaping
from newsletter.export.service import Content, Service, SizeLimit, TagPlace
from newsletter.services._variables import if_else, json_file


def _value(name: str, _: TagPlace) -> str:
    return f"{{{{{name}}}}}"


def _files(content: Content) -> dict[str, bytes]:
    brand, name = content.edition.brand, content.edition.issue.slug
    template = {
        "TemplateName": name,
        "TemplateContent": {"Subject": content.subject, "Text": content.text, "Html": content.page},
    }
    # SES sends nothing to a reader for whom a variable is missing. An empty one has the fallback.
    empty = dict.fromkeys((each.name for each in content.variables), "")
    bulk = {
        "FromEmailAddress": formataddr((brand.sender.name or "", brand.sender.address), "utf-8"),
        "ReplyToAddresses": [brand.reply_to] if brand.reply_to else [],
        "DefaultContent": {"Template": {"TemplateName": name, "TemplateData": json.dumps(empty)}},
        "BulkEmailEntries": [],
    }
    return {"template.json": json_file(template), "bulk.json": json_file(bulk)}


SERVICE = Service(
    name="Amazon SES",
    write_tag=if_else(("{{{{#if {}}}}}", "{{{{else}}}}", "{{{{/if}}}}"), _value, escapes=False),
    escape=escaping(r"\{(?=\{)"),
    files=_files,
    limit=SizeLimit("template.json", 500_000),
    list_unsubscribe="You, with ReplacementHeaders for each reader. Messages of `newsletter merge` and `send` have it.",
    sources=(
        "https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html",
        "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html",
        "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntry.html",
        "https://docs.aws.amazon.com/ses/latest/dg/header-fields.html",
        "https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html",
    ),
    losses=(
        "Values are not escaped: escape those of variables that end in _html, and percent-encode those in _url.",
        "Nothing is replaced by a tag of SES: the address to unsubscribe has to be that of your own website.",
        "SES fills in no tag of a raw message: to send raw, let `newsletter merge` or `send` fill in each one.",
        "SES replaces the Date and the Message-ID of every message by its own.",
    ),
    not_verified=("Whether SES escapes values in a page.", "Whether the conditions are exactly those of Handlebars."),
)
