"""What the tests share: the project, its two issues built once, a browser, and `--update` for generated files."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build, build_editions, build_web_page
from newsletter.project import Project
from support.browser import installed_browser
from support.reader_project import new_files, write_reader_project

# Until the tests are collected there is next to nothing to free, and looking for it takes a seventh of the time.
gc.disable()

# Tests write many projects with templates of their own. Their compiled form does not belong in the user's cache folder.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="newsletter-cache-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

ROOT = Path(__file__).parents[1]
ISSUES = sorted(path.stem for path in (ROOT / "issues").glob("[!_]*.yaml"))


# The suite has the same examples in every run, so that it fails because of a change, and not by chance. New ones are
# looked for by `pytest --hypothesis-profile search` and by bench/fuzz.py.
# On a busy computer, generating an example can take long.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", PATIENT, derandomize=True)
settings.register_profile("search", PATIENT)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the generated files again")


def pytest_collection_finish() -> None:
    """Leave modules and tests out of each garbage collection: they stay to the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


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
def every_edition(project: Project, editions: dict[str, Edition]) -> dict[str, dict[EditionKind, Edition]]:
    """The shipped issues in every edition, by slug and kind."""
    return {
        slug: {each.kind: each for each in build_editions(edition.build, project, EDITION_KINDS)}
        for slug, edition in editions.items()
    }


@pytest.fixture(scope="session")
def web_pages(project: Project, brand: Brand, editions: dict[str, Edition]) -> dict[str, WebPage]:
    """The web versions of the shipped issues, by slug."""
    return {slug: build_web_page(edition.build, project) for slug, edition in editions.items()}


@pytest.fixture(params=ISSUES)  # with the scope of a session, pytest would run a part of each file for each issue
def edition(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    """Each shipped issue."""
    return editions[request.param]


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of a new issue and the sample brand."""
    return new_files(tmp_path_factory.mktemp("new"))


@pytest.fixture
def reader_brand(new_project: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The brand of a project with that issue, in which each reader has an address to unsubscribe."""
    monkeypatch.chdir(tmp_path)
    return write_reader_project(tmp_path, new_project)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, for one file alone: as long as playwright runs, nothing else can run an event loop."""
    with installed_browser() as browser:
        yield browser
