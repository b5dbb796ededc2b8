"""Snippets: blocks and articles of `issues/_snippets/NAME.yaml` that issues put in by name."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from newsletter.check.autofix import autofix
from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.blank_copy import blank_copy
from newsletter.issue.blocks import read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.json_schema import json_schema
from newsletter.issue.load import load
from newsletter.pipeline import build, build_web_page
from newsletter.preview.issue_state import IssueState
from newsletter.preview.snapshot import name_in_issues, role_of
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.stages.compose import reading_time
from support.examples import SHORT

ISSUE = SHORT + "      - text: Sit down while you stir.\n      - snippet: our-shop\n      - text: Rest.\n"
SHOP = """\
# The shop, in every issue.
content:
  - text: |
      Our shop in Larkmoor sells cards.
  - button:
      text: "See what our shop sells"
      url: https://shop.example.org/
"""
GROUPS = """\
articles:
  - title: "Walk with us"
    content:
      - text: We walk by the lake on Sundays.
  - title: "Sing with us"
    summary: "We sing in the old mill."
"""
WITH_ARTICLES = ISSUE.replace("articles:\n", "articles:\n  # Our groups come first.\n  - snippet: our-groups\n")


@pytest.fixture
def home(tmp_path: Path) -> Project:
    """A project with a snippet."""
    (tmp_path / "issues/_snippets").mkdir(parents=True)
    (tmp_path / "issues/_snippets/our-shop.yaml").write_text(SHOP, "utf-8")
    (tmp_path / "issues/_snippets/our-groups.yaml").write_text(GROUPS, "utf-8")
    (tmp_path / "issues/winter.yaml").write_text(ISSUE, "utf-8")
    (tmp_path / "issues/spring.yaml").write_text(WITH_ARTICLES, "utf-8")
    return Project(tmp_path)


def write(home: Project, snippet: str) -> Path:
    (home.issues / "_snippets/our-shop.yaml").write_text(snippet, "utf-8")
    return home.issues / "winter.yaml"


def test_its_blocks_are_in_the_issue(home: Project, brand: Brand) -> None:
    edition = build(home.issues / "winter.yaml", home, brand)
    assert [block.kind for block in edition.issue.articles[0].content] == ["text", "text", "button", "text"]
    assert "Our shop in Larkmoor sells cards." in edition.text and "https://shop.example.org/" in edition.inlined
    assert "Our shop" in build_web_page(edition.build, home)
    plain = load(home.issues / "winter.yaml", home, brand, ISSUE.replace("      - snippet: our-shop\n", ""))
    assert reading_time.word_count(edition.issue) == reading_time.word_count(plain) + 11


def test_its_articles_are_in_the_issue(home: Project, brand: Brand) -> None:
    edition = build(home.issues / "spring.yaml", home, brand)
    titles = ["Walk with us", "Sing with us", "A chair by the cooker"]
    assert [article.title for article in edition.issue.articles] == titles
    assert edition.issue.location("articles", 1, "summary") == Location("issues/_snippets/our-groups.yaml", 6, 14)
    assert edition.text.index("by the lake") < edition.text.index("old mill") < edition.text.index("Our shop")
    assert "old mill" in build_web_page(edition.build, home)


@pytest.mark.parametrize(
    ("snippet", "line", "message"),
    [
        ("articles:\n  - title: x\n    sumary: x\n", 3, "There is no key called “sumary”."),
        ("articles: []\n", 1, "A snippet has only “articles”."),
        ("articles:\n  - snippet: our-shop\n", 2, "A snippet cannot contain another one."),
        ("articles:\n  - title: x\n    content: [{snippet: our-shop}]\n", 3, "A snippet cannot contain another one."),
    ],
)
def test_problems_of_articles_name_their_own_file_and_line(
    snippet: str, line: int, message: str, home: Project, brand: Brand
) -> None:
    (home.issues / "_snippets/our-groups.yaml").write_text(snippet, "utf-8")
    with pytest.raises(Problems) as error:
        load(home.issues / "spring.yaml", home, brand)
    place = error.value.problems[0].location
    assert (place.file, place.line) == ("issues/_snippets/our-groups.yaml", line)
    assert message in error.value.problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "messages"),
    [
        (ISSUE.replace("our-shop", "our-groups"), 10, "has articles, which are no blocks.\n*Name it in “articles”"),
        (WITH_ARTICLES.replace("our-groups", "our-shop"), 7, "has blocks, which are no articles.\n*in “content”"),
        (WITH_ARTICLES.replace("- snippet: our-g", "- snipet: our-g"), 7, "called “snipet”\n*mean “snippet”?"),
    ],
)
def test_a_snippet_in_the_wrong_list_is_a_problem_of_the_issue(
    text: str, line: int, messages: str, home: Project, brand: Brand
) -> None:
    with pytest.raises(Problems) as error:
        load(home.issues / "winter.yaml", home, brand, text)
    message, hint = messages.split("\n*")
    (problem,) = (each for each in error.value.problems if message in each.message)
    assert (problem.location.file, problem.location.line) == ("issues/winter.yaml", line) and hint in problem.hint


@pytest.mark.parametrize(
    ("snippet", "line", "message"),
    [
        ("content:\n  - txt: x\n", 2, "There is no block called “txt”."),
        ("content:\n  - text: |\n      A\n      <b>c</b>\n", 4, "HTML"),
        ("- text: x\n", 1, "This file has no keys with values."),
        ("title: x\ncontent:\n  - text: x\n", 1, "A snippet has only “content”."),
        ("content: x\n", 1, "A snippet has only “content”."),
        ("content:\n  - text: x\n  - snippet: our-shop\n", 3, "A snippet cannot contain another one."),
    ],
)
def test_problems_name_its_own_file_and_line(
    snippet: str, line: int, message: str, home: Project, brand: Brand
) -> None:
    with pytest.raises(Problems) as error:
        load(write(home, snippet), home, brand)
    (problem,) = error.value.problems
    assert (problem.location.file, problem.location.line) == ("issues/_snippets/our-shop.yaml", line)
    assert message in problem.message


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("- snippet: our-shpo", "There is no snippet “our-shpo”.\n*Did you mean “our-shop”"),
        ("- snippet: xyz", "There is no snippet “xyz”.\n*Snippets are: our-groups, our-shop."),
        ("- snippet: ../winter", "This is not the name of a snippet."),
        ("- snippet: [our-shop]", "This is not the name of a snippet."),
        ("- snipet: our-shop", "There is no block called “snipet”.\n*Did you mean “snippet”"),
        ("- snippet: our-shop\n        text: x", "“text” cannot be beside “snippet”."),
    ],
)
def test_a_wrong_name_is_a_problem_of_the_issue(item: str, message: str, home: Project, brand: Brand) -> None:
    with pytest.raises(Problems) as error:
        load(home.issues / "winter.yaml", home, brand, ISSUE.replace("- snippet: our-shop", item))
    (problem,) = error.value.problems
    assert (problem.location.file, problem.location.line) == ("issues/winter.yaml", 10 + item.count("\n"))
    for part in message.split("\n*"):
        assert part in str(problem)


def test_findings_and_lost_words_are_in_its_file(home: Project, brand: Brand) -> None:
    path = write(home, SHOP + "  - text: Two  spaces.\n")
    edition = build(path, home, brand)
    (problem,) = check(edition, Settings(), only=["double-spaces"]).problems
    assert (problem.location.file, problem.location.line) == ("issues/_snippets/our-shop.yaml", 8)
    assert autofix(path, home, brand, Settings()) == []
    assert "Two  spaces" in (home.issues / "_snippets/our-shop.yaml").read_text("utf-8")
    shutil.copytree(ROOT / "templates/blocks", home.root / "templates/blocks")
    button = home.root / "templates/blocks/button.mjml"
    button.write_text(button.read_text("utf-8").replace("{{ block.text }}", "Go to the shop"), "utf-8")
    with pytest.raises(Problems) as error:
        build(path, Project(home.root), brand)
    assert {(each.location.file, each.location.line) for each in error.value.problems} == {
        ("issues/_snippets/our-shop.yaml", 6)
    }


def test_the_next_issue_names_it_again(home: Project, brand: Brand) -> None:
    issue = load(home.issues / "winter.yaml", home, brand)
    new_text = blank_copy(issue, brand, datetime.date(2027, 3, 4))
    assert new_text.count("- snippet: our-shop\n") == 1 and "shop.example.org" not in new_text
    kinds = [block.kind for block in load(home.issues / "next.yaml", home, brand, new_text).articles[0].content]
    assert kinds == ["text", "text", "button", "text"]


def test_the_next_issue_names_its_articles_again(home: Project, brand: Brand) -> None:
    text = WITH_ARTICLES.replace("      - snippet:", "      # The shop.\n      - snippet:")
    new_text = blank_copy(load(home.issues / "spring.yaml", home, brand, text), brand, datetime.date(2027, 3, 4))
    assert "  # Our groups come first.\n  - snippet: our-groups\n  - title:" in new_text
    assert "      # The shop.\n      - snippet: our-shop\n      - text:" in new_text
    assert "lake" not in new_text and new_text.count("snippet: our-groups") == 1
    again = load(home.issues / "next.yaml", home, brand, new_text)
    assert [article.title for article in again.articles][:2] == ["Walk with us", "Sing with us"]


def test_the_schema_and_the_preview_know_it(home: Project) -> None:
    definitions = json.loads(json_schema(read_blocks(home)))["definitions"]
    for name, choice in (("Block", "oneOf"), ("Article", "anyOf")):
        assert "snippet" in definitions[name]["properties"]
        assert {"required": ["snippet"]} in definitions[name][choice]
    path = home.issues / "_snippets/our-shop.yaml"
    assert (role_of(path, home.root), name_in_issues(path, home.root)) == ("snippet", "our-shop")
    assert IssueState("winter", "issues/winter.yaml", source=ISSUE).mentions("our-shop")


def test_no_block_can_have_its_name(home: Project) -> None:
    blocks = home.root / "templates/blocks"
    blocks.mkdir(parents=True)
    (blocks / "snippet.yaml").write_text("about: x\nfields: text\nexample: x\n", "utf-8")
    with pytest.raises(Problems, match="already has a meaning"):
        read_blocks(home)
