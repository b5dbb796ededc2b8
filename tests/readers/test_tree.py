"""What a screen reader gets of each shipped issue is compared with a file, so that a review shows what changes.

`make update` writes the files again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.stages.data_urls import browser_page
from support.accessibility_tree import accessibility_tree, in_words
from support.browser import View, opened
from support.golden import GOLDEN, TREES

TreeOf = Callable[[str], str]


@pytest.fixture
def tree_of(chromium: Browser, tmp_path: Path) -> TreeOf:
    def tree_in_words(html: str) -> str:
        with opened(chromium, html, View(), tmp_path) as tab:
            return in_words(accessibility_tree(tab.page))

    return tree_in_words


@pytest.mark.parametrize("kind", TREES)
@pytest.mark.generated
def test_the_messages_are_as_reviewed(
    tree_of: TreeOf,
    edition: Edition,
    every_edition: dict[str, dict[EditionKind, Edition]],
    kind: EditionKind,
    request: pytest.FixtureRequest,
) -> None:
    path = GOLDEN / edition.issue.slug / TREES[kind]
    tree = tree_of(browser_page(every_edition[edition.issue.slug][kind]))
    if request.config.getoption("--update"):
        path.write_text(tree, encoding="utf-8", newline="\n")
    assert tree == path.read_text(encoding="utf-8"), f"{path.name} has changed; `make update` writes it again"


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Tea</title></head><body>
<div role="article" aria-roledescription="email" aria-label="News">
<h1>Tea and <b>toast</b></h1>
<h2>10<sup>9</sup></h2>
<p>Hello <a href="#x">you</a>.</p>
<div lang="cy"><p>Pum peth<br>bach</p></div>
<p aria-hidden="true">Unheard</p>
<p>One <span lang="fr">ici</span></p>
<ol><li>Sit</li></ol>
<dl><dt>MS</dt><dd>multiple sclerosis</dd></dl>
<img src="data:," alt="A dog"><img src="data:," alt="">
<table role="presentation"><tr><td>Laid out</td></tr></table>
<table><caption>Where</caption><thead><tr><th scope="col">Town</th></tr></thead><tr><td>Leeds</td></tr></table>
</div></body></html>"""

TREE = """\
document "Tea"
  article, said as email [en-GB] "News"
    heading 1 "Tea and toast"
      text: Tea and
      text: toast
    heading 2 "109"
      text: 10
      superscript: 9
    paragraph
      text: Hello
      link "you"
      text: .
    paragraph [cy]
      text: Pum peth
      text: bach
    paragraph
      text: One
      text [fr]: ici
    list
      listitem
        marker "1."
        text: Sit
    list of terms
      term "MS"
      definition: multiple sclerosis
    image "A dog"
    text: Laid out
    table "Where"
      row
        columnheader "Town"
      row
        cell "Leeds"
"""


def test_a_tree_in_words(tree_of: TreeOf) -> None:
    assert tree_of(PAGE) == TREE
