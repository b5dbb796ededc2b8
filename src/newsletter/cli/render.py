"""`newsletter render`."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import (
    edition_option,
    issue_files,
    issues_argument,
    json_option,
    output_option,
    policy_option,
    quiet_option,
)
from newsletter.cli.output import Outcome, summary
from newsletter.edition_kinds import EditionKind
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.check.report import Report
    from newsletter.check.settings import Policy
    from newsletter.render import FilesToUpload, WrittenMessage


@click.command()
@issues_argument
@output_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--force", is_flag=True, help="Write the email even if there are errors. They are still listed.")
@click.option("--audited", is_flag=True, help="Write only what `newsletter audit` has passed as it is now.")
@click.option("--draft", is_flag=True, help="Also write SLUG.draft.eml, which classic Outlook opens to send.")
@policy_option
@edition_option
@quiet_option
@json_option
def render(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issues: tuple[Path, ...],
    output: Path | None,
    strict: bool,
    force: bool,
    audited: bool,
    draft: bool,
    policy: Policy | None,
    kinds: tuple[EditionKind, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Turn issues into emails that are ready to send.

    Writes into outbox/: SLUG.eml to send, SLUG.html for a browser, SLUG.txt as plain text. Other editions in
    templates/brand.yaml have their own files, such as SLUG.large-print.eml. SLUG.web.html is the issue as a web
    page. With `images: link`, SLUG/pictures/ holds the pictures to upload. SLUG/files/ holds the documents, and
    SLUG/calendar/ the calendar files of events with `calendar: true`, also to upload. With --draft, SLUG.draft.eml is
    the message as an unsent one.

    ISSUES are files, or their names without folder and `.yaml`. The default is every file in issues/ whose name does
    not begin with an underscore. Each issue is checked first, as by `newsletter check`. If it has an error, its files
    in the outbox stay as they were.
    """
    if audited and force:
        raise click.UsageError("Use --audited or --force, not both.")
    # Loading these modules takes most of a second, which `--help` does not need.
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.render import WritePolicy  # noqa: PLC0415
    from newsletter.render import render as render_one  # noqa: PLC0415

    project = find_project(Path.cwd())
    output = output or project.root / "outbox"
    outcome = Outcome(strict, "json" if as_json else "text", quiet)
    messages: list[WrittenMessage] = []
    uploads: list[FilesToUpload] = []
    reports: list[Report] = []
    with outcome.collect():
        write_policy = WritePolicy(read_settings(project, policy), strict, force, audited)
        brand = load_brand(project)
        for path in issue_files(issues, project, outcome):
            with outcome.collect():
                new, to_upload, report = render_one(
                    path, project, brand, output, write_policy, kinds, with_drafts=draft
                )
                messages += new
                uploads += to_upload
                reports.append(report)
                outcome.problems += report.problems
                for item in [*new, *to_upload]:
                    outcome.echo(item)
    outcome.lines.append(summary(reports, outcome.problems))
    outcome.end(
        written=[dataclasses.asdict(message) for message in messages],
        uploads=[dataclasses.asdict(files) for files in uploads],
    )
