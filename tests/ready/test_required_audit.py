"""Nothing is written that no audit has passed as it is now, if a project or an editor asks for that.

The project sends plain text alone, for which an audit needs no browser.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newsletter.project import DEFAULT_TEMPLATES, STATE_FOLDER
from support.command import run

SLUG = "2190-12-02-winter"
EML = f"outbox/{SLUG}.text-only.eml"
REQUIRED = '[tool.newsletter]\nrequire_audit = true\nrules.sample-brand = "off"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    run("new", SLUG)
    brand = tmp_path / "templates" / "brand.yaml"
    every = "editions: [standard, large-print, text-only]"
    brand.write_text(brand.read_text("utf-8").replace(every, "editions: [text-only]"), "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.newsletter]\nrules.sample-brand = "off"\n', "utf-8")
    return tmp_path


def test_only_what_an_audit_has_passed_is_written(folder: Path) -> None:
    issue, notes = folder / "issues" / f"{SLUG}.yaml", folder / STATE_FOLDER / f"{SLUG}.json"
    (folder / "pyproject.toml").write_text(REQUIRED, "utf-8")

    def refused(why: str) -> None:
        result = run("render")
        assert result.exit_code == 1 and why in result.output and "not-audited" in result.output
        assert f"`newsletter audit {SLUG}`" in result.output
        assert not (folder / EML).exists()

    refused("There was no audit yet.")
    assert run("audit", SLUG).exit_code == 0
    good = notes.read_bytes()
    changed = json.loads(good)
    changed["audits"]["text-only"]["errors"] = 2
    notes.write_text(json.dumps(changed), "utf-8")
    refused("reported 2 errors")
    notes.write_bytes(b"{")
    refused("cannot be read")
    notes.write_bytes(good)
    words = issue.read_text("utf-8")
    issue.write_text(words.replace("\ntitle: ", "\ntitle: Our ", 1), "utf-8")
    refused("has changed since the audit")
    issue.write_text(words, "utf-8")
    assert run("render").exit_code == 0
    assert (folder / EML).exists()


def test_once_with_an_option(folder: Path) -> None:
    assert run("render", "--audited").exit_code == 1
    assert not (folder / EML).exists()
    assert run("render").exit_code == 0
    assert (folder / EML).exists()
    both = run("render", "--audited", "--force")
    assert both.exit_code == 2 and "not both" in both.output


def test_force_writes_it_and_says_so(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(REQUIRED, "utf-8")
    forced = run("render", "--force")
    assert "There was no audit yet." in forced.output and "written despite problems" in forced.output


def test_any_other_value_is_a_mistake(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.newsletter]\nrequire_audit = "yes"\n', "utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "pyproject.toml:2: error: “require_audit” cannot be “yes”." in result.output
    assert "Write true or false, without quotes." in result.output


def test_an_audit_counts_for_the_web_version_the_headers_and_the_settings_of_its_day(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(REQUIRED, "utf-8")
    assert run("audit", SLUG).exit_code == 0
    assert run("render").exit_code == 0

    def is_refused(why: str) -> None:
        result = run("render")
        assert result.exit_code == 1 and why in result.output and "not-audited" in result.output

    brand = folder / "templates" / "brand.yaml"
    words = brand.read_text("utf-8")
    brand.write_text(re.sub("(?m)^list_id: .*", "list_id: other.example.org", words), "utf-8")
    is_refused("The email has changed since the audit")
    brand.write_text(words, "utf-8")

    (folder / "pyproject.toml").write_text(f'{REQUIRED}rules.words-only-in-image = "off"\n', "utf-8")
    is_refused("What the settings or the issue allow has changed since the audit")
    (folder / "pyproject.toml").write_text(REQUIRED, "utf-8")

    issue = folder / "issues" / f"{SLUG}.yaml"
    text = issue.read_text("utf-8")
    allowed = "    allow: {contrast-on-screen: the lettering is the subject}\n    content:\n"
    issue.write_text(text.replace("    content:\n", allowed, 1), "utf-8")
    is_refused("What the settings or the issue allow has changed since the audit")
    issue.write_text(text, "utf-8")

    css = (DEFAULT_TEMPLATES / "web.css").read_text("utf-8")
    (folder / "templates" / "web.css").write_text(f"{css}\nmain p {{ margin-inline-start: 200px }}\n", "utf-8")
    is_refused("The web version has changed since the audit")
    # The settings hold for drafts and for the list of points, too.
    assert "The web version has changed since the audit" in run("ready", SLUG).output
