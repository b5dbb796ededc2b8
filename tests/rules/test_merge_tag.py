"""Each tag that an export writes is reported if somebody copies it from there into an issue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.export.registry import all_services, service_ids
from newsletter.export.service import Service, TagPlace
from newsletter.issue.brand import Brand
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.project import Project
from support.partial_edition import partial_edition

ISSUE = """\
subject: "What helps when you are tired"
preheader: "Small changes for people who are tired"
title: "Neuro News, December 2026"
date: 2026-12-03
articles:
  - title: "One article"
    summary: "One plain sentence."
    content:
      - text: |
"""
USES = [FieldUse("first_name", "friend"), FieldUse("town", "your town"), FieldUse("last_name", "reader")]
PLACES = [
    TagPlace("subject", ValueForm.TEXT),
    TagPlace("text", ValueForm.TEXT),
    TagPlace("text", ValueForm.URL_PART, in_query=True),
    TagPlace("page", ValueForm.HTML),
    TagPlace("page", ValueForm.URL_PART),
    TagPlace("page", ValueForm.HTML, variant=2),
]


def tags(service: Service) -> Iterator[str]:
    brand = service.brand_tags
    yield from (each for each in (*brand.addresses.values(), brand.postal_address) if each)
    yield from (service.write_tag(use, place).text for use in USES for place in PLACES)


@pytest.mark.parametrize("id", service_ids())
def test_each_tag_of_a_service(id: str, brand: Brand, tmp_path: Path) -> None:
    of_service = list(dict.fromkeys(tags(all_services()[id])))
    assert len(of_service) >= 3
    project = Project(tmp_path)
    project.issues.mkdir()
    path = project.issues / "case.yaml"
    path.write_text(ISSUE + "".join(f"          Dear {tag}, hello.\n\n" for tag in of_service), "utf-8")
    edition = partial_edition(path, project, brand, "issue")
    lines = {problem.location.line for problem in check(edition, Settings(), only=["merge-tag"]).problems}
    first = ISSUE.count("\n") + 1
    assert [tag for number, tag in enumerate(of_service) if first + 2 * number not in lines] == []
