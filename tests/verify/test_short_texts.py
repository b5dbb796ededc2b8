"""A short text has words, links and codes: each of them is searched for as readers get it."""

from pathlib import Path

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.project import Project

ISSUE = r"""
subject: "What helps when you are tired"
preheader: "Small changes that people with MS told us about"
title: "Neuro News"
date: 2026-12-03
articles:
  - title: "A chair by the cooker"
    summary: 'R&amp;D with [our **new** guide](https://www.example.org/guide?a=1&b=2), 5 \* 3 and <5.'
    content:
      - table:
          caption: |
            \*Small & &copy; signs
            in two lines
          columns: ["Town", "Day"]
          rows: [["Leeds &amp; York", "**Mondays** \\_only\\_"], ["2*3*4", "[Ring us](tel:+441632960144)"]]
    source: {title: "*The Lancet* &amp; [its letters](https://www.example.org/letters)"}
"""
TEXTS = (
    "R&amp;D with our new guide, 5 * 3 and <5.",
    "*Small & &copy; signs in two lines",
    "Leeds &amp; York\nDay: Mondays _only_",
    "2*3*4\nDay: Ring us:\ntel:+441632960144",
    "The Lancet &amp; its letters",
)


def test_nothing_is_reported_as_lost(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text(ISSUE, "utf-8")
    text = build(path, project, brand).text
    assert [text_part for text_part in TEXTS if text_part not in text] == []
