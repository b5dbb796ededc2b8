"""The pages of docs/reference/ about commands, settings and files are written from the code, and are fresh."""

from __future__ import annotations

import dataclasses
import datetime
import json
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import indent
from types import UnionType
from typing import Annotated, Any, Literal

import click
import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from newsletter.check.registry import all_rules
from newsletter.check.rule import RULE_SCOPES, Rule
from newsletter.check.settings import POLICIES, PROFILES
from newsletter.cli import main
from newsletter.delivery.servers import MOST_CONNECTIONS, ImapServer, Relay
from newsletter.export.registry import all_services
from newsletter.export.service import Service, TagPlace
from newsletter.issue import (
    address_fields,
    brand,
    date_fields,
    design,
    fields,
    merge_fields,
    model,
    palette,
    text_fields,
)
from newsletter.issue.blocks import read_blocks
from newsletter.issue.documents import Document
from newsletter.issue.field_syntax import FieldUse
from newsletter.issue.load import layouts
from newsletter.issue.pictures import Picture
from newsletter.personal.escape_values import ValueForm
from newsletter.project import Project
from support.command import commands

ROOT = Path(__file__).parents[2]
FRESH = "<!-- `make update` writes this page from the code. -->\n"
LONGEST = 3
"""Of an option with a longer list, only the number of items is shown."""

VALUES: Mapping[object, str] = {
    bool: "true or false",
    datetime.date: "date, such as 2026-12-03",
    int: "whole number",
    Picture: "path of a picture",
    Document: "path of a document",
    fields.Layout: "name of a [layout](layouts.md)",
    text_fields.Text: "text",
    text_fields.BareText: "text",
    address_fields.PhoneNumber: "one phone number",
    text_fields.Reason: "text",
    text_fields.InlineMarkdown: "text with links",
    text_fields.Markdown: "Markdown",
    text_fields.Lines: "lines",
    address_fields.Url: "address: https, mailto or tel",
    address_fields.SecureUrl: "https address",
    address_fields.IssueUrl: "address: https; `{slug}` and `{date}` are filled in",
    address_fields.EmailAddress: "email address",
    address_fields.DisplayedEmailAddress: "email address",
    address_fields.ListId: "name such as news.example.org",
    fields.TimeZone: "time zone, such as Europe/London",
    fields.Number: "number of 0 or more",
    date_fields.Time: "time, such as 14:30",
    date_fields.Times: "time or times, such as 14:30 to 15:30",
    date_fields.Repetition: "`week`, `fortnight`, `month`, or such as `Tuesday` or `second Tuesday`",
    date_fields.LastDay: "date, and a time if needed",
    fields.Language: "language, such as en-GB",
    merge_fields.PlainWords: "words without marks",
    fields.Colour: "colour, such as `#00505B`",
}
"""What an editor writes, by the type that reads it, if the name of the type does not say it."""

ONLY_IN_BLOCKS = (model.Image, model.LinkedDocument)
GROUP_NAMES: Mapping[type[BaseModel], str] = {
    model.PlacedImage: "Placed picture",
    model.Image: "Picture",
    model.LinkedDocument: "Document",
    merge_fields.MergeField: "Field",
    brand.Mailbox: "Name and address",
    brand.Social: "Social network",
}
"""What editors call a group of keys, if the name of its type is not the word."""


def group_name(group: type[BaseModel]) -> str:
    return GROUP_NAMES.get(group, group.__name__)


def anchor(group: type[BaseModel]) -> str:
    return group_name(group).lower().replace(" ", "-")


LINKS: dict[type[BaseModel], str] = {model.Article: "#article"}
LINKS |= {group: f"issue.md#{anchor(group)}" for group in (*ONLY_IN_BLOCKS, model.PlacedImage, model.Link)}
"""Where groups of keys are described that more than one page names."""


def value(kind: Any) -> str:
    """Return in words what an editor writes for a type of the model."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated or origin in (typing.Union, UnionType):
        return value(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{choice}`" for choice in arguments)
    if origin is tuple:
        return f"list: {value(arguments[0])}"
    if origin is dict:
        return f"names, each with a {value(arguments[1])}" if list(parts(kind)) else "words, each with a text"
    if issubclass(kind, model.Block):
        return "[block](blocks.md)"
    if issubclass(kind, BaseModel):
        return f"[{group_name(kind).lower()}]({LINKS.get(kind, f'#{anchor(kind)}')})"
    return VALUES.get(kind, kind.__name__.lower())


def need(field: FieldInfo) -> str:
    """Return whether a key is required, or what is used without it."""
    if field.is_required():
        return "required"
    default = field.default
    default_text = ", ".join(default) if isinstance(default, tuple) else default
    return f"`{default_text}` unless given" if default_text and not isinstance(default_text, BaseModel) else ""


def groups(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and the models of its module or of palettes that its fields hold, each once, in order."""
    pending, known = [kind], set()
    while pending:
        group = pending.pop(0)
        if group in known or issubclass(group, model.Block):
            continue
        known.add(group)
        yield group
        for field in group.model_fields.values():
            pending += [
                part
                for part in parts(field.annotation)
                if part.__module__ in (kind.__module__, design.__name__, palette.__name__, merge_fields.__name__)
            ]


def parts(kind: Any) -> Iterator[type[BaseModel]]:
    """Yield the models inside a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for argument in typing.get_args(kind):
        yield from parts(argument)


def table(group: type[BaseModel]) -> str:
    """Return the keys of a group as a table in Markdown."""
    rows = "| key | value | needed | what it is |\n|---|---|---|---|\n"
    for name, field in own_fields(group).items():
        rows += f"| `{field.alias or name}` | {value(field.annotation)} | {need(field)} | {field.description} |\n"
    return rows


def own_fields(group: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model, without those of a model that it extends and that has a table of its own."""
    return {name: field for name, field in group.model_fields.items() if name in group.__annotations__}


def file_page(title: str, introduction: str, kind: type[BaseModel], *more: type[BaseModel]) -> str:
    """Return the page about a kind of file: a table of each group of keys, and of each in `more`."""
    page = f"# {title}\n\n{FRESH}\n{introduction}\n"
    for group in (*groups(kind), *more):
        heading = "Keys" if group is kind else group_name(group)
        about = "" if group is kind else f"{group.__doc__}\n\n"
        page += f"\n## {heading}\n\n{about}{table(group)}"
    return page


def brand_page(_: Project) -> str:
    return file_page(
        "brand.yaml",
        "`templates/brand.yaml` holds what is the same in every issue. `newsletter new` creates one to change.",
        brand.Brand,
    )


def issue_page(_: Project) -> str:
    return file_page(
        "Issue",
        "The keys of a file in `issues/`. `newsletter schema` prints the same as a JSON Schema.",
        model.Issue,
        *ONLY_IN_BLOCKS,
    )


def blocks_page(project: Project) -> str:
    page = f"# Blocks\n\n{FRESH}\nWhat the `content` of an article can hold: each block with its keys and an example.\n"
    gallery = "[gallery](../how-to/preview-an-issue.md#the-gallery)"
    page += f"The {gallery} of the preview shows them in the look of your brand.\n"
    for name, block in read_blocks(project).items():
        _, _, example = project.template_file(f"blocks/{name}.yaml").read_text("utf-8").partition("\nexample:")
        example = indent(example.rstrip(), " " * 8).removeprefix(" " * 8)
        page += f"\n## `{name}`\n\n{block.about}\n\n{block_keys(block.type)}\n"
        page += f"```yaml\n    content:\n      - {name}:{example}\n```\n"
    return page


def layouts_page(project: Project) -> str:
    page = f"""# Layouts

{FRESH}
Each layout with its worked example, in the colours of the sample brand. `layout: digest` in an issue, or in
`brand.yaml` for every issue, chooses one. [Add a layout](../how-to/add-a-layout.md) says how to write your own. The
[gallery](../how-to/preview-an-issue.md#the-gallery) of the preview shows them in the look of your brand.
"""
    for name, path in layouts(project).items():
        about, _, example = path.with_suffix(".yaml").read_text("utf-8").partition("\n")
        picture = f"![The example of the layout {name}, 640 px wide.](../images/layout-{name}.png)"
        page += f"\n## `{name}`\n\n{about.removeprefix('# ')}\n\n{picture}\n\n```yaml\n{example}```\n"
    return page


def block_keys(kind: Any) -> str:
    """Return what an editor writes under the name of a block, with a table of its keys if it has any."""
    [*groups] = [part for part in parts(kind) if part.__module__ != model.__name__][:1]
    if not groups:
        return f"Its value: {value(kind)}.\n"
    listed = "" if groups == [kind] else "A list, in which each item has these keys:\n\n"
    return listed + "| key | value | needed |\n|---|---|---|\n" + "".join(rows(groups[0], ""))


def rows(group: type[BaseModel], prefix: str) -> Iterator[str]:
    """Yield a row for each key, and below it rows for the keys of the groups that it lists."""
    for name, field in group.model_fields.items():
        inner = [part for part in parts(field.annotation) if part.__module__ != model.__name__]
        kind = "list of groups" if inner else value(field.annotation)
        yield f"| `{prefix}{name}` | {kind} | {need(field)} |\n"
        for part in inner:
            yield from rows(part, f"{prefix}{name} › ")


def settings_page(_: Project) -> str:
    page = f"""# Settings

{FRESH}
`[tool.newsletter]` in the `pyproject.toml` of your project says how strict `check`, `render` and `audit` are.

```toml
[tool.newsletter]
profile = "plain"
policy = "standard"
require_audit = false

[tool.newsletter.rules]
link-text = "warning"
html-size = {{severity = "error", warn_from_kb = 60}}
abbreviations = {{known = ["PML"]}}
```

| key | value | unless given |
|---|---|---|
| `profile` | {" or ".join(f'`"{name}"`' for name in PROFILES)} | `"{PROFILES[0]}"` |
| `policy` | {" or ".join(f'`"{name}"`' for name in POLICIES)} | `"{POLICIES[0]}"` |
| `require_audit` | `true` or `false` | `false` |
| `rules` | a table: the name of a rule, and its severity or a table of its options | as below |
| `relay` | a table: the [server that sends your emails](#mail-servers) | nothing is sent |
| `mailbox` | a table: the [server that keeps your drafts](#mail-servers) | there are no drafts |

With the policy `"strict"`, warnings about what shuts out readers with aphasia, fatigue or low vision are errors.
`check --policy strict` and `render --policy strict` do the same once. `--strict` is something else: all warnings stop
the command, whatever they are about. Each check warns about a setting that weakens a rule. With `"strict"`, such a
setting is an error, and so are `--policy standard`, `--ignore` and `--only`; `render --force` still writes, and names
them. These rules count more with `"strict"`:

{strict_table()}

With `require_audit = true`, `newsletter render` writes only what `newsletter audit` has passed as it is now, by its
SHA-256: each edition with the headers of its message, and the web version. What the settings of the audit's rules and
the issue allow must be as in the audit, too. The preview hands out nothing else. `render --audited` does the same once.

A severity is `"error"`, `"warning"` or `"off"`. A list is added to the rule's own. An edition's value is a minimum; no
project can lower it.
"""
    for scope in RULE_SCOPES:
        page += f"\n## Rules about the {scope}\n\n| rule | severity | options |\n|---|---|---|\n"
        page += "".join(rule_row(rule) for rule in all_rules() if rule.scope == scope)
    return page + SERVERS + "".join(f"| `{key}` | {meaning} |\n" for key, meaning in SERVER_KEY_ROWS.items())


SERVERS = """
## Mail servers

`newsletter send` needs a relay, which is the server that sends your mail, and `newsletter draft` a mailbox
([send an issue](../how-to/send-an-issue.md)):

```toml
[tool.newsletter.relay]
host = "smtp.example.org"
user = "news@example.org"
rate = "30/min"

[tool.newsletter.mailbox]
host = "imap.example.org"
user = "news@example.org"
```

A password is never in this file. It is in the environment variable `NEWSLETTER_SMTP_PASSWORD` or
`NEWSLETTER_IMAP_PASSWORD`; or in the keyring of your system, if you install this program with its extra `keyring` and
type `keyring set newsletter USER@HOST`.

| key | what it says |
|---|---|
"""
SERVER_KEY_ROWS = {
    "host": "the name of the server, as its certificate has it; the only key that must be there",
    "port": "587 for a relay with `starttls` and 465 with `tls`; 143 and 993 for a mailbox, unless given",
    "security": '`"starttls"` or `"tls"`: how the connection is encrypted; `"starttls"` for a relay and `"tls"` for a '
    'mailbox, unless given. `"none"` is only for a server on this very computer',
    "user": "the name to log in with; there is no login without it",
    "connections": f"relay: how many connections at a time, 1 to {MOST_CONNECTIONS}; 1 unless given",
    "rate": 'relay: how many emails in a time, such as `"500/hour"`: s, min, hour or day; `"30/min"` unless given',
    "return_path": "relay: the address for reports of failed deliveries; that of `from` in brand.yaml unless given",
    "dkim_selector": "relay: the name of your DKIM key in the DNS; the emails are not signed here without it",
    "dkim_key": "relay: the file of its private key (RSA, PEM), from the folder of the project",
    "folder": "mailbox: the folder of drafts; the one that the server says it is unless given",
}


def test_each_key_of_a_mail_server_is_in_the_table() -> None:
    assert list(SERVER_KEY_ROWS) == list(
        dict.fromkeys(field.name for table in (Relay, ImapServer) for field in dataclasses.fields(table))
    )


STRICT = {
    "A number, time or dose that readers take for another one leads to a wrong day or a wrong tablet.": (
        *("date-ambiguous", "doses", "numbers-aloud", "range-dash", "short-forms"),
    ),
    "A voice breaks it up, leaves it out or says a code, and a tired eye does not find the word.": (
        *("all-capitals", "bold-in-word", "dressed-up-letters", "links-apart", "look-alike-letters", "signs-for-words"),
        "subject-shouting",
    ),
    "With aphasia or fatigue, the beginning is forgotten before the end, or there is nowhere to stop.": (
        *("buttons-in-a-row", "long-unbroken", "sentence-length"),
    ),
    "Some readers cannot do what it asks: phone, hear a film, see a place or a colour.": (
        *("media-words", "phone-only", "position-words"),
    ),
    "It raises false hope or fear, or makes people less than others.": (
        *("hype-words", "relative-risk", "words-about-people"),
    ),
}


def strict_table() -> str:
    rows = [f"| {', '.join(f'[`{id}`](rules.md#{id})' for id in ids)} | {why} |" for why, ids in STRICT.items()]
    return "\n".join(["| rules | why they shut readers out |", "|---|---|", *rows])


def test_each_rule_of_the_strict_policy_has_its_reason() -> None:
    named = [id for ids in STRICT.values() for id in ids]
    assert sorted(named) == sorted(rule.id for rule in all_rules() if "strict" in rule.policies)


def rule_row(rule: Rule) -> str:
    """Return a rule's row in the table of settings."""
    options = [option(name, default) for name, default in rule.options.items()]
    others = {
        **rule.profiles,
        **rule.policies,
        **{f"{name} edition": changes for name, changes in rule.editions.items()},
    }
    for name, changes in others.items():
        listed = ", ".join(f"`{key} = {json.dumps(changed)}`" for key, changed in changes.items())
        options.append(f"{name}: {listed}")
    severity = f"{rule.severity}, only for `sector: {rule.sector}`" if rule.sector else rule.severity
    return f"| [`{rule.id}`](rules.md#{rule.id}) | {severity} | {'<br>'.join(options)} |\n"


def option(name: str, default: object) -> str:
    """Return an option as it is written in TOML; of a long list, only how long it is."""
    if isinstance(default, list | tuple) and len(default) > LONGEST:
        return f"`{name}`: a list of {len(default)}"
    return f"`{name} = {json.dumps(default, ensure_ascii=False)}`"


def commands_page(_: Project) -> str:
    page = f"# Commands\n\n{FRESH}\n{help_text(main, None)}"
    root = context(main, None)
    for name, command in sorted(commands().items()):
        page += f"\n## newsletter {name}\n\n{help_text(command, root)}"
    return (
        page
        + """
## Exit codes

| code | meaning |
|---|---|
| 0 | No error. With `--strict`, no warning either; for `newsletter ready`, nothing to do. |
| 1 | At least one error; with `--strict`, at least one warning; for `newsletter ready`, at least one point to do. |
| 2 | The command was not written as its help says. |

Colours are left out if the output is no terminal, or if the variable `NO_COLOR` is set.
"""
    )


def services_page(_: Project) -> str:
    page = f"""# Mailing services

{FRESH}
What `newsletter export ISSUE --for SERVICE` writes for each mailing service
([send with a service](../how-to/send-with-a-service.md)). The tags are those of the field `{{town|your town}}`.
“Not verified” is what was not found in a document of the service: try it in an email to yourself first.

| service | name | who writes List-Unsubscribe | largest file |
|---|---|---|---|
"""
    for id, service in all_services().items():
        limit = f"`{service.limit.file}`: {service.limit.bytes / 1000:,.0f} KB" if service.limit else "not verified"
        page += f"| [`{id}`](#{id}) | {service.name} | {service.list_unsubscribe} | {limit} |\n"
    return page + "".join(service_section(id, service) for id, service in all_services().items())


TAG_PLACES = {
    "subject": TagPlace("subject", ValueForm.TEXT),
    "plain text": TagPlace("text", ValueForm.TEXT),
    "an address in it": TagPlace("text", ValueForm.URL_PART),
    "page": TagPlace("page", ValueForm.HTML),
    "an address in it, before “?”": TagPlace("page", ValueForm.URL_PART),
    "an address in it, after “?”": TagPlace("page", ValueForm.URL_PART, in_query=True),
}


def service_section(id: str, service: Service) -> str:
    """Return what there is to know about a mailing service."""
    use = FieldUse("town", "your town")
    tags = [f"{name}: {service.write_tag(use, place).text}" for name, place in TAG_PLACES.items()]
    tags += [f"{name.replace('_', ' ')}: {tag}" for name, tag in vars(service.brand_tags).items() if tag]
    lines = "\n".join(tags)
    section = f"\n## {id}\n\n{service.name}\n\n```text\n{lines}\n```\n"
    for heading, sentences in (
        ("Losses, and what to do", service.losses),
        ("Not verified", service.not_verified),
        ("Sources", [f"<{source}>" for source in service.sources]),
    ):
        if sentences:
            section += f"\n{heading}:\n\n" + "".join(f"- {sentence}\n" for sentence in sentences)
    return section


def help_text(command: click.Command, parent: click.Context | None) -> str:
    """Return what `--help` prints in 80 columns, as a block of code."""
    return f"```text\n{command.get_help(context(command, parent))}\n```\n"


def context(command: click.Command, parent: click.Context | None) -> click.Context:
    """Return what click needs to print the help of a command."""
    name = command.name if parent else "newsletter"
    return click.Context(command, parent, info_name=name, terminal_width=80, **command.context_settings)


PAGES: Mapping[str, Callable[[Project], str]] = {
    "blocks": blocks_page,
    "brand": brand_page,
    "commands": commands_page,
    "issue": issue_page,
    "layouts": layouts_page,
    "services": services_page,
    "settings": settings_page,
}


@pytest.mark.generated
@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_fresh(name: str, project: Project, request: pytest.FixtureRequest) -> None:
    path, expected = ROOT / f"docs/reference/{name}.md", PAGES[name](project)
    if request.config.getoption("--update"):
        path.write_text(expected, "utf-8")
    assert path.read_text("utf-8") == expected, "`make update` writes it again"


@pytest.mark.parametrize("kind", [*groups(brand.Brand), *groups(model.Issue)], ids=lambda kind: kind.__name__)
def test_each_key_has_a_description(kind: type[BaseModel]) -> None:
    for name, field in kind.model_fields.items():
        assert field.description, f"{kind.__name__}.{name} needs Field(description=...)"
