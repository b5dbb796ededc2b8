"""Issues for tests: a short one, and one made of every block's worked example."""

import shutil
import textwrap
from pathlib import Path

from newsletter.edition import TextMarks
from newsletter.project import Project

SHORT = """\
subject: "What helps when you are tired"
preheader: "Small changes that people with MS told us about"
title: "Neuro News"
date: 2026-12-03
articles:
  - title: "A chair by the cooker"
    summary: "Small changes save your strength."
    content:
"""
"""A short issue up to the content of its article. A test adds blocks, each in a line that begins with six spaces."""

TEXT_MARKS = TextMarks("Image", "Quote", "Quote ends", "Table", "Table ends", "Article {number} ends")
"""The words that a plain text in English adds, as in the default templates."""

_HEAD = """\
subject: "Every block, as its example shows it"
preheader: "Each kind of content that an editor can use, one after the other"
title: "Every block"
date: 2026-12-03
articles:
  - title: "Every block"
    summary: "Each kind of content, as its worked example shows it."
    content:
"""


def write_every_block(project: Project, folder: Path) -> Path:
    """Write issues/every-block.yaml into a folder, with the pictures that it shows."""
    issues = folder / "issues"
    shutil.copytree(project.issues / "images", issues / "images")
    path = issues / "every-block.yaml"
    blocks = [_item(file) for file in project.template_files("blocks", ".yaml")]
    path.write_text(_HEAD + textwrap.indent("".join(blocks), "      "), encoding="utf-8")
    return path


def _item(file: Path) -> str:
    # As text, not as values: the example has to work as an editor would copy it.
    example = file.read_text(encoding="utf-8").partition("\nexample:")[2]
    return f"- {file.stem}:" + textwrap.indent(example, "    ").removeprefix("    ")
