"""What is reported of an issue with every block if one place of a template is another."""

from __future__ import annotations

from pathlib import Path

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.problems import Problem, Problems
from newsletter.project import Project
from support.examples import write_every_block

HEADING = "article/heading.mjml"
SUMMARY = "{{ article.summary }}"
"""What the template of headings has once."""


def problems_after_edit(project: Project, brand: Brand, home: Path, old: str, new: str) -> tuple[Problem, ...]:
    """Return the problems of a build after an edit of the template of headings.

    Args:
        project: where the templates are.
        brand: the brand.
        home: an empty folder, which becomes a project.
        old: words that are in the template once.
        new: words for them.
    """
    path = write_every_block(project, home)
    template = project.template_file(HEADING).read_text("utf-8")
    assert template.count(old) == 1
    (home / "templates" / HEADING).parent.mkdir(parents=True)
    (home / "templates" / HEADING).write_text(template.replace(old, new), "utf-8")
    try:
        build(path, Project(home), brand)
    except Problems as error:
        return error.problems
    return ()
