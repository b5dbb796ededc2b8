"""`newsletter render`."""

from __future__ import annotations

import dataclasses
from contextlib import closing
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
from newsletter.cli.output import CommandOutcome, check_summary
from newsletter.edition_kinds import EditionKind
from newsletter.parallel import processors
from newsletter.problems import Problems
from newsletter.project import find_project
from newsletter.render_many import render_many
from newsletter.render_result import FilesToUpload, RenderOptions, WrittenMessage

if TYPE_CHECKING:
    from newsletter.check.report import Report
    from newsletter.check.settings import Policy


@click.command()
@issues_argument
@output_option
@click.option("--strict", "stop_at_warnings", is_flag=True, help="Stop at warnings, too.")
@click.option("--force", is_flag=True, help="Write the email even if there are errors. They are still listed.")
@click.option("--audited", is_flag=True, help="Write only what `newsletter audit` has passed as it is now.")
@click.option("--draft", is_flag=True, help="Also write SLUG.draft.eml, which classic Outlook opens to send.")
@click.option("--rebuild", "everything", is_flag=True, help="Also render issues that have not changed.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many issues to render at the same time. [one for each processor]",
)
@policy_option
@edition_option
@quiet_option
@json_option
def render(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issues: tuple[Path, ...],
    output: Path | None,
    stop_at_warnings: bool,
    force: bool,
    audited: bool,
    draft: bool,
    everything: bool,
    jobs: int | None,
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
    in the outbox stay as they were. An issue is not rendered again if nothing has changed: its file, what it shows, the
    templates, the settings, this program, and its files in the outbox. Its warnings are still listed.
    """
    if audited and force:
        raise click.UsageError("Use --audited or --force, not both.")
    project = find_project(Path.cwd())
    options = RenderOptions(output or project.root / "outbox", policy, stop_at_warnings, force, audited, kinds, draft)
    outcome = CommandOutcome(stop_at_warnings, "json" if as_json else "text", quiet)
    messages: list[WrittenMessage] = []
    uploads: list[FilesToUpload] = []
    reports: list[Report] = []
    with outcome.collect():
        paths = list(issue_files(issues, project, outcome))
        with closing(render_many(paths, project, options, jobs or processors(), everything=everything)) as results:
            for result in results:
                if isinstance(result, Problems):
                    outcome.problems += result.problems
                    continue
                messages += result.messages
                uploads += result.uploads
                reports.append(result.report)
                outcome.problems += result.report.problems
                for item in [*result.messages, *result.uploads]:
                    outcome.echo(item)
    outcome.lines.append(check_summary(reports, outcome.problems))
    outcome.end(
        written=[dataclasses.asdict(message) for message in messages],
        uploads=[dataclasses.asdict(files) for files in uploads],
    )
