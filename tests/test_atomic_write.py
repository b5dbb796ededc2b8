"""Writing is whole or not at all: killed, out of room, two at once, and with odd things in the way."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsletter.atomic_write import write_all

fcntl = pytest.importorskip("fcntl", reason="these promises rest on flock, which Windows does not have")

NAMES = ("issue.txt", "issue.html", "issue.eml")

WRITER = """
import sys
from pathlib import Path
from newsletter.atomic_write import write_all

folder, mark, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for turn in range(times):
    render = f"{mark}{turn:06}\\n".encode()
    write_all(folder, {name: render * lines for name, lines in zip(sys.argv[4:], (3, 3000, 9000))})
    print(mark, flush=True)
"""


def the_set(mark: str) -> dict[str, bytes]:
    return {name: mark.encode() * 10 for name in NAMES}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def in_folders(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def renders(folder: Path) -> set[bytes]:
    """Check every file's length, and return the renders that the lines of the files come from."""
    files = [(folder / name).read_bytes().splitlines() for name in NAMES]
    assert [len(lines) for lines in files] == [3, 3000, 9000]
    return {line for lines in files for line in lines}


def start(folder: Path, mark: str, times: int, log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:  # to which each writer adds its mark after each write
        arguments = [sys.executable, "-c", WRITER, str(folder), mark, str(times), *NAMES]
        return subprocess.Popen(arguments, stdout=output)


@contextmanager
def no_writer_at_work(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def test_a_folder_is_created_and_the_files_are_in_it(tmp_path: Path) -> None:
    write_all(tmp_path / "new" / "outbox", the_set("a"))
    assert contents(tmp_path / "new" / "outbox") == the_set("a")


def test_files_are_replaced_and_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other.eml").write_bytes(b"another issue")
    write_all(tmp_path, the_set("a"))
    write_all(tmp_path, the_set("b"))
    assert contents(tmp_path) == {**the_set("b"), "other.eml": b"another issue"}


def test_files_go_into_place_in_the_given_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed = []
    replace = Path.replace

    def note(self: Path, target: Path) -> Path:
        placed.append(target.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", note)
    write_all(tmp_path, the_set("a"))
    assert placed == list(NAMES)


def test_bytes_and_names_are_on_the_disk_before_the_set_is_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    fsync, rename = os.fsync, Path.rename

    def note_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        assert steps[-1] == "folder" or os.fstat(descriptor).st_size == 10  # nothing is left in Python's buffer
        fsync(descriptor)

    def note_rename(self: Path, target: Path) -> Path:
        steps.append("decide")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "rename", note_rename)
    write_all(tmp_path, the_set("a"))
    assert steps == ["file", "file", "file", "folder", "decide", "folder"]


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_permissions_are_those_of_open(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_all(tmp_path, the_set("a"))
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o666 & ~umask}


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../issue.eml",
        "a/../../b.eml",
        "a//b.eml",
        "a\\b.eml",
        "C:b.eml",
        "/b.eml",
        "b\0.eml",
        ".newsletter-b",
    ],
)
def test_a_name_that_is_not_a_plain_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        write_all(tmp_path / "outbox", {"issue.txt": b"a", name: b"a"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_can_be_in_folders_of_its_own(tmp_path: Path) -> None:
    files = {"issue/pictures/images/a.png": b"a", "issue/pictures/b.png": b"b", "issue.eml": b"c"}
    write_all(tmp_path, files)
    assert in_folders(tmp_path) == files
    write_all(tmp_path, {"issue.eml": b"d"}, outdated=["issue/pictures/images/a.png", "issue/pictures/none.png"])
    assert in_folders(tmp_path) == {"issue/pictures/b.png": b"b", "issue.eml": b"d"}
    assert not (tmp_path / "issue/pictures/images").exists()
    write_all(tmp_path, {"issue.eml": b"d"}, outdated=["issue/pictures/b.png"])
    assert [path.name for path in tmp_path.iterdir()] == ["issue.eml"]


@pytest.mark.parametrize("in_the_way", ["a link", "a file"])
def test_no_folder_is_created_through_a_link_or_a_file(tmp_path: Path, in_the_way: str) -> None:
    outbox, other_folder = tmp_path / "outbox", tmp_path / "elsewhere"
    outbox.mkdir()
    other_folder.mkdir()
    (other_folder / "a.png").write_bytes(b"mine")
    if in_the_way == "a link":
        (outbox / "issue").symlink_to(other_folder)
    else:
        (outbox / "issue").write_bytes(b"mine")
    with pytest.raises(NotADirectoryError, match="issue"):
        write_all(outbox, {"issue.eml": b"a", "issue/a.png": b"a"})
    write_all(outbox, {"issue.eml": b"b"}, outdated=["issue/a.png"] if in_the_way == "a link" else [])
    assert (other_folder / "a.png").read_bytes() == b"mine"
    assert (outbox / "issue.eml").read_bytes() == b"b"


@pytest.mark.parametrize("points_at", ["other_folder.txt", "nowhere.txt", "folder"])
def test_a_symbolic_link_is_replaced_not_followed(tmp_path: Path, points_at: str) -> None:
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "elsewhere.txt").write_bytes(b"mine")
    (outbox / "issue.eml").symlink_to(tmp_path / points_at)
    write_all(outbox, the_set("a"))
    assert not (outbox / "issue.eml").is_symlink()
    assert contents(outbox) == the_set("a")
    assert (tmp_path / "elsewhere.txt").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere.txt").exists()
    assert list((tmp_path / "folder").iterdir()) == []


def test_a_folder_in_the_way_stops_the_whole_set(tmp_path: Path) -> None:
    (tmp_path / "issue.txt").write_bytes(b"old")
    (tmp_path / "issue.eml").mkdir()
    with pytest.raises(IsADirectoryError, match=r"issue\.eml"):
        write_all(tmp_path, the_set("a"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["issue.eml", "issue.txt"]
    assert (tmp_path / "issue.txt").read_bytes() == b"old"


def test_a_file_that_cannot_be_replaced_does_not_block_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "open in another program", str(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(PermissionError):
            write_all(tmp_path, the_set("a"))
    assert contents(tmp_path) == {}
    write_all(tmp_path, the_set("b"))
    assert contents(tmp_path) == the_set("b")


def test_no_room_on_the_disk_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    write_all(tmp_path, the_set("old"))
    script = """
import resource, sys
from pathlib import Path
from newsletter.atomic_write import write_all

resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))  # no file may grow past this, as on a full disk
try:
    write_all(Path(sys.argv[1]), {"issue.txt": b"n" * 4000, "issue.html": b"n" * 5000, "issue.eml": b"n" * 5001})
except OSError as error:
    sys.exit(error.errno)
"""
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert ended.returncode == errno.EFBIG
    assert contents(tmp_path) == the_set("old")


def test_control_c_while_staging_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, the_set("old"))

    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_all(tmp_path, the_set("new"))
    assert contents(tmp_path) == the_set("old")


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from newsletter.atomic_write import write_all

step, steps = int(sys.argv[2]), 0

def dies(function):
    def counted(*arguments, **options):
        global steps
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1
        return function(*arguments, **options)
    return counted

for owner, name in ((Path, "mkdir"), (os, "fsync"), (Path, "rename"), (Path, "replace"), (Path, "rmdir")):
    setattr(owner, name, dies(getattr(owner, name)))
write_all(Path(sys.argv[1]), {name: b"new" * 10 for name in sys.argv[3:]})
"""


def test_after_a_kill_at_any_step_the_next_write_completes_or_undoes_it(tmp_path: Path) -> None:
    """Not by chance but at each step in turn, which finds the narrow gaps that a random moment misses."""
    is_whole: list[bool] = []
    ended = -signal.SIGKILL
    while ended == -signal.SIGKILL:
        outbox = tmp_path / str(len(is_whole))
        outbox.mkdir()
        write_all(outbox, the_set("old"))
        arguments = [sys.executable, "-c", KILLED_AT, str(outbox), str(len(is_whole)), *NAMES]
        ended = subprocess.run(arguments, check=False).returncode
        assert all((outbox / name).read_bytes() in (b"old" * 10, b"new" * 10) for name in NAMES)
        write_all(outbox, {"other.eml": b"another issue"})
        after = contents(outbox)
        assert after.pop("other.eml") == b"another issue"
        assert after in (the_set("old"), the_set("new"))
        is_whole.append(after == the_set("new"))
    assert ended == 0
    assert len(is_whole) > 10  # mkdir twice, fsync four times, rename, replace three times, fsync, rmdir
    assert is_whole == sorted(is_whole)  # first always the old set, then always the new


def test_killed_at_random_moments_no_file_is_torn_and_no_set_is_mixed(tmp_path: Path) -> None:
    chance = random.Random(2)
    outbox = tmp_path / "outbox"
    write_all(outbox, {name: b"first0\n" * lines for name, lines in zip(NAMES, (3, 3000, 9000), strict=True)})
    for number in range(60):
        before = (outbox / "issue.eml").stat().st_mtime_ns
        writer = start(outbox, f"render{number:02}-", 1_000_000, tmp_path / "log")
        while (outbox / "issue.eml").stat().st_mtime_ns == before:
            assert writer.poll() is None
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.02))
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        for name in NAMES:
            assert len(set((outbox / name).read_bytes().splitlines())) == 1
        write_all(outbox, {"other.eml": b"another issue"})
        assert len(renders(outbox)) == 1
    assert sorted(contents(outbox)) == sorted([*NAMES, "other.eml"])


def test_two_writers_at_once_never_mix_their_sets(tmp_path: Path) -> None:
    outbox, log = tmp_path / "outbox", tmp_path / "log"
    write_all(outbox, {name: b"first\n" * lines for name, lines in zip(NAMES, (3, 3000, 9000), strict=True)})
    with no_writer_at_work(outbox):
        writers = [start(outbox, mark, 200, log) for mark in ("left", "right")]
    while None in [writer.poll() for writer in writers]:
        with no_writer_at_work(outbox):
            assert len(renders(outbox)) == 1
        time.sleep(0.001)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(renders(outbox)) == 1
    assert sorted(contents(outbox)) == sorted(NAMES)
    turns = log.read_text().split()
    assert (turns.count("left"), turns.count("right")) == (200, 200)
    assert turns not in (sorted(turns), sorted(turns, reverse=True))  # they did run at once


def test_leftovers_of_a_killed_run_are_removed_only_while_no_writer_is_at_work(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    left = outbox / ".newsletter-0123456789abcdef.part"
    left.mkdir(parents=True)
    (left / "issue.eml").write_bytes(b"half an ema")
    with no_writer_at_work(outbox):
        writer = start(outbox, "late", 1, tmp_path / "log")
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(1)
        assert (left / "issue.eml").exists()
        assert not (outbox / "issue.eml").exists()
    assert writer.wait() == 0
    assert sorted(contents(outbox)) == sorted(NAMES)


def test_what_only_looks_like_a_leftover_stays(tmp_path: Path) -> None:
    other_folder = tmp_path / "elsewhere"
    other_folder.mkdir()
    (other_folder / "mine.txt").write_bytes(b"mine")
    outbox = tmp_path / "outbox"
    (outbox / ".newsletter-notes").mkdir(parents=True)
    (outbox / ".newsletter-file.part").write_bytes(b"a file")
    (outbox / ".newsletter-a.part").symlink_to(other_folder)
    (outbox / ".newsletter-b.whole").symlink_to(other_folder)
    before = {path.name for path in outbox.iterdir()}
    write_all(outbox, the_set("a"))
    assert {path.name for path in outbox.iterdir()} == before | set(NAMES)
    assert (other_folder / "mine.txt").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_locked_still_gets_whole_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".newsletter-0123456789abcdef.part").mkdir()

    def fail(descriptor: int, operation: int) -> None:
        raise OSError(errno.EBADF, "as NFS says of a folder")

    monkeypatch.setattr(fcntl, "flock", fail)
    write_all(tmp_path, the_set("a"))
    assert {name: (tmp_path / name).read_bytes() for name in NAMES} == the_set("a")
    assert (tmp_path / ".newsletter-0123456789abcdef.part").is_dir()  # it may be the work of another writer


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    before = os.listdir("/dev/fd")  # noqa: PTH208 - it is the names that count
    write_all(tmp_path, the_set("a"))
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_all(tmp_path, {"folder": b""})
    assert os.listdir("/dev/fd") == before  # noqa: PTH208


def test_outdated_files_are_deleted_once_the_new_ones_are_there(tmp_path: Path) -> None:
    write_all(tmp_path, {**the_set("a"), "issue.large-print.eml": b"old", "other.eml": b"another issue"})
    (tmp_path / "issue.text-only.eml").symlink_to(tmp_path / "other.eml")
    stale = ["issue.large-print.eml", "issue.text-only.eml", "issue.never-made.eml"]
    write_all(tmp_path, the_set("b"), stale)
    assert contents(tmp_path) == {**the_set("b"), "other.eml": b"another issue"}


def test_a_set_that_cannot_be_written_leaves_outdated_files(tmp_path: Path) -> None:
    write_all(tmp_path, {"issue.large-print.eml": b"old"})
    (tmp_path / "issue.eml").mkdir()
    with pytest.raises(IsADirectoryError):
        write_all(tmp_path, the_set("b"), ["issue.large-print.eml"])
    assert (tmp_path / "issue.large-print.eml").read_bytes() == b"old"
