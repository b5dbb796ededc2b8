"""The engines of mailing services, each of which fills a subject, a plain text and a page for several readers.

A service with an engine that nobody can install has a small reader of its tags here.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import django.conf
from django.template import Context, Engine

from support.programs import require

HERE = Path(__file__).parent

Values = Mapping[str, Any]


class Parts(NamedTuple):
    """The parts of an email, with tags or filled."""

    subject: str
    text: str
    page: str


Fill = Callable[[Parts, Sequence[Values], Path], list[Parts]]
"""Fills parts with the values of each reader. The folder is for files of the engine."""


def fill_go(parts: Parts, readers: Sequence[Values], folder: Path) -> list[Parts]:
    """Fill the tags of listmonk by Go's html/template and text/template."""
    require(["go"], "nothing fills the tags of listmonk as listmonk does")
    program = folder / "fill"
    if not program.exists():
        environment = os.environ | {"GOCACHE": f"{folder}/cache", "GO111MODULE": "off", "CGO_ENABLED": "0"}
        command = ["go", "build", "-o", str(program), str(HERE / "fill_template.go")]
        subprocess.run(command, env=environment, check=True, timeout=600)
    nested = [_nested(values) for values in readers]
    links = {name: url for name, url in readers[0].items() if "." not in name}
    return _run([str(program)], {**parts._asdict(), "Readers": nested, "Links": links})


def fill_handlebars(parts: Parts, readers: Sequence[Values], _: Path) -> list[Parts]:
    return _fill_node("handlebars", parts, readers)


def fill_unescaped_handlebars(parts: Parts, readers: Sequence[Values], _: Path) -> list[Parts]:
    """Fill tags by Handlebars without escapes, as Amazon SES does."""
    return _fill_node("handlebars", parts, readers, {"noEscape": True})


def fill_mustache(parts: Parts, readers: Sequence[Values], _: Path) -> list[Parts]:
    return _fill_node("mustache", parts, readers)


def _fill_node(
    engine: str, parts: Parts, readers: Sequence[Values], options: Mapping[str, bool] = MappingProxyType({})
) -> list[Parts]:
    script = f"/usr/share/javascript/{engine}/{engine}.js"
    missing = [] if Path(script).exists() else [f"libjs-{engine}"]
    require(["node", *missing], f"nothing fills tags as {engine} does")
    command = ["node", str(HERE / "fill_template.js"), script]
    return _run(command, {"parts": list(parts), "readers": list(readers), "options": dict(options)})


def _run(command: list[str], data: object) -> list[Parts]:
    result = subprocess.run(command, input=json.dumps(data), stdout=subprocess.PIPE, text=True, check=True, timeout=600)
    return [Parts(*email) for email in json.loads(result.stdout)]


def fill_brevo(parts: Parts, readers: Sequence[Values], folder: Path) -> list[Parts]:
    """Fill the tags of Brevo by Django's templates, which its language is like. A subject is no page to escape for."""
    readers = [{"contact": values, **values} for values in readers]
    subject = Engine().from_string(parts.subject)
    filled = zip(readers, fill_django(parts, readers, folder), strict=True)
    return [each._replace(subject=subject.render(Context(values, autoescape=False))) for values, each in filled]


def fill_django(parts: Parts, readers: Sequence[Values], _: Path) -> list[Parts]:
    """Fill the tags of Buttondown by Django's templates."""
    if not django.conf.settings.configured:
        django.conf.settings.configure(USE_I18N=False)
    templates = [Engine().from_string(part) for part in parts]
    return [Parts(*(each.render(Context(_nested(values))) for each in templates)) for values in readers]


def _nested(values: Values) -> dict[str, Any]:
    """Return values whose names have dots as dictionaries in dictionaries."""
    nested: dict[str, Any] = {"Subscriber": {"Attribs": {}}}
    for name, value in values.items():
        *outer, last = name.strip(".").split(".")
        inner = nested
        for each in outer:
            inner = inner.setdefault(each, {})
        inner[last] = value
    return nested


def words_of_notify(texts: Sequence[str]) -> list[list[str]]:
    """Return the words that readers get of texts in the Markdown of GOV.UK Notify."""
    command = [sys.executable, "-W", "ignore", str(HERE / "read_notify.py")]
    result = subprocess.run(
        command, input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=True, timeout=600
    )
    words: list[list[str]] = json.loads(result.stdout)
    return words


def simple_reader(tag: str, *, escapes: bool = False) -> Fill:
    """Return a reader of tags.

    Args:
        tag: a regular expression of a tag, with the group `name`, and `other` and `fallback` if there are any.
        escapes: whether values are escaped in a page.
    """
    pattern = re.compile(tag)

    def fill_part(part: str, values: Values, *, is_page: bool) -> str:
        def value(match: re.Match[str]) -> str:
            groups = match.groupdict()
            value = values.get(groups["name"] or groups.get("other", ""))
            if value is None:
                return match[0]
            text = html.escape(value) if is_page and escapes and not value.startswith("http") else value
            return text or groups.get("fallback") or ""

        return pattern.sub(value, part)

    def fill(parts: Parts, readers: Sequence[Values], _: Path) -> list[Parts]:
        return [Parts(*(fill_part(part, values, is_page=part is parts.page) for part in parts)) for values in readers]

    return fill


ENGINES: Mapping[str, Fill] = {
    "go": fill_go,
    "handlebars": fill_handlebars,
    "mustache": fill_mustache,
    "unescaped-handlebars": fill_unescaped_handlebars,
    "django": fill_django,
    "brevo": fill_brevo,
    "generic": simple_reader(r"\{\{(?P<name>\w+)\}\}"),
    "mailchimp": simple_reader(
        r"\*\|IF:(?P<name>\w+)\|\*\*\|\1\|\*\*\|ELSE:\|\*(?P<fallback>[^*]*)\*\|END:IF\|\*|\*\|(?P<other>[\w:]+)\|\*",
        escapes=True,
    ),
    "mailgun": simple_reader(r"%recipient\.(?P<name>\w+)%|%(?P<other>unsubscribe_url)%"),
    "campaign-monitor": simple_reader(r"\[(?P<name>\w+)(?:,fallback=(?P<fallback>[^\]]*))?\]", escapes=True),
    "dotdigital": simple_reader(r"@(?P<name>[A-Z0-9_]+)@|http://\$(?P<other>[A-Z]+)\$", escapes=True),
    "govuk-notify": simple_reader(r"\(\((?P<name>[^()]+)\)\)"),
}
"""The engines by the names that the case files have for them."""
