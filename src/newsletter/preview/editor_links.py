"""Links that open a file of a project at a line, in the editor of whoever runs the preview."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from newsletter.editors import Editor
from newsletter.problems import Location


@dataclass(frozen=True)
class EditorPlace:
    """A place in a file, as an editor opens it."""

    path: str
    """The whole path, with the line if it is known: to copy."""
    link: str = ""
    """The link that opens it; "" if the editor has none."""
    editor: str = ""
    """The name of the editor; "" if it is not known."""


@dataclass(frozen=True)
class EditorLinks:
    """Makes the links to the files of one project."""

    root: Path
    editor: Editor | None = None

    def to(self, location: Location) -> EditorPlace | None:
        """Return a place as the editor opens it; None if it is not in a file of the project."""
        root = self.root.resolve()
        try:
            path = (root / location.file).resolve()
            if not path.is_relative_to(root) or not path.is_file():
                return None
        except (OSError, ValueError, RuntimeError):  # no name of a file, such as "--port", or a link to itself
            return None
        line, column = max(location.line, 1), max(location.column, 1)
        copied = f"{path}:{location.line}" if location.line else f"{path}"
        if self.editor is None:
            return EditorPlace(copied)
        # On Windows, a path begins with the letter of the drive.
        address = quote(path.as_posix(), safe="/:")
        if "://file/" in self.editor.link:
            address = address.removeprefix("/")
        elif not address.startswith("/") and "file://" in self.editor.link:
            address = f"/{address}"
        link = self.editor.link.format(path=address, line=line, column=column) if self.editor.link else ""
        return EditorPlace(copied, link, self.editor.name)
