"""Renders issues in several processes, except those that have not changed since their last render."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

from newsletter.manifest import Manifest
from newsletter.parallel import WorkerFailure, run_parallel
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.render_result import RenderOptions, RenderResult

_FAILURE = "The process that built this issue ended. Its files in the outbox are those of an earlier render."
_FAILURE_HINT = "Maybe there was no memory left. Close other programs, or type “--jobs 1”, and try again."


def render_many(
    paths: Sequence[Path], project: Project, options: RenderOptions, jobs: int, *, everything: bool
) -> Generator[RenderResult | Problems, None, None]:
    """Render issues.

    Args:
        paths: the files of the issues.
        project: where they are.
        options: how to render.
        jobs: the largest number of processes.
        everything: whether issues that have not changed are rendered, too.

    Returns:
        The result or the problems of each issue, in the order of the files.

    Raises:
        Problems: if the settings or the brand have any.
    """
    manifest = Manifest(project, options)
    unchanged = {} if everything else {path: result for path in paths if (result := manifest.unchanged_result(path))}
    changed = [path for path in paths if path not in unchanged]
    with closing(_render(changed, project, options, jobs, manifest)) as rendered:
        yield from (unchanged.get(path) or next(rendered) for path in paths)


def _render(
    paths: Sequence[Path], project: Project, options: RenderOptions, jobs: int, manifest: Manifest
) -> Generator[RenderResult | Problems, None, None]:
    """Render issues, and remember the results."""
    if not paths:
        return
    # Loading this takes most of a second, which issues that have not changed do not need.
    from newsletter.render import Renderer  # noqa: PLC0415

    renderer = Renderer(project, options)
    # An unfinished issue and another one can have the same files. The later one counts, as if each came in turn.
    has_twice = len({path.stem.removeprefix("_") for path in paths}) < len(paths)
    try:
        with closing(run_parallel(renderer.try_render, paths, 1 if has_twice else jobs)) as answers:
            for path, answer in zip(paths, answers, strict=True):
                if isinstance(answer, WorkerFailure):
                    yield Problems.one(Location(project.name_of(path)), "worker", _FAILURE, _FAILURE_HINT)
                elif isinstance(answer, Problems):
                    yield answer
                else:
                    result, reads = answer
                    manifest.remember(path, reads, result)
                    yield result
    finally:
        manifest.write()
