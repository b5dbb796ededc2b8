"""Turn data tables and lists of terms into lines such as "Place: Leeds", each of which makes sense alone."""

from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter

from lxml import etree

from newsletter.dom.tree import whole_number
from newsletter.edition import TextMarks
from newsletter.stages.text.paragraph import PARAGRAPHS, lines_of, paragraph, with_colon

_Row = list[tuple[etree._Element, list[int]]]
"""The cells of a row, each with the columns that it covers."""

_Labels = dict[int, dict[str, None]]
"""The headers above each column, in order, each once: keys of a dict whose values are None."""

# The limits of browsers, so that a mistake in a template cannot fill the memory.
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534


def write_tables(root: etree._Element, marks: TextMarks) -> None:
    """Replace each `<table>` and `<dl>`, inner ones first, by paragraphs of lines.

    A row becomes one paragraph with a "header: cell" line for each cell. Without column headers, its cells share a
    line. The caption is before the rows, and "[Table ends]" after them. A term shares a line with its explanation.
    """
    for element in reversed(list(root.iter("table", "dl"))):
        lines = etree.Element("div")
        lines.extend(_table(element, marks) if element.tag == "table" else _terms(element))
        parent = element.getparent()
        assert parent is not None, "the reading is inside a body"
        parent.replace(element, lines)


def _terms(definitions: etree._Element) -> Iterator[etree._Element]:
    terms: list[str] = []
    lines: list[str] = []
    for part in definitions.iter("dt", "dd"):
        if part.tag == "dt":
            terms += _lines(part)
        else:
            lines += _labelled(", ".join(terms), _lines(part))
            terms = []
    yield from _paragraphs([*lines, *terms])


def _table(table: etree._Element, marks: TextMarks) -> Iterator[etree._Element]:
    caption = table.find("caption")
    title = _lines(caption) if caption is not None else []
    yield paragraph(*([f"{marks.table}: {title[0]}", *title[1:]] if title else [f"[{marks.table}]"]))
    # Rows of one line are lines of one paragraph; each longer one is a paragraph.
    for is_short, group in groupby(_row_lines(_rows(table)), lambda lines: len(lines) == 1):
        rows = list(group)
        yield from chain.from_iterable(map(_paragraphs, [list(chain(*rows))] if is_short else rows))
    yield paragraph(f"[{marks.table_ends}]")


def _row_lines(rows: Iterator[_Row]) -> Iterator[list[str]]:
    headers: list[_Row] = []
    labels: _Labels = {}
    for row in rows:
        if _is_header(row):
            headers.append(row)
            continue
        if headers:
            labels = _labels(headers)
            # An address in a header is written here once, below its words, instead of in each line below.
            columns = (_lines(cell) for header in headers for cell, _ in header)
            yield [line for column in columns if len(column) > 1 for line in column]
            headers = []
        yield _headed(row, labels) if labels and not _is_banner(row) else _unheaded(row)
    for header in headers:  # without a row below them
        yield _unheaded(header)


def _is_banner(row: _Row) -> bool:
    """Check whether a row has one cell across all columns, such as the name of a group of rows."""
    return len(row) == 1 and len(row[0][1]) > 1


def _is_header(row: _Row) -> bool:
    return bool(row) and not _is_banner(row) and all(cell.tag == "th" for cell, _ in row)


def _labels(headers: list[_Row]) -> _Labels:
    above: _Labels = {}
    for header in headers:
        for cell, columns in header:
            for column in columns:
                above.setdefault(column, {}).update(dict.fromkeys(_lines(cell)[:1]))
    return above


def _headed(row: _Row, labels: _Labels) -> list[str]:
    lines: list[str] = []
    for cell, columns in row:
        above = dict.fromkeys(label for column in columns for label in labels.get(column, ()))
        lines += _labelled(", ".join(above), _lines(cell))
    # A header above a missing cell gets a line, too: no word of the table may be lost.
    covered = {column for _, columns in row for column in columns}
    missing = (above for column, above in labels.items() if above and column not in covered)
    return lines + [with_colon(", ".join(above)) for above in missing]


def _unheaded(row: _Row) -> list[str]:
    firsts = [first for cell, _ in row for first in _lines(cell)[:1]]
    if row and row[0][0].tag == "th" and row[-1][0].tag == "td" and len(firsts) > 1:
        firsts = [f"{with_colon(firsts[0])} {'; '.join(firsts[1:])}"]
    return ["; ".join(firsts), *_further_lines(row)] if firsts else []


def _further_lines(row: _Row) -> list[str]:
    return [line for cell, _ in row for line in _lines(cell)[1:]]


def _rows(table: etree._Element) -> Iterator[_Row]:
    """Yield each row with every cell that covers a part of it, including cells that begin in a row above."""
    section = None
    below: dict[int, tuple[etree._Element, int]] = {}  # column: a cell, and how many more rows it covers
    for row in table.iter("tr"):
        if row.getparent() is not section:
            section, below = row.getparent(), {}
        grid = {column: cell for column, (cell, _) in below.items()}
        below = {column: (cell, rows - 1) for column, (cell, rows) in below.items() if rows > 1}
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in grid:
                column += 1
            rows = _span(cell, "rowspan", _MOST_ROWS)
            for _ in range(_span(cell, "colspan", _MOST_COLUMNS)):
                grid[column] = cell
                if rows > 1:
                    below[column] = (cell, rows - 1)
                column += 1
        cells = groupby(sorted(grid.items(), key=itemgetter(0)), itemgetter(1))
        yield [(cell, [column for column, _ in columns]) for cell, columns in cells]


def _span(cell: etree._Element, name: str, most: int) -> int:
    return min(max(whole_number(cell, name), 1), most)


def _lines(cell: etree._Element) -> list[str]:
    """Return the lines of all paragraphs in a cell; an item of a list begins with "- "."""
    lines: list[str] = []
    for block in cell.iter(*PARAGRAPHS):
        holder = block.getparent()
        first, *rest = lines_of(block)
        is_item = block.tag == "line" and holder is not None and holder.tag == "li"
        lines += [f"- {first}" if is_item else first, *rest]
    return [line for line in lines if line]


def _labelled(label: str, lines: list[str]) -> list[str]:
    if not label:
        return lines
    first, *rest = lines or [""]
    return [f"{with_colon(label)} {first}".rstrip(" "), *rest]


def _paragraphs(lines: list[str]) -> list[etree._Element]:
    return [paragraph(*lines)] if lines else []
