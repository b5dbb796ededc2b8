"""A project whose templates, blocks, brand and settings are damaged, one file at a time."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from random import Random

from newsletter.check.engine import check_editions
from newsletter.check.settings import read_settings
from newsletter.issue.blocks import read_blocks
from newsletter.issue.json_schema import json_schema
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.problems import raise_if_any
from newsletter.project import Project
from support.generated import mutated

ROOT = Path(__file__).parents[2]
ISSUE = "2026-12-03-every-block.yaml"
_BEGIN = """\
subject: "Every block with its own example"
preheader: "One article that shows each block as its author thought of it"
title: "Every block"
date: 2026-12-03
articles:
  - title: "One article"
    summary: "Each block is shown once."
    content:
"""

_SETTINGS = b"""\
[project]
name = "charity"

[tool.newsletter]
profile = "plain"

[tool.newsletter.rules]
link-text = "error"
contractions = "off"
sentence-length = { severity = "error", longest = 25 }
"""
_DEEP = 3_000
_TEMPLATE = [
    *("<mj-text>", "</mj-text>", "<mj-section>", "</mj-column>", "<mj-image />", "<mj-hero></mj-hero>", "<p>", "</p>"),
    *("<td>", "<!-- ", " -->", "<!-- [if mso]>", "<![CDATA[", "]]>", "<?x ?>", "<!DOCTYPE x>", "&x;", "&#0;", "&#x1F;"),
    *('="', "<mj-style>", "</mj-body>", "<mj-raw>", 'class="', 'style="', "<svg>", "<style>", "<a href='", "</a>"),
    *(
        "{{ block }}",
        "{{ issue }}",
        "{{ block.json }}",
        "{{ x.y }}",
        "{% for a in block %}",
        "{% endfor %}",
        "{% if %}",
    ),
    *("{% endif %}", "{{", "}}", "{#", "{{ 1 / 0 }}", "{{ issue.title() }}", "{% include 'x.mjml' %}", "{{ loop }}"),
    *(
        "{% include 'layouts/newsletter.mjml' %}",
        "{% set block = 1 %}",
        "{% extends 'layouts/newsletter.mjml' %}",
        "{{ words() }}",
    ),
    *("{{ words(5) }}", "{{ minutes(5) }}", "{{ picture_url(1) }}", "{{ 5|long_date }}", "{{ 5|tel }}", "{% raw %}"),
    *("{% macro a() %}", "{{ brand.zone }}", "{{ ''.x }}", "{{ _parts }}", "{{ _part(1) }}"),
    *("<b>" * _DEEP, "<mj-section>" * _DEEP, "{{" + "(" * _DEEP, "{% if 1 %}" * _DEEP, "<p>" * 300 + "</p>" * 300),
    *("{{ '<' }}", "{{ '\\x00' }}", "{{ '\\x00a\\x001\\x00'|safe }}", "{{ '<p>'|safe }}", "{{ x|nothing }}"),
]
_STYLE = [
    *(
        "{",
        "}",
        "/*",
        "*/",
        "@media",
        "@import url(x);",
        "@charset",
        '"',
        "'",
        ";",
        ":",
        "color: #",
        "font-size: 1e999px;",
    ),
    *(
        "<style>",
        "</style>",
        "</mj-style>",
        "url(",
        "\\",
        "\\0",
        "!important",
        "@supports (",
        ":not(",
        "::x",
        "a|b{}",
        "*",
    ),
    *(
        "font-size: -px",
        "width: 99999999999999999999px;",
        "color: rgb(",
        "&",
        "<",
        "@media x{" * 200,
        "(" * _DEEP,
        "{" * _DEEP,
    ),
    *("[" * _DEEP, ":not(" * 500, "a " * 2000 + "{}", "font-size: 1px " * 100, "@media (max-width: px) {", "--x: {"),
]
_DECLARATION = [
    *(
        "json: text\n",
        "value: text\n",
        "copy: text\n",
        "model_config: text\n",
        "_private: text\n",
        "a b: text\n",
        "5: text\n",
    ),
    *(
        "schema: text\n",
        "dict: text\n",
        "class: text\n",
        "é: text\n",
        "__init__: text\n",
        "'': text\n",
        "allow: text\n",
        "?: text\n",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "[[",
        "]]",
        "a | b",
        " | ",
        "|",
        "a | a",
        "[text, url]",
        "{a: {b: [c]}}",
        "[" * 25 + "]" * 25,
    ),
    *(
        "[[text]]",
        "[[[text]]]",
        "columns: [text]\n",
        "columns: text\n",
        "rows: [[text]]\n",
        "fields: link\n",
        "example:\n",
    ),
    *("- ", "text", "markdown", "url", "date", "picture", "image", "link", "flag", "items: text\n", "keys: text\n"),
]
_BRAND = [
    *(
        "name: ''\n",
        "de: \n",
        "en: \n",
        "en:\n  contents: {}\n",
        "zz-ZZ:\n  contents: x\n",
        "{count}",
        "{count",
        "'#12'",
    ),
    *(
        "layout: article\n",
        "layout: ../x\n",
        "editions: []\n",
        "editions: [x]\n",
        "timezone: ../..\n",
        "timezone: Europe\n",
    ),
    *(
        "language: x-y\n",
        "images: link\n",
        "images: embed\n",
        "width: 1e9\n",
        "glossary: [a]\n",
        "base_url: https://\n",
    ),
    *("<b>", "&amp;", '"', "'", "{{ issue }}", "https://[", "https://x:99999/", "mailto:", "@", "list_id: .\n"),
]
_SETTING = [
    *(
        "[tool]",
        "[tool.newsletter]",
        "[[tool.newsletter]]",
        "tool = 1\n",
        "[tool.newsletter.rules.link-text]",
        "= 5\n",
        '"""',
    ),
    *("profile = []\n", "profile = {}\n", "rules = []\n", "link-text = {}\n", "link-text = []\n", "link-text = 5\n"),
    *(
        "severity = []\n",
        "longest = -1\n",
        "longest = nan\n",
        "longest = inf\n",
        "longest = []\n",
        "1979-05-27",
        "[" * _DEEP,
    ),
    *("{ severity = {} }", "true", '"off"', "words = [1]\n", "words = [[]]\n", "a." * 500 + "a = 1\n"),
]
_SPECIAL = {
    ".mjml": _TEMPLATE,
    ".html": _TEMPLATE,
    ".css": [*_STYLE, *_TEMPLATE],
    ".toml": _SETTING,
    "blocks": _DECLARATION,
    "templates": _BRAND,
}
_BLOCKS = "templates/blocks/*.yaml"
_SUFFIXES = (".mjml", ".html", ".css", ".yaml", ".toml")


def _example(block: Path) -> str:
    """Return the example of a block as an item of `content`."""
    example = block.read_text("utf-8").partition("\nexample:")[2]
    return textwrap.indent(f"- {block.stem}:" + textwrap.indent(example, "    ").removeprefix("    "), " " * 6) + "\n"


class DamagedProject:
    """A whole project in a folder, of which one file at a time has damage."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "templates", root / "templates")
        (root / "issues").mkdir()
        shutil.copytree(ROOT / "issues/images", root / "issues/images")
        (root / "issues" / ISSUE).write_text(_BEGIN + "".join(map(_example, sorted(root.glob(_BLOCKS)))), "utf-8")
        (root / "pyproject.toml").write_bytes(_SETTINGS)
        examples = {*(root / "templates/layouts").glob("*.yaml")}  # no command reads them
        paths = [
            path
            for path in {*(root / "templates").rglob("*"), root / "pyproject.toml"} - examples
            if path.suffix in _SUFFIXES
        ]
        self._originals = {path: path.read_bytes() for path in sorted(paths)}
        self._damaged: Path | None = None

    def damage(self, random: Random) -> tuple[Path, bytes]:
        """Repair the file that has damage, damage another one, and return its path in the project and its content."""
        if self._damaged is not None:
            self._damaged.write_bytes(self._originals[self._damaged])
        path = self._damaged = random.choice(list(self._originals))
        tokens = _SPECIAL[path.suffix if path.suffix in _SPECIAL else path.parent.name]
        data = mutated(random, self._originals[path], tokens)
        path.write_bytes(data)
        return path.relative_to(self.root), data

    def check(self, with_editions: bool = True) -> None:
        """Do with the project what the commands do.

        Args:
            with_editions: whether to build all editions, check them, and write the schema, which takes most of the
                time. The schema is written for damage in a block, too.

        Raises:
            Problems: what they report. Any other exception is a bug.
        """
        project = Project(self.root)
        settings = read_settings(project)
        blocks = read_blocks(project)
        if with_editions or (self._damaged and self._damaged.parent.name == "blocks"):
            json_schema(blocks)
        brand = load_brand(project)
        build = build_issue(project.issues / ISSUE, project, brand)
        editions = build_editions(build, project, () if with_editions else ["standard"])
        build_web_page(build, project)
        if with_editions:
            raise_if_any(check_editions(editions, settings, ignore=["sample-brand"]).problems)
