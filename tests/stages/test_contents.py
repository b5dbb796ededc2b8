"""The contents list is there when it helps, and leaves no empty card when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.issue.model import Contents
from newsletter.pipeline import build
from newsletter.project import Project
from support.examples import SHORT

HEAD = SHORT.partition("articles:")[0]
ARTICLE = """\
  - title: "Piece {number}"
    summary: "What helps with tiredness, in words of every day."
"""


def issue(folder: Path, articles: int, more: str = "") -> Path:
    path = folder / "issue.yaml"
    pieces = "".join(ARTICLE.replace("{number}", str(number)) for number in range(articles))
    path.write_text(f"{HEAD}{more}articles:\n{pieces}", "utf-8")
    return path


@pytest.mark.parametrize(
    ("articles", "choice", "is_shown"),
    [
        (2, ("", "auto"), False),
        (3, ("", "auto"), True),
        (1, ("", "always"), True),
        (9, ("", "never"), False),
        (1, ("always", "never"), True),
        (9, ("never", "always"), False),
        (2, ("auto", "always"), False),
    ],
)
def test_the_issue_decides_and_then_the_brand(  # noqa: PLR0913
    tmp_path: Path, project: Project, brand: Brand, articles: int, choice: tuple[str, Contents], *, is_shown: bool
) -> None:
    in_issue, in_brand = choice
    more = f"contents: {in_issue}\n" if in_issue else ""
    path = issue(tmp_path, articles, more)
    assert load(path, project, brand.model_copy(update={"contents": in_brand})).has_contents is is_shown


@pytest.mark.parametrize(("more", "cards"), [("", 3), ("contents: always\n", 4), ("welcome: Hello, all of you.\n", 4)])
def test_a_card_has_words_in_it(tmp_path: Path, project: Project, brand: Brand, more: str, cards: int) -> None:
    """One article without more is three cards: its own, the words explained, and the helpline."""
    edition = build(issue(tmp_path, 1, more), project, brand)
    assert edition.mjml.count('css-class="card ') == cards
    assert ("In this issue" in edition.text) is ("always" in more)
