"""What the tests share: the project itself, its two issues built once, and `--update` for generated files."""

from pathlib import Path

import pytest

from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build, build_web_page
from newsletter.project import Project

ROOT = Path(__file__).parents[1]
ISSUES = sorted(path.stem for path in (ROOT / "issues").glob("[!_]*.yaml"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the generated files again")


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="session")
def brand(project: Project) -> Brand:
    return load_brand(project)


@pytest.fixture(scope="session")
def editions(project: Project, brand: Brand) -> dict[str, Edition]:
    """The shipped issues, by slug."""
    return {slug: build(project.issues / f"{slug}.yaml", project, brand) for slug in ISSUES}


@pytest.fixture(scope="session")
def every_edition(
    project: Project, brand: Brand, editions: dict[str, Edition]
) -> dict[str, dict[EditionKind, Edition]]:
    """The shipped issues in every edition, by slug and kind."""
    return {
        slug: {
            kind: edition if kind == "standard" else build(project.issues / f"{slug}.yaml", project, brand, kind)
            for kind in EDITION_KINDS
        }
        for slug, edition in editions.items()
    }


@pytest.fixture(scope="session")
def web_pages(project: Project, brand: Brand, editions: dict[str, Edition]) -> dict[str, WebPage]:
    """The web versions of the shipped issues, by slug."""
    return {slug: build_web_page(edition.build, project) for slug, edition in editions.items()}


@pytest.fixture(scope="session", params=ISSUES)
def edition(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    """Each shipped issue."""
    return editions[request.param]
