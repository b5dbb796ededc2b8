"""What the tests share: the project itself, its two issues built once, and `--update` for the golden files."""

from pathlib import Path

import pytest

from newsletter.brand import Brand
from newsletter.edition import Edition
from newsletter.load import load_brand
from newsletter.pipeline import build
from newsletter.project import Project

ROOT = Path(__file__).parents[1]
ISSUES = sorted(path.stem for path in (ROOT / "issues").glob("[!_]*.yaml"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew")


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


@pytest.fixture(scope="session", params=ISSUES)
def edition(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    """Each shipped issue."""
    return editions[request.param]
