"""An empty cell of a table is heard and read as “none”, in the language of the article."""

from pathlib import Path

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.project import Project
from newsletter.simulations.screen_reader import utterances
from support.examples import SHORT

BLOCKS = """\
      - table:
          caption: "Drop-in sessions"
          columns: ["Town", "Day", "Cost"]
          rows:
            - ["Leeds", "", "Free"]
            - ["York", "Mondays", " "]
            -
              - Saltby
              -
              - ""
  - title: "Newyddion"
    language: cy
    summary: "Un frawddeg."
    content:
      - table:
          caption: "Sesiynau"
          columns: ["Tref", "Diwrnod"]
          rows: [["Bangor", ""]]
"""


def test_an_empty_cell_says_none(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = tmp_path / "cells.yaml"
    path.write_text(SHORT + BLOCKS, "utf-8")
    edition = build(path, project, brand)
    for row in ("Day: none\nCost: Free", "Day: Mondays\nCost: none", "Day: none\nCost: none", "Diwrnod: dim"):
        assert row in edition.text
    spoken = [str(each) for each in utterances(edition.reading, str(brand.language))]
    assert "column 2, Day, none" in spoken
    assert "column 3, Cost, none" in spoken
    assert "column 2, Diwrnod, dim" in spoken
