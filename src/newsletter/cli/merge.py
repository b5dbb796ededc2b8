"""`newsletter merge`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.lists import rejected_problems, shared_token_problems
from newsletter.cli.options import existing_issue, json_option, quiet_option
from newsletter.cli.output import CommandOutcome
from newsletter.cli.progress import MergeProgress
from newsletter.english import count, join
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.personal.merge_run import Progress
    from newsletter.personal.shard import Shard
    from newsletter.personal.targets import TargetKind


def _shard(_: click.Context, parameter: click.Parameter, text: str | None) -> Shard:
    from newsletter.personal.shard import Shard  # noqa: PLC0415

    try:
        return Shard.parse(text) if text else Shard()
    except ValueError as error:
        raise click.BadParameter(str(error), param=parameter) from None


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option(
    "--recipients",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The list of readers: CSV in UTF-8, also compressed by gzip; - for standard input.",
)
@click.option("--folder", type=click.Path(path_type=Path), help="Write .eml files to this folder.")
@click.option("--maildir", type=click.Path(path_type=Path), help="Write to this Maildir.")
@click.option("--mbox", type=click.Path(path_type=Path), help="Write to this mbox file.")
@click.option("--shard", metavar="N/M", callback=_shard, help="Write only part N of M of the list, such as 3/16.")
@click.option("--resume", is_flag=True, help="Go on after a run that was stopped.")
@quiet_option
@json_option
def merge(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issue: Path,
    recipients: Path,
    folder: Path | None,
    maildir: Path | None,
    mbox: Path | None,
    shard: Shard,
    resume: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write an email for each reader of a list. It sends nothing.

    The list is CSV with a header: a column “address”. It can also have “name”, “edition”, “token” and the fields that
    templates/brand.yaml declares. Its address to unsubscribe can have the reader's own {token} or {address} in it.
    Name exactly one of --folder, --maildir and --mbox.

    Lines that cannot get an email are listed, and written with the reason to a file of rejected lines; all others get
    one. The issue is checked first, as by `newsletter render`. Each run keeps a journal beside what it writes. With
    it, --resume goes on after any stop: no reader gets two emails, and none is left out.
    """
    targets: dict[TargetKind, Path | None] = {"folder": folder, "maildir": maildir, "mbox": mbox}
    chosen = [(kind, path) for kind, path in targets.items() if path is not None]
    if len(chosen) != 1:
        raise click.UsageError("Say where to write: exactly one of --folder, --maildir and --mbox.")
    # Loading these modules takes most of a second, which `--help` does not need.
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.may_send import SendConditions  # noqa: PLC0415
    from newsletter.merge import Destination  # noqa: PLC0415
    from newsletter.merge import merge as write_messages  # noqa: PLC0415
    from newsletter.personal.list_file import open_list  # noqa: PLC0415
    from newsletter.prepare import prepare  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text", quiet=quiet)
    data: dict[str, object] = {"path": None, "written": {}, "earlier": 0, "rejected": 0, "rejects": None}
    kind, place = chosen[0]
    destination = Destination(kind, place.resolve(), shard, resume)
    with outcome.collect():
        issue_path = existing_issue(issue, project)
        report, prepared = prepare(issue_path, project, load_brand(project), SendConditions(read_settings(project)))
        outcome.problems += report.problems
        if prepared:
            if_damaged = "Nobody from this line on got an email. Use a whole file, and run this with --resume."
            with open_list(recipients, project.name_of(recipients), if_damaged) as file:
                progress = MergeProgress(file, quiet or as_json)
                result, warnings = write_messages(prepared, file, destination, project, progress)
            rejects = project.name_of(destination.rejects)
            outcome.problems += warnings
            outcome.problems += rejected_problems(result, file.name, rejects, "run it with --resume")
            outcome.problems += shared_token_problems(result, file.name)
            outcome.lines.append(_summary(result, project.name_of(destination.path)))
            data |= {"path": str(destination.path), "written": dict(result.emails), "earlier": result.earlier}
            data |= {"rejected": result.rejected, "rejects": str(destination.rejects) if result.rejected else None}
    outcome.end(**data)


def _summary(result: Progress, path: str) -> str:
    kinds = [f"{number:,} {kind}" for kind, number in result.emails.items()]
    editions = f" ({join(kinds)})" if len(kinds) > 1 else ""
    earlier = f" {count(result.earlier, 'reader')} had one from an earlier run." if result.earlier else ""
    return f"{path}: {count(result.emails.total(), 'email')}{editions}. Nothing was sent.{earlier}"
