"""Earlier versions of an issue: from git, which runs nothing that the repository asks for, and from the last render."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from newsletter.changes.sources import earlier_version, saved_version
from newsletter.issue.load import load, load_brand
from newsletter.outbox import source_files
from newsletter.problems import Problems
from newsletter.project import Project

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ISSUE = """\
subject: s
preheader: p
title: t
date: 2026-12-03
articles:
  - title: a
    summary: b
    content:
      - text: Some words.
      - snippet: shop
"""
SHOP = "content:\n  - text: Our shop is open.\n"


def git(folder: Path, *arguments: str, time: str = "2026-11-03T12:00:00Z") -> None:
    """Run git as somebody who has no settings of their own."""
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **names, **dates}, check=True, capture_output=True
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project in a subfolder of a repository, with two commits."""
    root = tmp_path / "repository" / "news -letters"
    (root / "issues" / "_snippets").mkdir(parents=True)
    (root / "issues" / "one.yaml").write_text(ISSUE, "utf-8")
    (root / "issues" / "_snippets" / "shop.yaml").write_text(SHOP, "utf-8")
    git(root.parent, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "1")
    git(root, "tag", "first")
    (root / "issues" / "one.yaml").write_text(ISSUE.replace("Some", "More"), "utf-8")
    (root / "issues" / "_snippets" / "shop.yaml").write_text(SHOP.replace("open", "shut"), "utf-8")
    git(root, "commit", "-q", "-a", "-m", "2", time="2026-11-05T12:00:00Z")
    return Project(root)


@pytest.mark.parametrize(
    ("since", "words", "label"),
    [
        (None, "More", "the last commit ("),
        ("commit", "More", "the last commit ("),
        ("first", "Some", "the commit ("),
        ("HEAD~1", "Some", "the commit ("),
        ("2026-11-04", "Some", "the last commit before 4 November 2026, 00:00 ("),
        ("2026-11-06 14:05", "More", "the last commit before 6 November 2026, 14:05 ("),
    ],
)
def test_versions_of_git(project: Project, since: str | None, words: str, label: str) -> None:
    version = earlier_version(project.issues / "one.yaml", project, since)
    assert version.source == ISSUE.replace("Some", words)
    assert version.snippets == {"shop": SHOP if words == "Some" else SHOP.replace("open", "shut")}
    assert version.label.startswith(label)


def test_a_moment_that_is_still_to_come_is_a_problem(project: Project) -> None:
    with pytest.raises(Problems, match="is still to come"):
        earlier_version(project.issues / "one.yaml", project, "9000-01-01")


@pytest.mark.parametrize("since", ["nosuch", "--output=x", "-h", "a\0b", "HEAD:issues", "", "é"])
def test_what_is_no_moment_is_a_problem_that_says_what_is_one(project: Project, since: str) -> None:
    with pytest.raises(Problems, match="There is no commit") as error:
        earlier_version(project.issues / "one.yaml", project, since)
    assert "2026-11-03" in error.value.problems[0].hint


@pytest.mark.parametrize(
    ("since", "message"),
    [
        ("2020-01-01", "Nothing was committed before 1 January 2020, 00:00."),
        ("25:99", "“25:99” is not a time."),
        ("2026-13-45", "“2026-13-45” is not a date."),
        ("2026-11-03 25:00", "“2026-11-03 25:00” is not a date."),
    ],
)
def test_a_moment_that_leads_to_no_commit_says_why(project: Project, since: str, message: str) -> None:
    with pytest.raises(Problems) as error:
        earlier_version(project.issues / "one.yaml", project, since)
    assert error.value.problems[0].message == message


def test_a_repository_without_a_commit_is_a_problem_that_says_what_to_do(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(Problems, match=r"This repository has no commit yet\.") as error:
        earlier_version(tmp_path / "issues" / "one.yaml", Project(tmp_path), None)
    assert error.value.problems[0].hint == "Commit the issue, or render it and write “--since render”."


def test_a_new_issue_is_not_in_the_commit(project: Project) -> None:
    (project.issues / "two.yaml").write_text(ISSUE, "utf-8")
    with pytest.raises(Problems, match=r"issues/two\.yaml is not in the last commit"):
        earlier_version(project.issues / "two.yaml", project, "commit")


def test_without_a_repository_a_render_is_compared(project: Project) -> None:
    shutil.rmtree(project.root.parent / ".git")
    path = project.issues / "one.yaml"
    with pytest.raises(Problems, match="not in a git repository"):
        earlier_version(path, project, None)
    with pytest.raises(Problems, match="“25:99” is not a time"):
        earlier_version(path, project, "25:99")
    ((name, content),) = source_files(load(path, project, load_brand(project))).items()
    rendered = project.root / "outbox" / name
    rendered.parent.mkdir(parents=True)
    rendered.write_bytes(content)
    version = earlier_version(path, project, None)
    now = saved_version(path, project)
    assert (version.source, version.snippets) == (now.source, now.snippets)
    assert version.label.startswith("the last render (")
    for damaged in (b"", b"[]", b'{"issue": 1}', b"[" * 100_000, b"\xff"):
        rendered.write_bytes(damaged)
        with pytest.raises(Problems, match="cannot be read"):
            earlier_version(path, project, "render")


def test_nothing_that_the_repository_names_is_run(project: Project, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    ran = tmp_path / "ran"
    trap.write_text(f"#!/bin/sh\necho ran >> {ran}\ncat\n", "utf-8")
    trap.chmod(0o755)
    keys = ("core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.editor", "diff.external")
    for key in (*keys, "diff.x.textconv", "diff.x.command", "filter.x.smudge", "filter.x.clean", "gpg.program"):
        git(project.root, "config", key, str(trap))
    git(project.root, "config", "log.showSignature", "true")
    git(project.root, "config", "core.hooksPath", str(tmp_path))
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(trap, tmp_path / hook)
    (project.root.parent / ".git" / "info" / "attributes").write_text("* diff=x filter=x\n", "utf-8")
    ran.unlink(missing_ok=True)
    for since in ("commit", "first", "2026-11-04"):
        earlier_version(project.issues / "one.yaml", project, since)
    assert not ran.exists()


def test_a_missing_object_is_not_fetched(project: Project, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    blob = subprocess.run(
        ["git", "rev-parse", "HEAD:./issues/one.yaml"], cwd=project.root, capture_output=True, text=True, check=True
    ).stdout.strip()
    (project.root.parent / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for key, value in (
        ("remote.origin.url", f"ext::sh -c 'echo ran > {ran}'"),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("core.repositoryformatversion", "1"),
        ("protocol.ext.allow", "always"),
    ):
        git(project.root, "config", key, value)
    with pytest.raises(Problems, match="is not in the last commit"):
        earlier_version(project.issues / "one.yaml", project, "commit")
    assert not ran.exists()
