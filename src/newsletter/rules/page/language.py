"""The page, the frame in its body, and each part in another language say which language they are in.

A screen reader chooses its voice by `lang`. Without it, Welsh is read with English sounds, and Arabic may not be read
at all. Gmail and others remove `<html>` and `<body>`, so the frame in the body has to say it again, and so does a part
that is not a row of the frame's table.

Bad:
    <li><a href="#article-2">Cadw’n gynnes</a></li>

Good:
    <li><a href="#article-2" lang="cy" dir="ltr">Cadw’n gynnes</a></li>

WCAG 2.2, 3.1.1 Language of Page (A) and 3.1.2 Language of Parts (AA); Good Email Code, Email Template; Email Markup
Consortium 2026.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from newsletter.characters import quoted
from newsletter.check.languages import foreign_language
from newsletter.check.nodes import PageElement
from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.issue.fields import Language
from newsletter.issue.model import Issue
from newsletter.issue.text_fields import Text
from newsletter.issue.walk import iter_values

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = 'Give the mj-section css-class="in-issue-language", or write lang="{{ issue.language }}" in the element.'


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check `lang` on html, on the frame and its parts, and on each other element that has it."""
    issue = page.edition.issue
    frame = set(page.frame)
    yield from _titles(page)
    for node in page.nodes:
        value = node.get_of_frame("lang") if node in frame else node.attributes.get("lang")
        if value is None:
            if node in frame:
                hint = 'Write <html lang="{{ issue.language }}">.' if node is page.root else _HINT
                yield Finding(node, f"<{node.tag}> does not say which language it is in.", hint)
        elif not _is_language(value):
            yield Finding(node, f"“{value}” in <{node.tag}> is not the code of a language.", _HINT)
        elif node.tag == "html" and value.lower() != issue.language.lower():
            hint = 'Write lang="{{ issue.language }}" in the <mjml> of the layout, or in the <html> of web.html.'
            yield Finding(node, f"<html> says “{value}”, but the issue is in “{issue.language}”.", hint)
        elif node in frame and node.path:
            own = issue.articles[int(node.path[1])].language
            if value.lower() != own.lower():
                hint = "Write lang with {{ article.language }} in the mj-html-attributes of head.mjml."
                yield Finding(node, f"An article in “{own}” is marked as “{value}”.", hint)
        elif node not in frame and _is_english(node, value) and not _is_of_editor(node.all_text, issue):
            hint = f'Remove lang="{value}", which is for words of that language.'
            yield Finding(node, f"{quoted(node.all_text)} is English, but is marked as “{value}”.", hint)


def _is_english(node: PageElement, language: str) -> bool:
    return foreign_language(node.all_text.split(), language) == "en"


def _is_of_editor(words: str, issue: Issue) -> bool:
    """Check whether words are a whole value of the issue, which `language-unlike` reports at its own place."""
    return words in (" ".join(value.split()) for _, value in iter_values(issue) if isinstance(value, Text))


def _titles(page: ParsedPage) -> Iterator[Finding]:
    """Check `lang` of the links to articles, such as those of the contents list."""
    titles = {f"#{node.get('id')}": node for node in page.find("h2") if node.get("id") and node.path}
    for link in page.find("a"):
        title = titles.get(link.get("href"))
        if title is None or title.path is None or link.all_text != title.all_text:
            continue
        own = page.edition.issue.articles[int(title.path[1])].language
        language = next((lang for node in (link, *link.parents()) if (lang := node.get("lang"))), "")
        if _is_language(language) and language.lower() != own.lower():
            hint = 'Write lang="{{ article.language }}" in the <a>, and dir with {{ article.language.direction }}.'
            yield Finding(link, f"A title in “{own}” is marked as “{language}” in a link to its article.", hint)


@cache
def _is_language(code: str) -> bool:
    try:
        Language.check(code)
    except ValueError:
        return False
    return True
