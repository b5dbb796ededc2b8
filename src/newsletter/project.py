"""Where a newsletter's files lie: the project's folders, and behind them the templates that come with this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

_Made = TypeVar("_Made")

_PACKAGE = Path(__file__).parent
# The wheel carries the templates inside the package; in a working copy they lie beside src/.
DEFAULT_TEMPLATES = next(
    folder for folder in (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates") if folder.is_dir()
)


@dataclass(frozen=True)
class Project:
    """A folder with `issues/` and, if it has a style of its own, `templates/`."""

    root: Path
    _made: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, make: Callable[[Project], _Made]) -> _Made:
        """Give what a function makes of this project's templates, made at the first call.

        So many issues, or many versions of one, share it. When templates have changed, make another Project.
        """
        if make not in self._made:
            self._made[make] = make(self)
        made: _Made = self._made[make]
        return made

    @property
    def issues(self) -> Path:
        """One YAML file per issue, and their pictures."""
        return self.root / "issues"

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates are sought: the project's own folder first, then the default ones."""
        return tuple(dict.fromkeys([self.root / "templates", DEFAULT_TEMPLATES]))

    def template_files(self, folder: str, suffix: str) -> Iterator[Path]:
        """Give the files of a templates' sub-folder, by name; the project's own hides a default one."""
        found: dict[str, Path] = {}
        for templates in reversed(self.templates):
            found |= {path.name: path for path in (templates / folder).glob(f"*{suffix}")}
        yield from (found[name] for name in sorted(found))

    def template_file(self, name: str) -> Path:
        """Give one template's path: the project's own if it has one, else the default one."""
        own, *default = (templates / name for templates in self.templates)
        return own if own.exists() or not default else default[0]

    def name_of(self, path: Path) -> str:
        """Give a path as problems name it: relative to the project, with forward slashes, where it lies inside."""
        absolute = path.absolute()
        if absolute.is_relative_to(self.root):
            return absolute.relative_to(self.root).as_posix()
        return str(path)


def find_project(start: Path) -> Project:
    """Give the project that a folder belongs to: the nearest folder upwards that holds `issues/`, else the folder."""
    start = start.absolute()
    return Project(next((folder for folder in (start, *start.parents) if (folder / "issues").is_dir()), start))
