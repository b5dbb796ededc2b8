"""A flat frame: MJML writes four tables around the words of a section, where one or two are enough.

A layout has no meaning for readers. What Outlook for Windows knows of it stays: padding is in table cells.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from newsletter.css.compact import Style
from newsletter.css.parser import declarations, rules
from newsletter.dom.tree import remove_keeping_tail
from newsletter.stages.slim.elements import (
    has_words,
    layout_tables,
    names,
    only_child,
    set_style,
    style_of,
    take_content,
)

_COLUMN = "mj-column-per-100"
_COLUMN_CLASSES = {_COLUMN, "mj-outlook-group-fix"}
_COLUMN_STYLE = {"font-size", "text-align", "direction", "display", "vertical-align", "width"}
_INSET = "data-inset"
"""The attribute of the html element with the class that `flatten_columns` has given, for `join_single_rows`."""
_COLUMN_CELL = re.compile(rf"\.{_COLUMN}\s*>\s*table\s*>\s*tbody\s*>\s*tr\s*>\s*td\b")

_BLOCKS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote"])
_PLAIN_CELL = {"font-size", "padding", "overflow-wrap", "vertical-align"}
_SIDES = ("top", "right", "bottom", "left")
_PLAIN_TABLE = {"border", "cellpadding", "cellspacing", "role", "width", "style"}

_CLASS = re.compile(r"\.([\w-]+)")
_COMBINATORS = re.compile(r"[\s>+~]+")
_DIV = re.compile(r"div(?![\w-])|\*")


def flatten_columns(root: etree._Element) -> None:
    """Remove the two tables of a section's only column: the section's cell gets its padding.

    The section's cell gets a class, so that rules in the head that name the column's cell, such as those with a
    narrower padding on a phone, name the section's. If one column has to stay, all stay.
    """
    columns = [div for div in root.iter("div") if _COLUMN in div.get("class", "").split()]
    frames = [_frame(column) for column in columns]
    if not columns or not all(frames):
        return
    inset = _unused_class(root)
    for column, frame in zip(columns, frames, strict=True):
        if frame is not None:
            _flatten(column, *frame, inset)
    for sheet in root.iter("style"):
        sheet.text = _COLUMN_CELL.sub(f".{inset}", sheet.text or "")
    root.set(_INSET, inset)


def _unused_class(root: etree._Element) -> str:
    """Return a class that no element and no style sheet has, not even one in a comment for Outlook."""
    used = {name for element in root.iter(etree.Element) for name in element.get("class", "").split()}
    sheets = "".join(node.text or "" for node in root.iter("style", etree.Comment))
    candidates = (f"inset-{number}" if number else "inset" for number in itertools.count())
    return next(name for name in candidates if name not in used and name not in sheets)


def _frame(column: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """Return the cell around a column and the cell in it; None if one of them has a look that would be lost."""
    around = column.getparent()
    table = only_child(column, "table")
    row = _only_row(table) if table is not None else None
    inside = only_child(row, "td") if row is not None else None
    if around is None or around.tag != "td" or table is None or inside is None:
        return None
    is_alone = not has_words(around) and list(around.iterchildren(etree.Element)) == [column]
    outer, own = style_of(around), style_of(column)
    if (
        not is_alone
        or not names(column) <= {"class", "style"}
        or not set(column.get("class", "").split()) <= _COLUMN_CLASSES
        or not own.keys() <= _COLUMN_STYLE
        or not _is_plain(table, {"table-layout"})
        or outer.get("padding") != "0"
        or any(name.startswith("padding-") for name in outer)
        or names(inside) - {"style"}
        or _families(outer) & _families(style_of(inside)) - {"padding", "vertical"}
        # A background would get the corners of the section.
        or ("background" in _families(style_of(inside)) and "border-radius" in outer)
    ):
        return None
    return around, inside


def _families(style: Style) -> set[str]:
    """Return the first words of properties: `border` counts as the same as `border-left`."""
    return {name.partition("-")[0] for name in style}


def _flatten(column: etree._Element, around: etree._Element, inside: etree._Element, inset: str) -> None:
    style, own = style_of(around) | style_of(inside), style_of(column)
    style |= {name: own[name] for name in ("text-align", "direction") if name in own}
    style.pop("font-size", None)  # no gap between columns is left to hide
    style.pop("vertical-align", None)  # no other cell is in the row
    take_content(around, inside)
    set_style(around, style)
    around.set("class", f"{around.get('class', '')} {inset}".strip())


def drop_tbody(root: etree._Element) -> None:
    """Remove `<tbody>` from layout tables, where browsers add it by themselves."""
    for table in layout_tables(root):
        body = only_child(table, "tbody")
        if body is not None and not names(body):
            take_content(table, body)


def unwrap_pictures(root: etree._Element) -> None:
    """Remove the table around a picture that is at the side where its language begins.

    The table kept the picture from growing wider than it is; `max-width` does the same, and Outlook reads `width`.
    """
    for picture in list(root.iter("img")):
        link = picture.getparent()
        content = link if link is not None and link.tag == "a" else picture
        inner = content.getparent()
        if inner is None or inner.tag != "td" or only_child(inner, str(content.tag)) is None:
            continue
        table = _around_only(inner)
        cell = table.getparent() if table is not None else None
        if table is None or cell is None or cell.tag != "td" or only_child(cell, "table") is None:
            continue
        width, style = style_of(inner).get("width"), style_of(picture)
        if (
            table.get("role") != "presentation"
            or not _is_plain(table, {"border-collapse", "border-spacing"})
            or not picture.get("width")
            or names(inner) != {"style"}
            or set(style_of(inner)) != {"width"}
            or not re.fullmatch(r"\d+px", width or "")
            or style.get("width") != "100%"
            or cell.get("align") != ("right" if _direction(cell) == "rtl" else "left")
        ):
            continue
        set_style(picture, style | {"max-width": str(width)})
        take_content(cell, inner)


def merge_text_rows(root: etree._Element) -> None:
    """Write pieces of text that follow each other into one cell.

    Padding between them becomes the margin of the last paragraph. The margins of two paragraphs in one cell become one,
    so the second piece must begin without a margin.
    """
    for table in layout_tables(root):
        before: etree._Element | None = None
        for row in list(table):  # a comment, such as one for Outlook, is no row, and stays between its neighbours
            text = _text_of(row) if row.tag == "tr" else None
            if text is not None and before is not None and _alike(before, text):
                _append(before, text)
                remove_keeping_tail(row)
            else:
                before = text


def fold_spacers(root: etree._Element) -> None:
    """Turn the row of a gap into padding of the row above it or, if that one has a background, below it."""
    for table in layout_tables(root):
        for row in list(_rows(table)):
            height = _gap(row)
            if height is None:
                continue
            above, below = row.getprevious(), row.getnext()
            if above is not None and _can_grow(above):
                _pad(above[0], bottom=height)
            elif below is not None and _can_grow(below):
                _pad(below[0], top=height)
            else:
                continue
            remove_keeping_tail(row)


def join_single_rows(root: etree._Element) -> None:
    """Remove the table of a section that has only one row: the section's cell gets its content and its padding."""
    inset = root.get(_INSET)
    if inset is None:
        return
    del root.attrib[_INSET]
    ruled = _ruled_paddings(root, inset)
    for table in layout_tables(root):
        cell, row = table.getparent(), _only_row(table)
        inside = only_child(row, "td") if row is not None else None
        if cell is None or inset not in cell.get("class", "").split() or inside is None:
            continue
        style, own = style_of(cell), style_of(inside)
        padding = _padding(own.pop("padding", "0"))
        around = _padding(style.get("padding", "0"))
        if (
            only_child(cell, "table") is None
            or not _is_plain(table, {"table-layout", "width"})
            or "100%" not in (table.get("width"), style_of(table).get("width"))
            or any(name.startswith("padding-") for name in style)
            or not own.keys() <= _PLAIN_CELL
            or names(inside) - {"style", "align"}
            or padding is None
            or around is None
            or any(length and side in ruled for length, side in zip(padding, _SIDES, strict=True))
        ):
            continue
        own.pop("vertical-align", None)
        style["padding"] = _shorthand([a + b for a, b in zip(around, padding, strict=True)])
        take_content(cell, inside)
        set_style(cell, style | own)
        if align := inside.get("align"):
            cell.set("align", align)


def _ruled_paddings(root: etree._Element, name: str) -> set[str]:
    """Return the sides of which rules of the head say the padding for a class: no sum in a style would count there."""
    properties = {
        prop
        for sheet in root.iter("style")
        for rule in rules(sheet.text or "")
        if f".{name}" in rule.selectors
        for prop in declarations(rule.declarations)
    }
    return set(_SIDES) if "padding" in properties else {side for side in _SIDES if f"padding-{side}" in properties}


def unwrap_text(root: etree._Element) -> None:
    """Remove the div around the text of a cell: the cell gets its style, which Outlook reads there, too."""
    rules_of_divs = list(_rules_of_divs(root))
    for cell in root.iter("td"):
        text = only_child(cell, "div")
        if text is None or names(text) != {"style"} or style_of(cell).get("font-size") != "0":
            continue
        style = style_of(text)
        if not style.keys() <= {"font-family", "font-size", "line-height", "text-align", "color", "font-weight"}:
            continue
        if not all(_is_spare(text, cell, *rule) for rule in rules_of_divs):
            continue
        take_content(cell, text)
        own = style_of(cell)
        if own.get("text-align", cell.get("align")) == style.get("text-align") and "align" in cell.attrib:
            del cell.attrib["align"]
        set_style(cell, own | style)


def _rules_of_divs(root: etree._Element) -> Iterator[tuple[set[str], set[str]]]:
    """Yield, for each selector of the head that may match a div, its classes, and the tags that get the same colour."""
    for sheet in root.iter("style"):
        for rule in rules(sheet.text or ""):
            selectors = [selector.strip() for selector in rule.selectors.split(",")]
            for selector in selectors:
                last = _COMBINATORS.split(selector)[-1]
                if not _DIV.match(last):
                    continue
                before = selector.removesuffix(last)
                is_hard = "(" in rule.selectors
                is_simple = not is_hard and not re.search(r"[>+~:\[]", before)
                same = {each.removeprefix(before) for each in selectors if each.startswith(before)}
                only_colour = declarations(rule.declarations).keys() <= {"color"}
                yield (
                    set() if is_hard else set(_CLASS.findall(selector)),
                    same if is_simple and only_colour else set(),
                )


def _is_spare(text: etree._Element, cell: etree._Element, needed: set[str], same: set[str]) -> bool:
    """Check whether a rule of the head still colours all words of a cell when the div around them is gone.

    Args:
        text: the div.
        cell: its cell.
        needed: the classes around an element that the rule needs.
        same: the tags that the rule names.
    """
    around = {name for element in cell.iterancestors() for name in element.get("class", "").split()}
    if not needed <= around | set(cell.get("class", "").split()):
        return True
    if same & {"td", "*"} and needed <= around:
        return True
    return not has_words(text) and all(same & {str(child.tag), "*"} for child in text.iterchildren(etree.Element))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from (row for row in table if row.tag == "tr")


def _only_row(table: etree._Element) -> etree._Element | None:
    """Return the only row of a table; None if it or the body around it has attributes that would be lost."""
    body = only_child(table, "tbody")
    row = only_child(table if body is None else body, "tr")
    return None if row is None or names(row) or (body is not None and names(body)) else row


def _is_plain(table: etree._Element, style: set[str]) -> bool:
    """Check whether a table is only a frame, which has no look but these properties.

    Args:
        table: the table.
        style: the properties that its style may have.
    """
    return (
        names(table) <= _PLAIN_TABLE
        and style_of(table).keys() <= style
        and {table.get(name, "0") for name in ("border", "cellpadding", "cellspacing")} == {"0"}
        and {table.get("width", "100%"), style_of(table).get("width", "100%")} == {"100%"}
    )


def _around_only(cell: etree._Element) -> etree._Element | None:
    """Return the table of which a cell is the only one."""
    row = cell.getparent()
    around = row.getparent() if row is not None else None
    table = around.getparent() if around is not None and around.tag == "tbody" else around
    if table is None or table.tag != "table" or _only_row(table) is None or row is None or len(row) != 1:
        return None
    return table


def _direction(element: etree._Element) -> str:
    around = (element, *element.iterancestors())
    return next((direction for each in around if (direction := each.get("dir"))), "ltr")


def _text_of(row: etree._Element) -> etree._Element | None:
    """Return the div with the text of a row that has nothing else, no class, and no padding at its sides."""
    cell = only_child(row, "td")
    if cell is None or names(row) or names(cell) - {"style", "align"}:
        return None
    style = style_of(cell)
    text = only_child(cell, "div")
    padding = _padding(style.get("padding", ""))
    if padding is None or padding[1] or padding[3] or not style.keys() <= _PLAIN_CELL:
        return None
    if text is None or names(text) != {"style"}:
        return None
    return text if not has_words(text) and len(text) else None


def _alike(above: etree._Element, below: etree._Element) -> bool:
    cells = [cell for cell in (above.getparent(), below.getparent()) if cell is not None]
    paddings = [_padding_of(cell) for cell in cells]
    last, first = above[-1], below[0]
    return (
        above.get("style") == below.get("style")
        and len({cell.get("align") for cell in cells}) == 1
        and last.tag in _BLOCKS
        and first.tag in _BLOCKS
        and _begins_at_top(first)
        and not any(name.startswith("margin-") for name in style_of(last))
        and paddings[1][0] == 0
        and (paddings[0][2] == 0 or (last.tag == "p" and _padding(style_of(last).get("margin", "")) is not None))
    )


def _append(above: etree._Element, below: etree._Element) -> None:
    """Move the content of a text to the end of the text above, with the padding between and after them."""
    cell, other = above.getparent(), below.getparent()
    if cell is None or other is None:
        return
    top, right, bottom, left = _padding_of(cell)
    if bottom:
        last = style_of(above[-1])
        margin = _padding(last["margin"]) or (0, 0, 0, 0)
        set_style(above[-1], last | {"margin": _shorthand((*margin[:2], margin[2] + bottom, margin[3]))})
    set_style(cell, style_of(cell) | {"padding": _shorthand((top, right, _padding_of(other)[2], left))})
    above.extend(list(below))


def _begins_at_top(block: etree._Element) -> bool:
    """Check whether nothing at the beginning of a block has a margin."""
    style = style_of(block)
    tops = {style[name].partition(" ")[0] for name in ("margin", "margin-top") if name in style}
    if tops != {"0"}:  # of two different values the later one counts, or an important one
        return False
    first = block[0] if len(block) else None
    return first is None or first.tag not in (*_BLOCKS, "li", "dt") or _begins_at_top(first)


def _gap(row: etree._Element) -> float | None:
    """Return the height in px of a row that is only a gap; None for any other."""
    cell = only_child(row, "td") if not names(row) else None
    gap = only_child(cell, "div") if cell is not None else None
    if cell is None or gap is None or gap.get("aria-hidden") != "true" or len(gap):
        return None
    style = style_of(gap)
    height = re.fullmatch(r"(\d+)px", style.get("height", ""))
    if not height or set(style) != {"height", "line-height"} or not style_of(cell).keys() <= _PLAIN_CELL:
        return None
    padding = _padding(style_of(cell).get("padding", "0"))
    is_empty = names(cell) <= {"style"} and not (gap.text or "").strip()  # of a hair space, too
    return float(height[1]) + padding[0] + padding[2] if is_empty and padding is not None else None


def _can_grow(row: etree._Element) -> bool:
    """Check whether more padding of a row's cell is only more room: neither of them has a background or a border."""
    cell = only_child(row, "td")
    if cell is None or names(row) or {"bgcolor", "background"} & names(cell):
        return False
    style = style_of(cell)
    return style.keys() <= _PLAIN_CELL and _padding(style.get("padding", "0")) is not None


def _pad(cell: etree._Element, top: float = 0, bottom: float = 0) -> None:
    style = style_of(cell)
    padding = _padding_of(cell)
    style["padding"] = _shorthand((padding[0] + top, padding[1], padding[2] + bottom, padding[3]))
    set_style(cell, style)


def _padding(value: str) -> tuple[float, float, float, float] | None:
    """Return the lengths of `padding` in px: top, right, bottom, left; None for other units."""
    matches = [re.fullmatch(r"(\d+(?:\.\d+)?)px|0", part) for part in value.split()]
    lengths = [float(match[1] or 0) for match in matches if match]
    if len(lengths) != len(matches) or not 1 <= len(lengths) <= 4:
        return None
    top = lengths[0]
    right = lengths[1] if len(lengths) > 1 else top
    bottom = lengths[2] if len(lengths) > 2 else top
    return top, right, bottom, lengths[3] if len(lengths) > 3 else right


def _padding_of(cell: etree._Element) -> tuple[float, float, float, float]:
    return _padding(style_of(cell).get("padding", "0")) or (0, 0, 0, 0)


def _shorthand(lengths: Iterable[float]) -> str:
    top, right, bottom, left = (f"{length:g}px" if length else "0" for length in lengths)
    if right != left:
        return f"{top} {right} {bottom} {left}"
    if top != bottom:
        return f"{top} {right} {bottom}"
    return top if top == right else f"{top} {right}"
