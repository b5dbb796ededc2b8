"""The folders of a newsletter project, and the default templates of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

_Result = TypeVar("_Result")

_PACKAGE = Path(__file__).parent
# In the wheel the templates are inside the package. In a working copy they are next to src/.
DEFAULT_TEMPLATES = next(
    folder for folder in (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates") if folder.is_dir()
)

STATE_FOLDER = ".newsletter"
"""The folder in a project for what this program remembers. It has its own `.gitignore`, so git leaves it alone."""


@dataclass(frozen=True)
class Project:
    """A folder with `issues/` and, if the project has its own style, `templates/`."""

    root: Path
    _results: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cached_result(self, function: Callable[[Project], _Result]) -> _Result:
        """Return the result of a function of this project, such as its templates, computed at the first call.

        Every build of every issue uses the same result. After a change of the templates, create another Project.
        """
        if function not in self._results:
            self._results[function] = function(self)
        result: _Result = self._results[function]
        return result

    @property
    def issues(self) -> Path:
        """The folder with one YAML file per issue, and with the pictures."""
        return self.root / "issues"

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders with templates: the project's own first, then the default one."""
        return tuple(dict.fromkeys([self.root / "templates", DEFAULT_TEMPLATES]))

    def template_files(self, folder: str, suffix: str) -> Iterator[Path]:
        """Return the files of a folder inside `templates`, sorted by name. The project's own replaces a default one."""
        files: dict[str, Path] = {}
        for templates in reversed(self.templates):
            files |= {path.name: path for path in (templates / folder).glob(f"*{suffix}")}
        yield from (files[name] for name in sorted(files))

    def template_file(self, name: str) -> Path:
        """Return one template's path: the project's own if there is one, else the default one."""
        own, *default = (templates / name for templates in self.templates)
        return own if own.exists() or not default else default[0]

    def name_of(self, path: Path) -> str:
        """Return a path as problems name it: relative to the project and with forward slashes if it is inside."""
        absolute = path.absolute()
        if absolute.is_relative_to(self.root):
            return absolute.relative_to(self.root).as_posix()
        return str(path)


def find_project(start: Path) -> Project:
    """Return the project of a folder: the nearest folder upwards with `issues/` in it, else the folder itself."""
    start = start.absolute()
    return Project(next((folder for folder in (start, *start.parents) if (folder / "issues").is_dir()), start))
