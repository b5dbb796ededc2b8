"""The block `items`: a digest of many short items fits into one email."""

from __future__ import annotations

import shutil
from pathlib import Path

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.project import Project
from support.examples import SHORT

ITEM = """\
          - title: "Item {number} of the month"
            label: "Near you"
            date: 2027-01-{day}
            text: "The side door has a ramp now, and a bell that you can reach from a chair."
            link: {text: "See the map of place {number}", url: "https://www.example.org/places/{number}"}
            image: {src: images/clinic.png, alt: "Door {number} of the hall, with its new ramp."}
"""
MOST_KB = 70
"""Gmail shows 102 KB. The rest is for a welcome, an article and a longer footer."""


def test_gmail_shows_a_digest_of_25_items_to_its_end(tmp_path: Path, project: Project, brand: Brand) -> None:
    shutil.copytree(project.issues / "images", tmp_path / "images")
    items = "".join(ITEM.replace("{number}", str(number)).replace("{day}", f"{number:02}") for number in range(1, 26))
    path = tmp_path / "digest.yaml"
    head = SHORT.replace('    summary: "Small changes save your strength."\n', "")
    path.write_text(f"{head}      - items:\n{items}", "utf-8")
    edition = build(path, project, brand)
    assert len(edition.inlined.encode()) < MOST_KB * 1000
    assert edition.inlined.count("<h3") == 25 + 1  # one for the editions, in the footer
    assert "In this issue" not in edition.text
