"""The parts of an email lead to the lines of the file that they came from, and lines to parts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsletter.check.issue_text import IssueText
from newsletter.dom.tree import parse_html, serialise, transform
from newsletter.edition import Edition, InlinedPage, PageBuild
from newsletter.edition_kinds import EditionKind
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.preview.alignment import PartValues
from newsletter.preview.issue_state import IssueState, ProvisionalPage
from newsletter.preview.parts import PART, Part, Parts, parts_of
from newsletter.preview.side_panel import side_panel
from newsletter.preview.views import email
from newsletter.problems import Location, Problem
from newsletter.project import Project
from newsletter.source.nodes import TextNode
from newsletter.source.parser import parse_yaml
from newsletter.stages.slim.short_names import with_short_names
from support.live_preview import make_project, save, write_simple

SMALL = "2023-09-26-stem-cell-hope"
LARGE = "2026-12-03-everything-at-once"


@pytest.fixture(scope="module")
def parts(editions: dict[str, Edition]) -> Parts:
    return parts_of(editions[SMALL])


def lines_of(parts: Parts, label: str) -> tuple[str, int, int]:
    part = next(part for part in parts.all if part.label.startswith(label))
    return part.lines.file.rpartition("/")[2], part.lines.start.line, part.lines.end.line


def line(parts: Parts, words: str, file: str = "") -> int:
    """Return the number of the line of a file with certain words; of the issue if no file is named."""
    text = parts.files[file or parts.build.issue.file.name]
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("Text: 174 people, results", "preheader:", "preheader:"),
        ("Heading: Neuro News, September", "title: ", "title: "),
        ("Text: Hello, and welcome", "Hello, and welcome", "Hello, and welcome"),
        ("Text: Five years after", "summary: ", "summary: "),
        ("Picture: A woman rests", 'alt: "A woman', 'alt: "A woman'),
        ("Text: Researchers in Sweden", "Researchers in Sweden", "The results are in the Journal"),
        ("Item: Clear: strong drugs", "2. **Clear:**", "2. **Clear:**"),
        ("Cell: Stayed the same", '"Stayed the same"', '"Stayed the same"'),
        ("Text: Our helpline team", "Our helpline team", "[email the helpline team]"),
        ("Text: chemotherapy", "chemotherapy: ", "chemotherapy: "),
    ],
)
def test_a_part_leads_to_its_lines(parts: Parts, label: str, first: str, last: str) -> None:
    assert lines_of(parts, label) == (f"{SMALL}.yaml", line(parts, first), line(parts, last))


def test_words_of_the_brand_lead_to_the_brand(parts: Parts) -> None:
    brand = line(parts, "Larkmoor Neuro helpline", "templates/brand.yaml")
    assert lines_of(parts, "Text: Larkmoor Neuro helpline") == ("brand.yaml", brand, brand)


def test_fixed_words_lead_to_the_template(parts: Parts) -> None:
    assert lines_of(parts, "Heading: Words explained")[0] == "glossary.mjml"


def test_each_part_with_a_path_is_in_its_own_article_or_block(editions: dict[str, Edition]) -> None:
    """The words of a part are searched for in its own block alone, so that no part leads to another article."""
    parts = parts_of(editions[LARGE])
    located = [part for part in parts.all if part.path and part.lines.file == parts.build.issue.file.name]
    assert len(located) > 150
    for part in located:
        path = parts.path_at(part.lines.start)
        assert part.path and path and path[:2] == part.path[:2], part.label


def test_a_place_leads_to_the_narrowest_part(parts: Parts) -> None:
    file = parts.build.issue.file.name
    (part,) = parts.at(Location(file, line(parts, "2. **Clear:**"), 20))
    assert part.label.startswith("Item: Clear")


def test_a_place_that_no_words_show_leads_to_its_block(parts: Parts) -> None:
    """The key of a block, and the address of a picture."""
    file = parts.build.issue.file.name
    (part,) = parts.at(Location(file, line(parts, "src: images/treatment-steps.png"), 16))
    assert part.label.startswith("Picture: Three round pictures")


def test_a_place_outside_of_the_page_leads_nowhere(parts: Parts) -> None:
    file = parts.build.issue.file.name
    assert parts.at(Location(file, line(parts, "subject:"), 10)) == ()
    assert parts.at(Location("pyproject.toml", 3)) == ()
    assert parts.at(Location(file)) == ()


def test_a_line_of_a_template_leads_to_all_that_it_wrote(parts: Parts) -> None:
    template = next(part.template for part in parts.all if part.label.startswith("Heading: Stem cells"))
    assert [part.label for part in parts.at(template)] == [
        "Heading: Stem cells and MS: what Sweden found",
        "Heading: StarMS: the UK trial you can ask about",
        "Heading: Living with MS in the UK",
    ]


LINKS = """\
  - title: "Where to go"
    content:
      - text: |
          Hello you.

          Go [click here](https://a.example.org/) now.

          Or this: [click
          here](https://b.example.org/).

          [Click here](https://c.example.org/)

          Please do not wait and sign up today, for places are few and the trial
          is soon: [click here](https://d.example.org/) and write to us in the
          usual way, or [click here](https://e.example.org/) instead.

          At the end of it all, do not click here.
      - table:
          caption: "Where"
          columns: ["One", "Two"]
          rows:
            - ["[Click here](https://f.example.org/)", "[Click here](https://g.example.org/)"]
            - ["No link", "[Click here](https://h.example.org/)"]
"""


def test_a_finding_about_a_link_is_in_the_part_with_that_link(tmp_path: Path) -> None:
    """Other paragraphs have the same words, and the address is not among them."""
    issue = write_simple(make_project(tmp_path), "2026-12-links")
    save(issue, issue.read_text("utf-8") + LINKS)
    project = Project(tmp_path)
    edition = build(issue, project, load_brand(project))
    parts, text = parts_of(edition), IssueText(edition.issue, edition.brand)
    page = parts.copy_page()
    for link in text.links:
        (part,) = parts.at(link.location)
        (element,) = page.iterfind(f".//*[@{PART}='{part.number}']")
        assert link.url in [anchor.get("href") for anchor in element.iter("a")], part.label
    assert len(text.links) == LINKS.count("](")


@pytest.mark.parametrize("kind", ["standard", "large-print"])
def test_only_the_frame_has_numbers(every_edition: dict[str, dict[EditionKind, Edition]], kind: EditionKind) -> None:
    """The numbers are on the elements of the framed page, and nothing else of it is different."""
    edition = every_edition[SMALL][kind]
    framed = email.frame_page(edition, {})
    numbers = [element.get(PART) for element in parse_html(framed).iter() if element.get(PART)]
    assert numbers == [str(part.number) for part in parts_of(edition).all]
    without = re.sub(rf' {PART}="\d+"', "", serialise(parts_of(edition).copy_page()))
    assert with_short_names(InlinedPage(without)) == transform(edition.inlined, lambda root: None)
    assert PART.encode() not in edition.message


def test_a_new_page_is_shown_before_problems_are_searched_for_in_it(
    editions: dict[str, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until they are checked for again, they are where they were in the email that was checked."""
    checked = editions[SMALL]
    saved = replace(checked, inlined=InlinedPage(checked.inlined.with_marks, checked.inlined.sources))
    problem = Problem(Location(checked.issue.file.name, 20, 9), "link-text", "Which place?")
    now = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    state = IssueState(SMALL, checked.issue.file.name, checked, ProvisionalPage(saved, now), problems=(problem,))
    searched: list[PageBuild] = []
    search = Parts.at

    def at(parts: Parts, place: Location) -> tuple[Part, ...]:
        searched.append(parts.build)
        return search(parts, place)

    monkeypatch.setattr(Parts, "at", at)
    (finding,) = side_panel(state, state.problems, "email", {}, None).findings
    assert searched == [checked] and finding.in_page
    side_panel(replace(state, edition=saved, provisional=None), state.problems, "email", {}, None)
    assert searched == [checked, saved]


@pytest.mark.parametrize("number", ["", "-1", "x", "²", "9" * 5000, "99999"])
def test_a_number_that_no_part_has(parts: Parts, number: str) -> None:
    assert parts.with_number(number) is None


def test_each_number_leads_to_its_part(parts: Parts) -> None:
    assert [parts.with_number(str(part.number)) for part in parts.all] == list(parts.all)


def values(text: str) -> PartValues:
    node = parse_yaml(f"a: |\n{text}", "a.yaml")
    assert not isinstance(node, TextNode)
    return PartValues([item for item in node.items.values() if isinstance(item, TextNode)])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("yaml", "words", "first", "last"),
    [
        ("  One.\n\n  Two **bold** words\n  on two lines.\n", "Two bold words on two lines.", 4, 5),
        ("  Read [our guide](https://example.org/a-b) to the end of this long line.\n", "our guide to the end", 2, 2),
        ("  Go.\n\n  [Our guide](https://example.org/a_(b)/) is good.\n", "Our guide is good.", 4, 4),
        ("  Straße, groß.\n", "STRASSE, GROSS.", 2, 2),
        ("  Same.\n\n  Same.\n", "Same.", 2, 2),
    ],
)
def test_words_are_found_whatever_is_between_them(yaml: str, words: str, first: int, last: int) -> None:
    lines = values(yaml).find(words)
    assert lines and (lines.start.line, lines.end.line) == (first, last)


def test_the_same_words_are_found_one_after_the_other() -> None:
    both = values("  Same.\n\n  Between.\n\n  Same.\n")
    assert [lines.start.line for lines in (both.find("Same."), both.find("Same.")) if lines] == [2, 6]


def test_a_value_after_a_label_is_found_and_a_short_one_within_words_is_not() -> None:
    time, subject = TextNode("10:30", Location("a.yaml", 2)), TextNode("Hi", Location("a.yaml", 1))
    lines = PartValues([subject, time]).find("Time: 10:30")
    assert lines and lines.start.line == 2
    assert PartValues([subject, time]).find("Read this email") is None
    assert PartValues([subject, time], fewest=8).find("Time: 10:30") is None


def test_words_that_are_not_there_are_not_found() -> None:
    assert values("  Some words.\n").find("Nothing of the kind") is None
    assert values("  Some words.\n").find("—") is None
    assert PartValues([]).find("Words") is None
