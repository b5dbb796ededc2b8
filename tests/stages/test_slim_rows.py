"""The rules for a flat frame leave alone what other people's templates may have."""

from __future__ import annotations

import pytest

from newsletter.dom.tree import Change, InlinedTree, parse_html
from newsletter.stages.slim import slim
from newsletter.stages.slim.columns import flatten_columns, join_single_rows
from newsletter.stages.slim.gaps import fold_spacers
from newsletter.stages.slim.pictures import unwrap_pictures
from newsletter.stages.slim.text_rows import merge_text_rows, unwrap_text

TABLE = '<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">'
SECTION = (
    TABLE + '<tr><td style="font-size:0;padding:0{outer}"><div class="mj-column-per-100"{column} '
    'style="display:inline-block;width:100%">'
    + TABLE.replace("<table", "<table{table}")
    + '<tbody{body}><tr{row}><td style="padding:24px{inside}">{content}</td></tr></tbody></table></div>'
    "</td></tr></table>"
)
INNER = TABLE + '<tr><td style="padding:5px">Words</td></tr></table>'
PARTS = ("outer", "column", "table", "body", "row", "inside")
DARK = "<style>@media (prefers-color-scheme:dark){{{}{{color:#fff!important}}}}</style>"


def changed(body: str, *rules: Change, head: str = "") -> str:
    """Return a body after some rules of the stage."""
    page = f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{body}</body></html>"
    whole = slim(InlinedTree(parse_html(page), ()), passes=rules).with_marks
    return whole.partition("<body>")[2].rpartition("</body>")[0]


def section(content: str = INNER, **parts: str) -> str:
    """Return a section with one column, with more style or attributes in some of its parts."""
    return SECTION.format(content=content, **dict.fromkeys(PARTS, "") | parts)


def test_a_plain_section_is_one_table() -> None:
    flat = changed(section(), flatten_columns, join_single_rows)
    assert flat.count("<table") == 1 and 'style="padding:29px" class="inset"' in flat


def test_a_section_with_padding_of_one_side_keeps_its_column() -> None:
    page = section(outer=";padding-top:30px")
    assert changed(page, flatten_columns, join_single_rows) == page


def test_a_column_with_padding_of_one_side_keeps_the_table_in_it() -> None:
    flat = changed(section(inside=";padding-top:0"), flatten_columns, join_single_rows)
    assert "padding:24px;padding-top:0" in flat and '<td style="padding:5px">Words' in flat


@pytest.mark.parametrize(
    ("outer", "inside"),
    [
        (";border:1px solid #111", ";border-left:4px solid #111"),
        (";border-radius:8px", ";background-color:#eee"),
    ],
)
def test_a_column_with_a_look_beside_that_of_its_section_stays(outer: str, inside: str) -> None:
    page = section(outer=outer, inside=inside)
    assert changed(page, flatten_columns) == page


@pytest.mark.parametrize(
    "part",
    [
        {"column": ' role="region" aria-label="News"'},
        {"column": ' lang="de"'},
        {"table": ' bgcolor="#eee"'},
        {"table": ' dir="rtl"'},
        {"body": ' id="news"'},
        {"row": ' style="background-color:#eee"'},
    ],
)
def test_a_column_with_attributes_stays(part: dict[str, str]) -> None:
    page = section(**part)
    assert changed(page, flatten_columns) == page


@pytest.mark.parametrize(
    "box",
    [
        INNER.replace("<table", '<table style="background-color:#fec;border:1px solid red;width:300px"'),
        INNER.replace("<table", '<table lang="de"'),
        INNER.replace("<table", '<table style="font-size:20px"'),
        INNER.replace("<tr>", '<tr lang="de">'),
        INNER.replace("100%", "300"),
        INNER.replace(' width="100%"', ""),
        INNER.replace('cellpadding="0"', 'cellpadding="8"'),
    ],
)
def test_a_table_with_a_look_of_its_own_stays(box: str) -> None:
    assert box in changed(section(box), flatten_columns, join_single_rows)


def test_padding_stays_in_its_cell_if_the_head_says_the_padding_around_it() -> None:
    rule = "<style>.mj-column-per-100 > table > tbody > tr > td {{ padding-{}: 16px !important }}</style>"
    assert INNER in changed(section(), flatten_columns, join_single_rows, head=rule.format("left"))
    above = INNER.replace("5px", "5px 0")
    flat = changed(section(above), flatten_columns, join_single_rows, head=rule.format("left"))
    assert "padding:29px 24px" in flat


def test_the_class_of_a_section_is_no_class_of_the_template() -> None:
    own = f'{TABLE}<tr><td class="inset" style="padding:1px">{INNER}</td></tr></table>'
    flat = changed(section() + own, flatten_columns, join_single_rows)
    assert own in flat and 'class="inset-1"' in flat
    assert changed(own, flatten_columns, join_single_rows) == own
    for head in (
        "<style>.inset { color: red }</style>",
        "<!--[if mso]><style>.inset { color: red }</style><![endif]-->",
    ):
        assert 'class="inset-1"' in changed(section(), flatten_columns, head=head)


SPACER = (
    '<tr><td style="{}"><div style="height:16px;line-height:16px" aria-hidden="true">\N{HAIR SPACE}</div></td></tr>'
)
TEXT = '<tr><td style="padding:0"><p>Words</p></td></tr>'


def rows(*parts: str) -> str:
    return f"{TABLE}{''.join(parts)}</table>"


def test_the_padding_of_a_gap_is_part_of_it() -> None:
    assert 'style="padding:0 0 36px"' in changed(rows(TEXT, SPACER.format("padding:10px 0")), fold_spacers)
    unknown = rows(TEXT, SPACER.format("padding:1em 0"))
    assert changed(unknown, fold_spacers) == unknown


def test_the_space_in_a_gap_that_stays_has_a_size() -> None:
    coloured = TEXT.replace("<tr", '<tr style="background-color:#eee"')
    for size in ("0", "0px"):
        page = changed(rows(coloured, SPACER.format(f"font-size:{size};padding:0")), fold_spacers)
        assert '<td style="font-size:1px;padding:0">' in page


def test_a_gap_is_not_in_a_coloured_row() -> None:
    for page in (
        rows(TEXT.replace("<tr", '<tr style="background-color:#eee"'), SPACER.format("padding:0")),
        rows(TEXT, SPACER.format("padding:0").replace("<tr", '<tr bgcolor="#eee"')),
    ):
        assert changed(page, fold_spacers) == page


def words(style: str, padding: str = "0") -> str:
    return f'<tr><td style="padding:{padding}"><div style="color:#111"><p style="{style}">Words</p></div></td></tr>'


@pytest.mark.parametrize(
    "parts",
    [
        (words("margin:0;margin-bottom:16px", "0 0 8px"), words("margin:0")),
        (words("margin:0"), words("margin-top:0;margin:20px 0")),
        (words("margin:0"), "<!--[if mso]><tr><td>For Outlook</td></tr><![endif]-->", words("margin:0")),
    ],
)
def test_pieces_of_text_stay_apart(parts: tuple[str, ...]) -> None:
    assert changed(rows(*parts), merge_text_rows) == rows(*parts)


def message(content: str) -> str:
    return f'{TABLE}<tr><td class="msg" style="font-size:0"><div style="color:#111">{content}</div></td></tr></table>'


@pytest.mark.parametrize(
    "selector", [".msg div", ".msg > div", "div", ".msg div, .msg td", ":is(.msg, .x) div", ".msg *"]
)
def test_a_div_that_a_rule_names_stays(selector: str) -> None:
    page = message("Words")
    assert changed(page, unwrap_text, head=DARK.format(selector)) == page


@pytest.mark.parametrize("selector", [".page div, .page td", ".msg div, .msg p", ".other div", ".msg .div"])
def test_a_div_goes_if_the_rule_names_all_that_has_its_words(selector: str) -> None:
    page = f'<div class="page">{message("<p>Words</p>")}</div>'
    assert changed(page, unwrap_text, head=DARK.format(selector)).count("<div") == 1


PICTURE = (
    '<table role="presentation"><tr><td align="left"><table role="presentation"{table}><tr{row}><td style="width:200px"'
    '{cell}><img src="a.png" alt=""{width} style="width:100%"></td></tr></table></td></tr></table>'
)


@pytest.mark.parametrize(
    "part",
    [
        {"table": ' class="x"'},
        {"row": ' dir="rtl"'},
        {"cell": ' id="picture"'},
        {"width": ""},
    ],
)
def test_a_picture_in_a_table_with_attributes_keeps_it(part: dict[str, str]) -> None:
    plain = {"table": "", "row": "", "cell": "", "width": ' width="200"'}
    assert "max-width" in changed(PICTURE.format(**plain), unwrap_pictures)
    page = PICTURE.format(**plain | part)
    assert changed(page, unwrap_pictures) == page
