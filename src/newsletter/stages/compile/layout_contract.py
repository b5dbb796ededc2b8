"""What a layout must keep: the names by which style sheets, contents and the web version know the parts of a page.

The rules of `check` see the rest: one `<h1>`, a language for each section, where the contents lead. `verify` sees every
word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.dom.tree import parse_html
from newsletter.edition import SOURCE, Page
from newsletter.problems import Problem

_ARTICLE = re.compile(r"article-(\d+)")


def find_layout_faults(page: Page, articles: int) -> Iterator[Problem]:
    """Find what a layout does not keep, each at its line of a template.

    Args:
        page: the compiled page.
        articles: the number of articles of the issue.
    """
    wrapper = parse_html(page.with_marks).find("body/div")
    if wrapper is None:
        return
    if "page" not in _names(wrapper):
        hint = 'Write css-class="page" into <mj-body>.'
        yield _problem(page, wrapper, "The body of this layout has no class “page”, which the style sheets need.", hint)
    sections = [
        section
        for section in wrapper.iterchildren(etree.Element)
        if etree.tostring(section, method="text", encoding="unicode", with_tail=False).strip()
    ]
    numbered = [(place, number) for place, section in enumerate(sections) for number in _articles(section)]
    yield from _order(page, sections, numbered, articles)
    first, last = (numbered[0][0], numbered[-1][0]) if numbered else (len(sections), -1)
    titles = [place for place, section in enumerate(sections) for _ in section.iter("h1")]
    if titles and titles[0] >= first:  # the rule one-h1 reports a page without any
        hint = 'Write {% include "masthead.mjml" %} before the articles, or a section with <h1>{{ issue.title }}</h1>.'
        yield _problem(page, wrapper, "The <h1> of this layout is not in a section before the articles.", hint)
    if not any("footer" in _names(section) for section in sections[last + 1 :]):
        hint = 'Write {% include "footer.mjml" %} after the articles, or css-class="footer" into a section of your own.'
        yield _problem(page, wrapper, "This layout has no section with the class “footer” after the articles.", hint)


def _order(
    page: Page, sections: list[etree._Element], numbered: list[tuple[int, int]], articles: int
) -> Iterator[Problem]:
    hint = (
        'Write {% include "article.mjml" %} once for each article, in their order, after {% set number = loop.index %}.'
    )
    for (place, number), expected in zip(numbered, range(1, articles + 1), strict=False):
        if number != expected:
            message = f"Article {number} is where article {expected} should be."
            yield _problem(page, sections[place], message, hint)
            return
    if len(numbered) != articles and sections:
        place = numbered[articles][0] if len(numbered) > articles else 0
        message = f"This layout shows {len(numbered)} of {articles} articles in sections with the class “article-...”."
        yield _problem(page, sections[place], message, hint)


def _articles(section: etree._Element) -> Iterator[int]:
    yield from (int(match[1]) for name in _names(section) if (match := _ARTICLE.fullmatch(name)))


def _names(element: etree._Element) -> list[str]:
    return element.get("class", "").split()


def _problem(page: Page, element: etree._Element, message: str, hint: str) -> Problem:
    return Problem(page.sources[int(element.get(SOURCE, "0"))].location, "layout", message, hint)
