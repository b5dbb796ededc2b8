"""Write messages for a list of readers, and stop the program at random moments: before or after any call of a function
in the modules that write.

Run as a program, because a process of pytest has threads, and cannot be copied by fork safely.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import FrameType

from newsletter.personal.list_file import open_list
from newsletter.personal.merge_journal import MergeJournal
from newsletter.personal.merge_run import MergeRun
from newsletter.personal.recipients import RecipientList
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shard import Shard
from newsletter.personal.targets import LINE_ENDS, TargetKind, open_target
from support.reader_messages import ENVELOPE, template

_KINDS: tuple[TargetKind, ...] = ("folder", "maildir", "mbox")
_READERS = 40
_STOPPED = 9
_WRITERS = ("journal.py", "rejects.py", "run.py", "targets.py")
_MOST_CALLS = 2_000
"""Nearly the number of starts and ends of calls in these modules in a whole run, which is less for an mbox."""


def main(rounds: int) -> None:
    """Stop runs in several rounds. Each has its own folder and its own random moments.

    Raises:
        AssertionError: if a reader has no message, or two.
    """
    stops = 0
    for seed in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            stops += _round(Path(name), _KINDS[seed % len(_KINDS)], random.Random(seed))
    print(f"stopped {stops} times in {rounds} rounds")  # noqa: T201


def _round(folder: Path, kind: TargetKind, source: random.Random) -> int:
    """Run until the whole list has messages, and return how often the run was stopped before."""
    got: Counter[str] = Counter()
    for stops in count():
        _write_list(folder / "readers.csv", source)
        # Later runs get further, so that this ends.
        calls = source.randint(1, _MOST_CALLS) if stops < 5 else 0
        if child := os.fork():
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            _run_and_exit(folder, kind, calls)
        assert status in (0, _STOPPED), status
        if kind != "mbox" or status == 0:
            got.update(_take_messages(folder, kind))
        if status == 0:
            expected = {f"reader{number}@example.org" for number in range(_READERS)}
            assert got == Counter(dict.fromkeys(expected, 1)), (kind, got)
            rejects = (folder / "out.rejects.csv").read_text("utf-8-sig").splitlines()
            assert len(rejects) == 3, rejects  # the header and two lines
            assert sorted(path.name for path in folder.glob("*.part")) == []
            return stops
    raise AssertionError


def _write_list(path: Path, source: random.Random) -> None:
    """Write the list in another order each time, as if somebody had sorted it between two runs."""
    numbers = source.sample(range(_READERS), _READERS)
    rows = [f"reader{number}@example.org,Reader {number},t{number}" for number in numbers]
    rows.insert(source.randrange(_READERS), "nobody,,")
    rows.append(f"reader{numbers[0]}@EXAMPLE.org,again,t")
    path.write_text("\n".join(["address,name,token", *rows]), "utf-8")


def _run_and_exit(folder: Path, kind: TargetKind, calls: int) -> None:
    """Run in a process of its own, which ends without any cleaning up after a number of calls; 0 for never."""
    left = count(calls - 1, -1)

    def stop(frame: FrameType, *_: object) -> None:
        if frame.f_code.co_filename.endswith(_WRITERS) and next(left) == 0:
            os._exit(_STOPPED)

    try:
        with open_list(folder / "readers.csv", "readers.csv", "") as file:
            readers, templates = RecipientList(file), {"standard": template(line_end=LINE_ENDS[kind])}
            if calls:
                sys.setprofile(stop)
            journal = MergeJournal(folder / "out.journal", "out.journal", {})
            target = open_target(kind, folder / "out", journal.id, "news@example.org", ENVELOPE.date)
            rejects = RejectsFile(folder / "out.rejects.csv", readers)
            MergeRun(readers, templates, Shard(), journal, target, rejects, batch=7).write(lambda _: None)  # type: ignore[arg-type]
            journal.close()
    except BaseException as error:  # noqa: BLE001 - whatever it is, the process must not go on as the tests
        sys.setprofile(None)
        print(repr(error), file=sys.stderr)  # noqa: T201
        os._exit(1)
    os._exit(0)


def _take_messages(folder: Path, kind: TargetKind) -> Iterator[str]:
    """Yield who has a message, and take the messages away, as a mail server does."""
    out = folder / "out"
    files = [out] if kind == "mbox" else list((out / "new" if kind == "maildir" else out).glob("[!.]*"))
    for path in files:
        for message in re.split(rb"^From ", path.read_bytes(), flags=re.MULTILINE)[kind == "mbox" :]:
            assert message.rstrip().endswith(b"--"), message[-200:]  # the last boundary: it is whole
            yield from re.findall(r"^To: .*<(.*)>", message.decode("ascii"), re.MULTILINE)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


if __name__ == "__main__":
    main(int(sys.argv[1]))
