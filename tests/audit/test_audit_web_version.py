"""The audit tests the web version in a browser, with the rules for the landmarks of a website."""

from __future__ import annotations

import datetime
import hashlib

import pytest

from newsletter.audit import report
from newsletter.audit.result import Audit
from newsletter.audit.web_version import audit_web_version
from newsletter.check.settings import Settings
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.project import Project
from support.browser import require_browser
from support.examples import write_every_block

DAY = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def faulty(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """The audit of a web version whose footer is pale, and which has no main part."""
    require_browser()
    home = tmp_path_factory.mktemp("faulty")
    path, own = write_every_block(project, home), Project(home)
    (home / "templates").mkdir()
    css = own.template_file("web.css").read_text("utf-8")
    page = own.template_file("web.html").read_text("utf-8")
    (home / "templates/web.css").write_text(f"{css}\n.address {{ color: #BBBBBB; }}\n", "utf-8")
    (home / "templates/web.html").write_text(page.replace("<main ", "<div ").replace("</main>", "</div>"), "utf-8")
    build = build_issue(path, own, load_brand(own))
    (edition,) = build_editions(build, own, ["standard"])
    return audit_web_version(edition, build_web_page(build, own), own, Settings())


def test_the_web_version_is_tested(faulty: Audit) -> None:
    ids = {item.problem.id for item in faulty.problems_by_state}
    assert ids == {"axe", "contrast-on-screen"}
    messages = " ".join(item.problem.message for item in faulty.problems_by_state)
    assert "landmark-one-main" in messages or "main" in messages
    assert len(faulty.tested) >= 8


def test_its_report_has_a_name_of_its_own(faulty: Audit) -> None:
    slug = faulty.edition.issue.slug
    files = report.report_files(faulty, DAY)
    assert sorted(files) == [f"{slug}.web.accessibility.html", f"{slug}.web.accessibility.json"]
    html = files[f"{slug}.web.accessibility.html"]
    assert b"(web version)" in html
    assert b"in browsers of other makers" in html
    assert report.report_data(faulty, DAY)["edition"] == "web"


def test_its_report_names_the_page_by_its_content(faulty: Audit) -> None:
    page = faulty.edition.message
    assert page.startswith(b"<!doctype html>")
    assert report.report_data(faulty, DAY)["message_sha256"] == hashlib.sha256(page).hexdigest()
