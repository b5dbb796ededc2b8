"""Read a file that an editor names by its path: it must be next to the issue, and not too large."""

import os.path
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsletter.characters import quoted
from newsletter.english import nearest
from newsletter.inputs import will_read


class UnusableError(ValueError):
    """A file that cannot be sent: the problem and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class LocalFile:
    """What files of a kind are called, where they usually are, and how large they may be."""

    noun: str
    folder: str
    example: str
    most_mb: int
    how_to_shrink: str


def read_local_file(src: str, folder: Path, kind: LocalFile) -> tuple[str, bytes]:
    """Read a file.

    Args:
        src: its path, relative to the folder, with forward slashes.
        folder: the folder that it must be in, after links are followed.
        kind: what it is, for messages.

    Returns:
        Its path from the folder without any `.` and `..`, and its content.

    Raises:
        UnusableError: if it is missing, elsewhere or too large.
    """
    example = f"{kind.folder}/{kind.example}"
    if ":" in src or "\\" in src or src.startswith("/"):
        raise UnusableError(
            f"{quoted(src)} is not the path of a {kind.noun} next to this file.",
            f"Save the {kind.noun} in the {kind.folder} folder. Then write, for example, {example}.",
        )
    home = folder.resolve()
    named = Path(os.path.normpath(home / src))
    try:
        path = (home / src).resolve()
    except (OSError, RuntimeError):
        path = home.parent  # a link that leads to itself
    if not (path.is_relative_to(home) and named.is_relative_to(home)):
        raise UnusableError(
            f"The {kind.noun} {quoted(src)} is not in the folder of this file.",
            f"Copy it into the {kind.folder} folder in “{folder.name}”. Then write, for example, {example}.",
        )
    most = kind.most_mb * 1_000_000
    will_read(home / src)
    try:
        if not path.is_file():
            raise FileNotFoundError  # opening a named pipe would never end
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError:
        raise UnusableError(f"There is no {kind.noun} {quoted(src)}.", _where_to_look(src, home, kind)) from None
    if len(data) > most:
        raise UnusableError(f"The {kind.noun} {quoted(src)} is larger than {kind.most_mb} MB.", kind.how_to_shrink)
    return named.relative_to(home).as_posix(), data


def _where_to_look(src: str, home: Path, kind: LocalFile) -> str:
    names = [path.name for path in sorted(home.glob(f"{kind.folder}/*")) if path.is_file()]
    stored = next((name for name in names if _same_letters(name, PurePosixPath(src).name)), None)
    if stored:
        plain = "".join(filter(str.isascii, unicodedata.normalize("NFD", stored)))
        return (
            f"The name of “{kind.folder}/{stored}” looks the same, but its accents are stored in another way. "
            f"Rename the file without accents, such as {kind.folder}/{plain}."
        )
    if name := _nearest_file(PurePosixPath(src), names):
        return f"Did you mean “{kind.folder}/{name}”?"
    return f"Save it in the {kind.folder} folder in “{home.name}”. Check its name, and its capital letters."


def _nearest_file(path: PurePosixPath, names: Sequence[str]) -> str:
    """Return the file name that is most like a path without its ending, and of several such that with the ending."""
    stem = nearest(path.stem, (PurePosixPath(name).stem for name in names))
    like_it = [name for name in names if stem and nearest(stem, [PurePosixPath(name).stem], likeness=1)]
    return nearest(path.name, like_it, likeness=0)


def _same_letters(name: str, other: str) -> bool:
    return name != other and unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)
