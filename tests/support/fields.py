"""A project whose brand declares merge fields."""

from pathlib import Path

from newsletter.project import Project
from support.own_brand import write_own_brand

FIELDS = """\
fields:
  first_name: {example: Sam, fallback: friend}
  town: {example: York, fallback: your town, longest: Llanfairpwllgwyngyll}
"""


def write_fields(folder: Path, text: str = FIELDS) -> Project:
    """Write a brand that declares fields, and an empty folder of issues, and return the project."""
    write_own_brand(folder)
    (folder / "issues").mkdir()
    with (folder / "templates/brand.yaml").open("a", encoding="utf-8") as brand:
        brand.write(text)
    return Project(folder)
