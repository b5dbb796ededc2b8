"""`newsletter review`."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.options import issue_files, json_option
from newsletter.cli.output import CommandOutcome
from newsletter.project import find_project


def _html_file(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in (".html", ".htm"):
        raise click.BadParameter("The name of a review file has to end in .html.")
    return path


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_html_file,
    help="File to write. [outbox/SLUG.review.html]",
)
@json_option
def review(issue: Path, output: Path | None, as_json: bool) -> None:
    """Write one file that a second reader can check.

    It is a page to mail to somebody who has no tool but a browser: the email on a computer and on a phone, light and
    dark, its plain text, its links, what a screen reader says, problems and facts. Each paragraph has a number to
    answer to. It contacts nothing. It is also written if there are errors: they are in it.
    """
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.preview.review import review_name, review_page  # noqa: PLC0415
    from newsletter.preview.review.read_state import read_state  # noqa: PLC0415
    from newsletter.render import write_output  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text")
    paths: list[str] = []
    with outcome.collect():
        settings, brand = read_settings(project), load_brand(project)
        for path in issue_files((issue,), project, outcome):
            state = read_state(path, project, brand, settings)
            target = output or project.root / "outbox" / review_name(state)
            page = review_page(state, settings).encode()
            write_output(target.parent, project, {target.name: page})
            paths.append(project.name_of(target))
            outcome.lines.append(f"Wrote {paths[-1]}: {len(page) / 1000:,.0f} KB.")
    outcome.end(written=paths)
