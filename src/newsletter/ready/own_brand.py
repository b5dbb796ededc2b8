"""Whether a project has a brand of its own. Without one, its emails would be those of the sample charity."""

from __future__ import annotations

from newsletter.issue.brand import Brand
from newsletter.problems import Location, Problem
from newsletter.project import DEFAULT_TEMPLATES, Project


def brand_problem(brand: Brand, project: Project) -> Problem | None:
    """Return the problem of a project whose brand is the sample that comes with this program; else None.

    The sample itself, in a working copy of this program, is none. Values of the sample in a project's own file are
    those of the rule `sample-brand`.
    """
    is_sample_itself = project.templates[0].absolute() == DEFAULT_TEMPLATES
    return None if brand.file.is_own or is_sample_itself else sample_problem()


def sample_problem() -> Problem:
    """Return the problem of emails that would go to readers with the brand of the sample charity."""
    message = "This project has no brand of its own, so its readers would get the addresses of a made-up charity."
    hint = "Type `newsletter new SLUG`, which creates this file, and change its values."
    return Problem(Location("templates/brand.yaml"), "sample-brand", message, hint)
