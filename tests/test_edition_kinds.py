"""A kind of edition is a row in one table, its transform, its words and its cases; forgetting one fails here."""

from pkgutil import resolve_name
from typing import get_args

import pytest
import yaml

from conftest import ISSUES
from newsletter.check.registry import all_rules
from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.project import Project
from newsletter.stages.inline import inline
from newsletter.stages.linearise import linearise

each_kind = pytest.mark.parametrize("kind", EDITION_KINDS)


def test_each_name_has_a_row() -> None:
    assert get_args(EditionKind) == tuple(EDITION_KINDS)


def test_no_two_kinds_write_the_same_file() -> None:
    files = [suffix for properties in EDITION_KINDS.values() for suffix in properties.files]
    assert len(files) == len(set(files))
    assert [properties.suffix for properties in EDITION_KINDS.values()].count("") == 1
    assert len({properties.label for properties in EDITION_KINDS.values()}) == len(EDITION_KINDS)


@each_kind
def test_its_message_is_the_last_file_and_a_page_is_written_if_it_has_one(kind: EditionKind) -> None:
    properties = EDITION_KINDS[kind]
    assert properties.files[-1].endswith(".eml")
    assert any(suffix.endswith(".html") for suffix in properties.files) == properties.has_page


@each_kind
def test_its_transform_is_a_stage(kind: EditionKind) -> None:
    name = EDITION_KINDS[kind].transform
    assert name is None or callable(resolve_name(f"newsletter.stages.{name}"))


@each_kind
def test_its_minimums_are_options_of_rules(kind: EditionKind) -> None:
    options = {rule.id: rule.options for rule in all_rules()}
    for rule, minimums in EDITION_KINDS[kind].minimums.items():
        assert set(minimums) <= set(options[rule])


@each_kind
@pytest.mark.parametrize("page", ["templates/brand.yaml", "docs/how-to/offer-editions.md"])
def test_it_is_explained_to_whoever_chooses_editions(kind: EditionKind, page: str, project: Project) -> None:
    assert kind in (project.root / page).read_text("utf-8")


@each_kind
def test_the_footer_has_words_for_it_in_every_language(kind: EditionKind, project: Project) -> None:
    words = yaml.safe_load(project.template_file("words.yaml").read_text("utf-8"))
    for table in words.values():
        assert table[f"edition_{kind.replace('-', '_')}"]


@each_kind
@pytest.mark.parametrize("slug", ISSUES)
def test_a_transform_changes_no_words(
    every_edition: dict[str, dict[EditionKind, Edition]], kind: EditionKind, slug: str
) -> None:
    """So the words are read once, from the page as it was compiled, and sent with every edition."""
    edition = every_edition[slug][kind]
    assert linearise(edition.inlined) == edition.reading
    assert linearise(inline(edition.page).page) == edition.reading
