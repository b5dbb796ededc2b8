"""A page says and shows the same in fewer bytes: in the browser, and as each rule of the stage promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser

from newsletter.css.compact import compact_sheet, read_style, write_style
from newsletter.dom.tree import Change, InlinedTree, parse_html
from newsletter.edition import Edition, InlinedPage, IssueBuild
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_issue
from newsletter.project import Project
from newsletter.simulations.outlook import as_outlook
from newsletter.stages.data_urls import browser_page
from newsletter.stages.edition_page import edition_page
from newsletter.stages.inline import inline
from newsletter.stages.linearise import linearise
from newsletter.stages.slim import slim
from newsletter.stages.slim.attributes import drop_spaces
from newsletter.stages.slim.columns import flatten_columns
from newsletter.stages.slim.gaps import fold_spacers
from newsletter.stages.slim.outlook import share_outlook_table
from newsletter.stages.slim.pictures import unwrap_pictures
from newsletter.stages.slim.text_rows import merge_text_rows
from newsletter.stages.slim.text_style import inherit_text_style
from support.browser import View, installed_browser
from support.examples import write_every_block
from support.same_look import differences

WORDS = re.compile(r"<head>.*</head>|<!--.*?-->|<[^>]*>", re.DOTALL)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with installed_browser() as browser:
        yield browser


@pytest.fixture
def every_block(project: Project, brand: Brand, tmp_path: Path) -> IssueBuild:
    return build_issue(write_every_block(project, tmp_path / "project"), project, brand)


def changed(rule: Change, body: str, head: str = "") -> str:
    """Return a body after one rule of the"""
    page = f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{body}</body></html>"
    whole = slim(InlinedTree(parse_html(page), ()), passes=[rule]).with_marks
    return whole.partition("<body>")[2].rpartition("</body>")[0]


# bench/slim.py looks at every email, in more views.
@pytest.mark.parametrize("kind", ["standard", "large-print"])
def test_every_block_looks_the_same(
    every_block: IssueBuild, project: Project, chromium: Browser, tmp_path: Path, kind: str
) -> None:
    edition = edition_page(every_block, project, "large-print" if kind == "large-print" else "standard")
    before = browser_page(replace(edition, inlined=inline(edition.page).page))
    after = browser_page(edition)
    views = (View(375), View(600, "dark")) if kind == "standard" else (View(600),)
    assert list(differences(chromium, before, after, views, tmp_path)) == []
    old, new = (as_outlook(InlinedPage(page)) for page in (before, after))
    assert list(differences(chromium, old, new, (View(900),), tmp_path)) == []


def test_a_difference_is_found(every_block: IssueBuild, project: Project, chromium: Browser, tmp_path: Path) -> None:
    page = browser_page(edition_page(every_block, project, "standard"))
    for old, new, kind in [
        ("margin:0 0 16px", "margin:0 0 17px", "boxes"),
        ("color:#00505B", "color:#00505C", "style"),
        ("border:1px solid #B9C7C6", "border:1px solid #B9C7C7", "pixels"),
    ]:
        assert old in page
        results = list(differences(chromium, page, page.replace(old, new, 1), (View(600),), tmp_path))
        assert [each for each in results if kind in each], (old, results)


def test_it_is_much_smaller(editions: dict[str, Edition], every_block: IssueBuild) -> None:
    first = min(editions.values(), key=lambda edition: edition.issue.slug)
    before, after = len(inline(first.page).page.encode()), len(first.inlined.encode())
    assert after < 0.52 * before
    assert 100 * after / len(WORDS.sub(" ", first.inlined).split()) <= 2000  # bytes for 100 words
    assert len(every_block.inlined.encode()) < 0.6 * len(inline(every_block.page).page.encode())


def test_what_a_screen_reader_says_stays(every_block: IssueBuild) -> None:
    before, after = inline(every_block.page).page, every_block.inlined
    assert linearise(after) == linearise(before)
    for attribute in ("alt", "scope", "tabindex", "href", "id", "name"):
        old = re.findall(rf' {attribute}="[^"]*"', before)
        # Anchors have shorter names.
        assert re.findall(rf' {attribute}="[^"]*"', after) == [
            re.sub(r'(["#])article-(?=\d+")', r"\1a", each) for each in old
        ]
    tables = [table for table in parse_html(after).iter("table") if table.get("role") is None]
    assert all(any(True for _ in table.iter("th")) for table in tables)
    assert sections(after) == sections(before)


def sections(page: InlinedPage) -> list[tuple[str | None, str | None]]:
    """Return the language and the direction of each section: an element in the wrapper, or a row of its table."""
    parts = list(parse_html(page).iterfind("body/div/*"))
    rows = [row for part in parts for row in (part if part.tag == "table" and part.get("class") is None else [part])]
    return [(inherited(part, "lang"), inherited(part, "dir")) for part in rows if part.get("aria-hidden") != "true"]


def inherited(element: etree._Element, attribute: str) -> str | None:
    """Return the attribute of an element, or of the nearest one around it, below the html element."""
    around = [element, *element.iterancestors()][:-1]
    return next((value for each in around if (value := each.get(attribute))), None)


def test_a_page_that_is_slim_stays_as_it_is(every_block: IssueBuild) -> None:
    assert len(slim(InlinedTree(parse_html(every_block.inlined), ()))) >= len(every_block.inlined) - 200


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("color: red; margin: 0px auto", "color:red;margin:0 auto"),
        ("padding:8px 24px;", "padding:8px 24px"),
        ("margin:0 0 16px; margin-bottom:0", "margin:0 0 16px;margin-bottom:0"),
        ("color:#FFFFFF", "color:#FFF"),
        ("color:#FFFFFE", "color:#FFFFFE"),
        ('font-family:Verdana, "Segoe UI", sans-serif', "font-family:Verdana,'Segoe UI',sans-serif"),
        ("color:red !important; color:blue", "color:red!important"),
        ("color:red; border:0; color:blue", "border:0;color:blue"),
        ("width:calc(100% - 0px)", "width:calc(100% - 0px)"),
        ("mso-padding-alt:12px 24px", "mso-padding-alt:12px 24px"),
    ],
)
def test_a_style_is_compact(css: str, expected: str) -> None:
    assert write_style(read_style(css)) == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".a > p, .b { color : red }", ".a>p,.b{color:red}"),
        (".a p { color: red } .none { color: blue }", ".a p{color:red}"),
        (".none, .a { color: red }", ".a{color:red}"),
        (".a { color: red } .none { margin: 0 } .a > p { color: red }", ".a,.a>p{color:red}"),
        (".a { color: red } .a:hover { color: red }", ".a{color:red}.a:hover{color:red}"),
        (".a { color: red } p { margin: 0 } .a > p { color: red }", ".a{color:red}p{margin:0}.a>p{color:red}"),
        (".a { }", ""),
        ("h1, h2, p { color: red }", "h2,p{color:red}"),
        ('[dir="rtl"] .a { margin: 0px }', ""),
        ('[dir="ltr"] .a { margin: 0px }', '[dir="ltr"] .a{margin:0}'),
        ("a :hover { color: red }", "a :hover{color:red}"),
        ("u + div .a { color: red }", "u + div .a{color:red}"),
        ("#MessageViewBody a { color: red }", "#MessageViewBody a{color:red}"),
        ("p:not(.none) { color: red }", "p:not(.none){color:red}"),
        ("@media (max-width: 479px) { .none { color: red } }", ""),
        (
            "@media (max-width: 479px) { .a { color: red !important; } }",
            "@media (max-width: 479px){.a{color:red!important}}",
        ),
        ("@font-face { font-family: Ours }", "@font-face { font-family: Ours }"),
    ],
)
def test_a_style_sheet_is_compact(css: str, expected: str) -> None:
    assert compact_sheet(css, frozenset([".a", ".b", "h2", "ltr"])) == expected


CELL = '<table role="presentation"><tr><td class="inset">{}</td></tr></table>'
ROWS = '<table role="presentation">{}</table>'
ROW = '<tr><td style="padding:{}"><div style="color:#111">{}</div></td></tr>'


def test_pieces_of_text_are_joined_if_their_margins_stay() -> None:
    joined = changed(
        merge_text_rows,
        ROWS.format(ROW.format("0", "<p>One</p>") + ROW.format("0", '<p style="margin:0">Two</p>')),
    )
    assert joined.count("<td") == 1
    # Their margins would become one, or nobody knows the first one.
    for first, second in [
        ("<p>One</p>", '<p style="margin:8px 0">Two</p>'),
        ("<p>One</p>", "<p>Two</p>"),
        ("One", '<p style="margin:0">Two</p>'),
    ]:
        rows = ROWS.format(ROW.format("0", first) + ROW.format("0", second))
        assert changed(merge_text_rows, rows) == rows


def test_padding_between_pieces_of_text_becomes_a_margin() -> None:
    rows = ROW.format("8px 0 24px", '<p style="margin:0 0 4px">One</p>') + ROW.format(
        "0 0 16px", '<p style="margin:0">Two</p>'
    )
    joined = changed(merge_text_rows, ROWS.format(rows))
    assert "padding:8px 0 16px" in joined and "margin:0 0 28px" in joined


def test_a_gap_becomes_padding_unless_it_would_be_coloured() -> None:
    gap = '<tr><td><div style="height:16px;line-height:16px" aria-hidden="true">\N{HAIR SPACE}</div></td></tr>'
    panel = '<tr><td class="panel" style="padding:8px;border:1px solid #111"><p>In a panel</p></td></tr>'
    text = '<tr><td style="padding:0 0 8px"><p>Words</p></td></tr>'
    assert 'style="padding:0 0 24px"' in changed(fold_spacers, ROWS.format(text + gap + panel))
    assert 'style="padding:16px 0 8px"' in changed(fold_spacers, ROWS.format(panel + gap + text))
    assert changed(fold_spacers, ROWS.format(panel + gap + panel)) == ROWS.format(panel + gap + panel)


def test_a_picture_in_the_middle_keeps_its_table() -> None:
    picture = (
        '<td align="{}"><table role="presentation"><tr><td style="width:200px"><img src="a.png" alt="" width="200" '
        'style="width:100%"></td></tr></table></td>'
    )
    assert "max-width:200px" in changed(unwrap_pictures, ROWS.format(f"<tr>{picture.format('left')}</tr>"))
    middle = ROWS.format(f"<tr>{picture.format('center')}</tr>")
    assert changed(unwrap_pictures, middle) == middle


def test_text_that_relies_on_the_mail_app_keeps_its_font() -> None:
    """Words outside of cells of text would get a font that they did not have."""
    style = "font-family:Verdana;font-size:18px;line-height:1.6;color:#111;text-align:left"
    words = f'<table role="presentation"><tr><td style="{style}">Words</td></tr></table>'
    assert '<td class="text">Words' in changed(inherit_text_style, f"<div>{words}</div>").replace(
        ' style="text-align:left"', ""
    )
    loose = changed(inherit_text_style, f"<div>{words}<p>Loose words</p></div>")
    assert style in loose


def test_a_rule_of_the_head_is_no_reason_to_drop_a_style() -> None:
    style = "font-family:Verdana;font-size:18px;line-height:1.6;color:#111;text-align:left"
    text = '<p style="line-height:1.6">Words</p>'
    words = f'<div><table role="presentation"><tr><td style="{style}">{text}</td></tr></table></div>'
    assert "line-height" not in changed(inherit_text_style, words).partition("<p")[2]
    assert "line-height" in changed(inherit_text_style, words, "<style>p { line-height: 1 }</style>").partition("<p")[2]


def test_inline_blocks_keep_the_space_between_them() -> None:
    assert changed(drop_spaces, "<ul> <li>One</li> <li>Two</li> </ul>") == "<ul><li>One</li><li>Two</li></ul>"
    columns = '<div><div style="display:inline-block">One</div> <div style="display:inline-block">Two</div></div>'
    assert changed(drop_spaces, columns) == columns
    words = "<p>One <strong>two</strong> <em>three</em></p>"
    assert changed(drop_spaces, words) == words


COLUMN = (
    '<table role="presentation"><tr><td style="font-size:0;padding:0"><div class="mj-column-per-100" '
    'style="display:inline-block;width:100%"><table role="presentation"><tr><td style="padding:24px{}">'
    '<table role="presentation"><tr><td>Words</td></tr></table></td></tr></table></div></td></tr></table>'
)


def test_a_column_gives_its_padding_to_the_section() -> None:
    rule = "<style>.mj-column-per-100 > table > tbody > tr > td { padding-left: 16px !important }</style>"
    flat = changed(flatten_columns, COLUMN.format(""), rule)
    assert flat.count("<table") == 2 and 'style="padding:24px" class="inset"' in flat


def test_all_columns_stay_if_one_has_a_look_of_its_own() -> None:
    """A rule in the head names either the cells of columns or those of sections."""
    both = COLUMN.format("") + COLUMN.format("").replace("display:inline-block", "display:inline-block;background:#111")
    assert changed(flatten_columns, both) == both


BEGIN = '<!--[if mso | IE]><table width="{}" class="card-outlook" bgcolor="{}"><tr><td style="font-size:0"><![endif]-->'
END = "<!--[if mso | IE]></td></tr></table><![endif]-->"


def test_outlook_gets_one_table_if_all_are_as_wide() -> None:
    def sections(*begins: str) -> str:
        return f"<div>{''.join(f'{begin}<div><table></table></div>{END}' for begin in begins)}</div>"

    shared = changed(share_outlook_table, sections(BEGIN.format(600, "#111"), BEGIN.format(600, "#222")))
    assert shared.count("<!--") == 2 and "bgcolor" not in shared
    assert shared.startswith('<div><!--[if mso | IE]><table width="600">') and shared.endswith(f"{END}</div>")
    wide = sections(BEGIN.format(600, "#111"), BEGIN.format(700, "#111"))
    assert changed(share_outlook_table, wide) == wide
    own = sections(BEGIN.format(600, "#111"), "<!--[if mso]><p>Only for Outlook</p><![endif]-->")
    assert changed(share_outlook_table, own) == own
