"""`newsletter draft`."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.options import edition_option, existing_issue, json_option
from newsletter.cli.output import CommandOutcome
from newsletter.edition_kinds import EditionKind
from newsletter.english import count, join
from newsletter.project import find_project


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@edition_option
@json_option
def draft(issue: Path, kinds: tuple[EditionKind, ...], as_json: bool) -> None:
    """Put an issue into the drafts of your mailbox, for you to send.

    The mailbox is [tool.newsletter.mailbox] in pyproject.toml. Its password is in the environment variable
    NEWSLETTER_IMAP_PASSWORD, or in the keyring of your system. The issue is checked first, as by `newsletter render`.
    Many mail apps write an email again when they send it: send it to yourself first, and look at it.
    """
    # Loading these modules takes most of a second, which `--help` does not need.
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.may_send import SendConditions  # noqa: PLC0415
    from newsletter.send.drafts import put_draft  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text")
    drafts = None
    with outcome.collect():
        path = existing_issue(issue, project)
        conditions = SendConditions(read_settings(project))
        brand = load_brand(project)
        report, drafts = put_draft(path, project, brand, conditions, kinds)
        outcome.problems += report.problems
        if drafts:
            earlier = f" {count(drafts.earlier, 'message')} of it had been there before." * bool(drafts.earlier)
            outcome.lines.append(f"{path.stem} is in the folder “{drafts.folder}”.{earlier}")
            if fields := brand.reader_fields:
                advice = f"Do not send it as it is: only merge, send and export fill in {join(fields)}."
                outcome.lines.append(advice)
    outcome.end(folder=drafts.folder if drafts else "", earlier=drafts.earlier if drafts else 0)
