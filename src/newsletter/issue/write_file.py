"""Write a file of a project, and report one that cannot be written at its name."""

from pathlib import Path

from newsletter.atomic_write import write_all
from newsletter.problems import Location, Problems


def write_file(path: Path, content: bytes, location: Location) -> None:
    """Write a file. Its folder is created if it does not exist.

    Args:
        path: the file.
        content: its bytes.
        location: the name of the file in a problem.

    Raises:
        Problems: if it cannot be written.
    """
    try:
        write_all(path.parent, {path.name: content})
    except OSError as error:
        raise Problems.not_written(location, error) from error
