"""Lines of Chinese and Japanese join without a space, because these have none between words."""

from __future__ import annotations

import pytest

from conftest import ISSUES
from newsletter.issue.brand import Brand
from newsletter.issue.markdown import parse_markdown, plain_words, to_html
from newsletter.pipeline import build_editions, build_issue
from newsletter.project import Project
from newsletter.source.nodes import TextNode, at_path
from newsletter.source.parser import parse_yaml

_ISSUE = """
subject: "春天的消息"
preheader: "新的歌声"
title: "合唱团"
date: 2026-12-03
language: zh-Hans
articles:
  - title: "欢迎"
    summary: "新朋友。"
    content:
      - text: |
          今年春天有很多新的朋友**加入**
          我们的合唱团。

          - 下一次
            排练
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("加入\n我们", "加入我们"),
        ("歌。\n（我们）", "歌。（我们）"),
        ("カラ\nオケ", "カラオケ"),
        ("ｶﾗ\nｵｹ", "ｶﾗｵｹ"),
        ("加入\nMS", "加入 MS"),
        ("한국\n사람", "한국 사람"),
        ("🎉\n🎉", "🎉 🎉"),
        ("New\nwords", "New words"),
    ],
)
def test_how_two_lines_join(lines: str, expected: str) -> None:
    assert to_html(lines)[0] == f"<p>{expected}</p>\n"
    assert plain_words(parse_markdown(lines, "inline")[0].children or ()) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("title: 加入\n  我们 的歌\n  MS\n", "加入我们 的歌 MS"),
        ('title: "加入\n  我们"\n', "加入我们"),
        ('title: "加入 \\\n  我们"\n', "加入 我们"),
        ("title: '歌。\n  （我们）'\n", "歌。（我们）"),
        ("title: >\n  加入\n  我们\n\n  的歌\n", "加入我们\n的歌\n"),
        ("title: >-\n  한국\n  사람 입니다\n", "한국 사람 입니다"),
        ("title: |\n  加入\n  我们\n", "加入\n我们\n"),
        ("title: Café\n  words\n", "Café words"),
    ],
)
def test_how_yaml_folds_two_lines(typed: str, expected: str) -> None:
    title = at_path(parse_yaml(typed, "a.yaml"), ("title",))
    assert isinstance(title, TextNode)
    assert title.text == expected
    last = expected.rstrip()[-1]
    place = title.location_of(expected.rindex(last))
    assert typed.splitlines()[place.line - 1][place.column - 1] == last


def test_marks_between_two_lines_change_nothing() -> None:
    assert to_html("加**入**\n*我们*")[0] == "<p>加<strong>入</strong><em>我们</em></p>\n"
    assert "<br />" in to_html("加入  \n我们")[0]


def test_no_edition_has_a_space_where_a_line_of_the_file_ends(project: Project, brand: Brand) -> None:
    built = build_issue(project.issues / f"{ISSUES[0]}.yaml", project, brand, _ISSUE)
    for edition in build_editions(built, project, ["standard", "large-print", "text-only"]):
        assert "加入</strong>我们的合唱团" in edition.inlined
        assert "加入我们的合唱团" in edition.text.replace("*", "")
        assert "下一次排练" in edition.text
