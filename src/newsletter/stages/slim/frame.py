"""Write the frame of an email as one table. MJML writes a div with a table for each section, and a div for each gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule, declarations
from newsletter.stages.slim.elements import joins_borders, names, only_child, only_row, set_style, style_of
from newsletter.stages.slim.important import classes_of, last_parts, rules_of_page

_STYLES_OF_DIV = {"margin", "max-width", "background-color"}
_STYLES_OF_TABLE = {"table-layout", "width", "background-color"}
_STYLES_OF_GAP = {"height", "line-height", "font-size"}
_STYLES_OF_SHARED_TABLE = ("border-collapse", "border-spacing", "mso-table-lspace", "mso-table-rspace")
"""What rules may say of the table of a section: the shared one says the same, or it changes nothing there."""

_Matches = Mapping[etree._Element, Sequence[StyleRule]]


class _Section(NamedTuple):
    """A section: its div, and in it a table with one row of one cell."""

    div: etree._Element
    table: etree._Element
    row: etree._Element
    cell: etree._Element

    @property
    def is_fixed(self) -> bool:
        """Whether no word can make it wider than its line."""
        return style_of(self.table).get("table-layout") == "fixed"


class _Gap(NamedTuple):
    """A gap between sections."""

    div: etree._Element


def share_frame(root: etree._Element) -> None:
    """Write sections that follow each other, and the gaps between them, as rows of one table.

    A row has the classes, the language and the direction of its section. Its cell has the background, which Outlook for
    Windows reads there. A section in another direction than the email's stays, because nobody knows which direction
    Outlook gives to a row.
    """
    wrapper = root.find("body/div")
    if wrapper is None:
        return
    classes = frozenset().union(*(classes_of(child) for child in wrapper.iterchildren(etree.Element)))
    rules = _rules_of_frames(tuple(rules_of_page(root)), classes)
    if rules is None:
        return
    matches = match_rules(root, rules)
    runs: list[list[_Section | _Gap]] = [[]]
    for child in wrapper:
        part = _gap(child, wrapper, matches) or _section(child, wrapper, matches)
        if part is None:
            runs.append([])
        else:
            runs[-1].append(part)
            if (child.tail or "").strip():
                runs.append([])
    changed = [part for run in runs for part in _share(run)]
    if changed:
        _name_cells(root, {name for part in changed for name in part.row.get("class", "").split()})


_DEEP = re.compile(r">\s*table\b(?!\s*$)")


def _is_deep(rule: StyleRule) -> bool:
    """Check whether a rule goes through the table of a section to something in it."""
    return any(_DEEP.search(selector) for selector in rule.selectors.split(","))


@lru_cache(maxsize=16)  # all pages of a layout have the same rules
def _rules_of_frames(rules: tuple[StyleRule, ...], classes: frozenset[str]) -> list[StyleRule] | None:
    """Return the rules that may match the div or the table of a section; None if one goes through a table.

    Args:
        rules: all rules.
        classes: those of the sections.
    """
    if any(map(_is_deep, rules)):
        return None
    return [part for rule in rules if (part := _part_for_frames(rule, classes))]


def _part_for_frames(rule: StyleRule, classes: frozenset[str]) -> StyleRule | None:
    """Return a rule for the parts of sections only; None if it is for none of them."""
    lasts = last_parts(rule)
    if not any(tag in ("div", "table", "*") and classes.issuperset(own) for tag, *own in lasts):
        return None
    selectors = rule.selectors.split(",")
    if len(selectors) != len(lasts):
        return rule  # a comma in brackets
    of_frames = (css for css, last in zip(selectors, lasts, strict=True) if last[0] in ("div", "table", "td", "*"))
    return replace(rule, selectors=",".join(of_frames))


def _section(div: etree._Element, wrapper: etree._Element, matches: _Matches) -> _Section | None:
    """Return a section whose div and table are only a frame; None for anything else."""
    table = only_child(div, "table") if div.tag == "div" else None
    row = only_row(table) if table is not None else None
    cell = only_child(row, "td") if row is not None else None
    if table is None or row is None or cell is None or row.getparent() is not table:
        return None
    section = _Section(div, table, row, cell)
    outer, inner, own = style_of(div), style_of(table), style_of(cell)
    colours = {style["background-color"] for style in (outer, inner, own) if "background-color" in style}
    is_plain = (
        names(div) <= {"class", "lang", "dir", "style"}
        and outer.keys() <= _STYLES_OF_DIV
        and outer.get("margin") == "0 auto"
        and names(table) == {"cellpadding", "cellspacing", "role", "style"}
        and (table.get("cellpadding"), table.get("cellspacing"), table.get("role")) == ("0", "0", "presentation")
        and inner.keys() <= _STYLES_OF_TABLE
        and inner.get("width") == "100%"
        and names(cell) <= {"class", "style", "align"}
        and div.get("dir") in (None, wrapper.get("dir"))
        and len(colours) <= 1
        and ("background-color" in inner) >= ("background-color" in outer)
        and (section.is_fixed or _stays_narrow(cell, wrapper))
    )
    return section if is_plain and _needs_no_rule(section, matches) else None


def _stays_narrow(cell: etree._Element, wrapper: etree._Element) -> bool:
    """Check whether a cell can be as narrow as a phone: with words that break, and pictures that shrink."""
    return style_of(wrapper).get("overflow-wrap") == "anywhere" and all(
        each.tag not in ("table", "pre")
        and "white-space" not in each.get("style", "")
        and (each.tag != "img" or style_of(each).get("width") == "100%")
        for each in cell.iter(etree.Element)
    )


def _needs_no_rule(section: _Section, matches: _Matches) -> bool:
    """Check whether rules of the head colour the cell of a section, too, and change nothing else of its frame."""
    div, table, cell = (set(matches.get(each, ())) for each in (section.div, section.table, section.cell))
    for rule in div | table:
        for name in declarations(rule.declarations):
            is_same = rule in (cell if name == "color" else div & table if name == "background-color" else ())
            if not is_same and (rule in div or name not in _STYLES_OF_SHARED_TABLE):
                return False
    return True


def _gap(div: etree._Element, wrapper: etree._Element, matches: _Matches) -> _Gap | None:
    """Return an empty div that only is as high as it says; None for anything else."""
    style = style_of(div) if div.tag == "div" else {}
    is_gap = (
        names(div) <= {"aria-hidden", "lang", "dir", "style"}
        and div.get("aria-hidden") == "true"
        and not len(div)
        and not (div.text or "").strip()  # of a no-break space, too
        and style.keys() == _STYLES_OF_GAP
        and style["height"] == style["line-height"]
        and (div.get("lang"), div.get("dir")) in ((None, None), (wrapper.get("lang"), wrapper.get("dir")))
        and all(declarations(rule.declarations).keys() <= {"color"} for rule in matches.get(div, ()))
    )
    return _Gap(div) if is_gap else None


def _share(run: list[_Section | _Gap]) -> Iterator[_Section]:
    """Write a run of sections and gaps as one table, and yield its sections, which are rows now."""
    sections = [part for part in run if isinstance(part, _Section)]
    widths = {style_of(section.div).get("max-width") for section in sections}
    parent = run[0].div.getparent() if run else None
    if parent is None or len(widths) != 1 or None in widths:
        return
    table = sections[0].table
    at = parent.index(run[0].div)
    for part in run:
        parent.remove(part.div)
    rows = [_row_of_section(part) if isinstance(part, _Section) else _row_of_gap(part) for part in run]
    style = {"width": "100%", "max-width": str(*widths), "margin": "0 auto"}
    if joins_borders(parent.getroottree().getroot()):
        style["border-collapse"] = "separate"
    if any(section.is_fixed for section in sections):
        style["table-layout"] = "fixed"
    for name in ("lang", "dir"):  # a mail app may drop those of the body
        if value := parent.get(name):
            table.set(name, value)
    table.extend(rows)
    set_style(table, style)
    parent.insert(at, table)
    yield from sections


def _row_of_section(section: _Section) -> etree._Element:
    style = style_of(section.cell)
    if colour := style_of(section.table).get("background-color"):
        set_style(section.cell, style | {"background-color": colour})
    section.row.attrib.clear()
    for name, value in section.div.attrib.items():  # the mark of its source is the first of them
        if name != "style":
            section.row.set(name, value)
    return section.row


def _row_of_gap(gap: _Gap) -> etree._Element:
    row = etree.Element("tr")
    for name, value in gap.div.attrib.items():
        if name not in ("lang", "dir", "style"):
            row.set(name, value)
    style = style_of(gap.div)
    cell = etree.SubElement(row, "td")
    # A line of 1 px is lower than the cell.
    set_style(cell, {name: style[name] for name in ("height", "font-size")})
    cell.text = gap.div.text
    return row


def _name_cells(root: etree._Element, classes: set[str]) -> None:
    """Let the rules for the table of a section name its cell; also the table, if other elements have its class."""
    others = {name for div in root.iter("div", "td") for name in div.get("class", "").split()}
    table = re.compile(rf"(\.({'|'.join(map(re.escape, classes))})\s*>\s*)table\b")

    def cell(match: re.Match[str]) -> str:
        return f"{match[0]}, {match[1]}td" if match[2] in others else f"{match[1]}td"

    for sheet in root.iter("style"):
        sheet.text = table.sub(cell, sheet.text or "")
