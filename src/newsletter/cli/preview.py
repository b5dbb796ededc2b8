"""`newsletter preview`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from newsletter.cli.options import issue_file, unknown_issue
from newsletter.cli.output import CommandOutcome
from newsletter.editors import EDITORS, editor_of
from newsletter.project import Project, find_project


@click.command()
@click.argument("issue", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), help="Port to serve on. [8000, or the next free one]")
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in your browser.")
@click.option("--phone", is_flag=True, help="Let phones in the same network look at it, too.")
@click.option(
    "--editor",
    type=click.Choice(list(EDITORS)),
    metavar="EDITOR",
    help="Open files in this editor, such as code, codium, cursor, idea, pycharm or zed. [$VISUAL or $EDITOR]",
)
def preview(issue: Path | None, port: int | None, open_browser: bool, phone: bool, editor: str | None) -> None:
    """Show issues in the browser as readers will meet them.

    Shows each change when you save it. Starts with the list of issues, or with ISSUE. Only this computer can open
    it, unless you use --phone. Control-C ends it.
    """
    from newsletter.preview import serve  # noqa: PLC0415

    project = find_project(Path.cwd())
    chosen = EDITORS[editor] if editor else editor_of(os.environ)
    outcome = CommandOutcome()
    with outcome.collect():
        serve(project, _first_page(issue, project), port, open_browser, phone, chosen)
    outcome.end()


def _first_page(issue: Path | None, project: Project) -> str | None:
    if issue is None:
        return None
    path = issue_file(issue, project)
    if path.absolute().parent != project.issues or path.suffix != ".yaml" or not path.is_file():
        raise click.UsageError(unknown_issue(str(issue), project))
    return path.stem
