"""Finds what joins words in a template: a cause of lost words, such as `{{ t.hours }}</strong>{{ hours }}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.characters import quoted
from newsletter.edition import Page
from newsletter.problems import Location, Problem
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.stages.compose.template_text import is_for_readers

_INSIDE_A_LINE = r"(?:</?(?:a|abbr|b|bdi|code|em|i|mark|small|span|strong)\b[^<>{}]*>)*"
_JOINED = re.compile(
    # Two values, or a value and letters or a code such as \u00a0, and nothing between them but the tags of words.
    rf"\}}\}}{_INSIDE_A_LINE}(?:\{{\{{|[\w\\][^\s<>{{}}\"]{{0,30}})|[^\s<>{{}}\"]{{0,30}}\w{_INSIDE_A_LINE}\{{\{{"
)
_HINT = "Write a space between them, or a mark such as a colon and a space. Remove letters that are no word."


def find_joined_words(page: Page, project: Project) -> Iterator[Problem]:
    """Find what joins words in the templates of a page, each at its line.

    Args:
        page: a page that lacks words of its issue or its brand.
        project: where the templates are.
    """
    for file in dict.fromkeys(source.location.file for source in page.sources):
        name = file.removeprefix("templates/")
        if not name.endswith(".mjml"):
            continue
        default = DEFAULT_TEMPLATES / name
        # There, values that touch are a comma and what is after it.
        usual = set(default.read_text("utf-8").split("\n")) if default.exists() else set[str]()
        for number, line in enumerate(project.template_file(name).read_text("utf-8").split("\n"), 1):
            for match in _JOINED.finditer(line) if line not in usual else ():
                if is_for_readers(line[: match.start()]):
                    message = f"A value and what is beside it become one word here: {quoted(match[0])}."
                    yield Problem(Location(file, number), "words-joined", message, _HINT)
