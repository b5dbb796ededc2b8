"""`newsletter export`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import issue_file, json_option, output_option, quiet_option, unknown_issue
from newsletter.cli.output import CommandOutcome
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.english import count, did_you_mean, join
from newsletter.problems import Location, Problems
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.export.exporting import Export


def _service(_: click.Context, parameter: click.Parameter, id: str | None) -> str | None:
    from newsletter.export.registry import service_ids  # noqa: PLC0415

    if id is None or id in service_ids():
        return id
    known = f"There are: {', '.join(service_ids())}."
    raise click.BadParameter(f"There is no service “{id}”. {did_you_mean(id, service_ids(), known)}", param=parameter)


def _print_list(context: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        from newsletter.export.registry import all_services  # noqa: PLC0415

        for id, service in all_services().items():
            click.echo(f"{id}: {service.name}")
        context.exit()


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option("--for", "id", required=True, metavar="SERVICE", callback=_service, help="The mailing service.")
@click.option("--edition", "kind", type=click.Choice(list(EDITION_KINDS)), help="The edition. [the first of the brand]")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_print_list, help="List the services, and exit."
)
@output_option
@quiet_option
@json_option
def export(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issue: Path, id: str, kind: EditionKind | None, output: Path | None, quiet: bool, as_json: bool
) -> None:
    """Write an issue for a mailing service. It sends nothing.

    The files are in the outbox, in the folder “export” of the issue. The fields of each reader are tags of the
    service there, and the address to unsubscribe is the service's own. Losses at the service are listed. The
    issue is checked first, as by `newsletter render`.
    """
    # Loading these modules takes most of a second, which `--help` does not need.
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.export.exporting import export as write_export  # noqa: PLC0415
    from newsletter.export.registry import all_services  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.may_send import SendConditions  # noqa: PLC0415
    from newsletter.prepare import prepare  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text", quiet=quiet)
    data: dict[str, object] = {"service": id, "path": None, "files": [], "losses": []}
    with outcome.collect():
        path = issue_file(issue, project)
        if not path.exists():
            raise Problems.one(Location(project.name_of(path)), "no-issue", unknown_issue(path.stem, project))
        service, conditions = all_services()[id], SendConditions(read_settings(project))
        report, prepared = prepare(path, project, load_brand(project), conditions, service.brand_tags.addresses)
        outcome.problems += report.problems
        if prepared:
            output = output or project.root / "outbox"
            result, too_large = write_export(prepared, id, service, kind, project, output)
            outcome.problems += too_large
            outcome.lines += _lines(result, project.name_of(result.folder), service.name)
            data |= {"path": str(result.folder.resolve()), "files": list(result.names), "losses": list(result.losses)}
    outcome.end(**data)


def _lines(result: Export, folder: str, name: str) -> Iterator[str]:
    files = f"{count(len(result.names), 'file')} ({join(result.names[:6])}"
    more = f" and {len(result.names) - 6} more" if len(result.names) > 6 else ""
    yield f"{folder}: {files}{more}) for {name}. Nothing was sent."
    yield from (f"At {name}: {loss}" for loss in result.losses)
