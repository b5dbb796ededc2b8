"""`newsletter audit`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import (
    edition_option,
    issue_files,
    issues_argument,
    json_option,
    output_option,
    quiet_option,
)
from newsletter.cli.output import CommandOutcome
from newsletter.edition_kinds import EditionKind
from newsletter.english import count
from newsletter.problems import merge_by_edition
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.audit.result import Audit


@click.command()
@issues_argument
@output_option
@click.option("--strict", "stop_at_warnings", is_flag=True, help="Stop at warnings, too.")
@edition_option
@quiet_option
@json_option
def audit(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issues: tuple[Path, ...],
    output: Path | None,
    stop_at_warnings: bool,
    kinds: tuple[EditionKind, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Test issues in a real browser: dark mode, phone and more.

    Also tests the web version, unless --edition is given, and runs `newsletter check`. Writes reports into outbox/,
    even if there are errors: SLUG.accessibility.html for people and SLUG.accessibility.json for programs, and
    SLUG.web.accessibility for the web version. Name ISSUES as for `newsletter render`.

    Needs `pip install 'accessible-newsletter[audit]'`, and Chrome, Chromium or Edge.
    """
    from newsletter.audit import audit as audit_editions  # noqa: PLC0415
    from newsletter.audit import report  # noqa: PLC0415
    from newsletter.audit.web_version import audit_web_version  # noqa: PLC0415
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.check.whole_issue import check_issue  # noqa: PLC0415
    from newsletter.cli.progress import AuditProgress  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.pipeline import build_issue, finish_issue  # noqa: PLC0415
    from newsletter.ready.notes import note_audits  # noqa: PLC0415
    from newsletter.render import write_output  # noqa: PLC0415

    project = find_project(Path.cwd())
    today = datetime.date.today()
    output = output or project.root / "outbox"
    outcome = CommandOutcome(stop_at_warnings, "json" if as_json else "text", quiet)
    audits: list[Audit] = []
    paths: list[str] = []
    with outcome.collect():
        settings, brand = read_settings(project), load_brand(project)
        for path in issue_files(issues, project, outcome):
            with outcome.collect():
                issue = finish_issue(build_issue(path, project, brand), project, kinds)
                editions, of_issue = issue.editions, check_issue(issue, settings)
                results = audit_editions(editions, settings, AuditProgress(quiet), of_issue=of_issue)
                if not kinds:
                    results += (audit_web_version(editions[0], issue.web, project, settings, AuditProgress(quiet)),)
                files = {name: content for one in results for name, content in report.report_files(one, today).items()}
                write_output(output, project, files)
                note_audits(project, results, settings, today)
                audits += results
                outcome.problems += merge_by_edition({one.name: one.problems for one in results})
                paths += [project.name_of(output / name) for name in files]
    outcome.lines += [_line(one, report.audit_verdict(one)) for one in audits]
    if kinds:
        outcome.lines.append("The web version was not tested, because of --edition.")
    outcome.lines += [f"Wrote {path}" for path in paths]
    outcome.end(written=paths, audits=[report.report_data(one, today) for one in audits])


def _line(one: Audit, verdict: str) -> str:
    kind = "" if one.name == "standard" else f", {one.name}"
    tested = count(len(one.tested), "state") if one.tested else "Plain text only: nothing to open in a browser"
    return f"{one.edition.issue.slug}{kind}: {tested}. {verdict}"
