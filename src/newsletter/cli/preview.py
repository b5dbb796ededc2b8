"""`newsletter preview`."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.options import issue_file, unknown_issue
from newsletter.cli.output import Outcome
from newsletter.project import Project, find_project


@click.command()
@click.argument("issue", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), help="Port to serve on. [8000, or the next free one]")
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in your browser.")
def preview(issue: Path | None, port: int | None, open_browser: bool) -> None:
    """Show issues in the browser as readers will meet them.

    Shows each change when you save it. Starts with the list of issues, or with ISSUE. Only this computer can open
    it. Control-C ends it.
    """
    from newsletter.preview import serve  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = Outcome()
    with outcome.collect():
        serve(project, _first_page(issue, project), port, open_browser)
    outcome.end()


def _first_page(issue: Path | None, project: Project) -> str | None:
    if issue is None:
        return None
    path = issue_file(issue, project)
    if path.absolute().parent != project.issues or path.suffix != ".yaml" or not path.is_file():
        raise click.UsageError(unknown_issue(str(issue), project))
    return path.stem
