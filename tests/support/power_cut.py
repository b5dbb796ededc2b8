"""What a disk can have after a power cut, by the calls of a program that `strace` has recorded (Debian's package).

A file has for certain what was in it when the program last synchronised it, and a folder the names that it had when it
was last synchronised. Of everything later, the disk can have any part: POSIX promises no order.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from support.programs import require

_SECTOR = 512  # bytes that a disk writes whole or not at all
_CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink"
_LINE = re.compile(r"\d+ +(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>\d+)(?:<.*>)?")
_TEXT = re.compile(r"(?:\\x[0-9a-f]{2})+")


class Call(NamedTuple):
    """A call of the system: its name, the path of the file, the bytes to write, and the place or length."""

    name: str
    path: str
    data: bytes = b""
    number: int = 0


def record(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> list[Call]:
    """Run a program, and return its calls about files of a folder, and about standard output (`/dev/stdout`)."""
    require(["strace"], "no power cut is simulated")
    log = folder.parent / "strace.log"
    options = ["-f", "-y", "-xx", "-s", "100000", "-e", f"trace={_CALLS}", "-o", str(log)]
    subprocess.run(["strace", *options, *command], env=environment, check=True, stdout=subprocess.PIPE)
    calls = [_read(match) for line in log.read_text("ascii").splitlines() if (match := _LINE.fullmatch(line))]
    return [call for call in calls if call.path.startswith(str(folder)) or call.path == "/dev/stdout"]


def _read(line: re.Match[str]) -> Call:
    name, arguments = line["name"], line["arguments"]
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
    path = texts[1 if name == "openat" else 0].decode() if texts else ""
    numbers = re.findall(r", (\d+)(?=,|$)", arguments)
    match name:
        case "openat":
            return Call("create" if "O_CREAT" in arguments else "open", path)
        case "write" if arguments.startswith("1<"):
            return Call("print", "/dev/stdout", texts[-1])
        case "write":
            return Call("append", path, texts[-1])
        case "pwrite64":
            return Call("write", path, texts[-1], int(numbers[-1]))
        case "ftruncate":
            return Call("truncate", path, number=int(numbers[-1]))
        case "unlink":
            return Call("unlink", path)
        case _:
            return Call("synchronise", path)


@dataclass
class _File:
    """What is in a file: for certain, and the calls since."""

    content: bytearray = field(default_factory=bytearray)
    later: list[Call] = field(default_factory=list)
    length: int = 0
    """Its length as the program sees it."""

    def add(self, call: Call) -> None:
        place = self.length if call.name == "append" else call.number
        if call.name == "truncate":
            self.later.append(call)
            self.length = place
            return
        for start in range(0, len(call.data), _SECTOR):
            self.later.append(Call("write", call.path, call.data[start : start + _SECTOR], place + start))
        self.length = max(self.length, place + len(call.data))

    def synchronise(self) -> None:
        self.content, self.later = self.after(self.later), []

    def after(self, calls: Sequence[Call]) -> bytearray:
        content = bytearray(self.content)
        for call in calls:
            content += bytes(max(0, call.number - len(content)))
            if call.name == "truncate":
                del content[call.number :]
            else:
                content[call.number : call.number + len(call.data)] = call.data
        return content


def files_after(calls: Sequence[Call], source: random.Random) -> dict[str, bytes]:
    """Return the files that a disk has if the power goes after some calls, by path: one possibility of many."""
    files: dict[str, _File] = {}
    certain: dict[str, _File] = {}
    changes: list[tuple[str, _File | None]] = []
    for call in calls:
        if call.name == "create" and call.path not in files:
            files[call.path] = _File()
            changes.append((call.path, files[call.path]))
        elif call.name == "unlink":
            del files[call.path]
            changes.append((call.path, None))
        elif call.name == "synchronise" and call.path in files:
            files[call.path].synchronise()
        elif call.name == "synchronise":  # the folder
            certain, changes = dict(files), []
        elif call.path in files and call.name in ("append", "write", "truncate"):
            files[call.path].add(call)
    share = source.choice([0, 0.1, 0.5, 0.9, 1])
    names = dict(certain)
    for path, file in changes:
        if source.random() < share:
            names.pop(path, None)
            names |= {path: file} if file else {}
    return {
        path: bytes(file.after([call for call in file.later if source.random() < share]))
        for path, file in names.items()
    }
