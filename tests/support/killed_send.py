"""Send an issue to a list, and kill the program at random moments, until every reader has the email.

The relay is a process of its own, which writes down whom it has accepted a message for. Run as a program: a process of
pytest has threads, and cannot be copied by fork safely.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsletter.check.settings import Settings
from newsletter.delivery.journal import read_entries
from newsletter.delivery.rate import Rate
from newsletter.delivery.servers import Relay
from newsletter.issue.load import load_brand
from newsletter.may_send import SendConditions
from newsletter.prepare import PreparedIssue
from newsletter.project import Project
from newsletter.send.readers import SendOptions, SendResult, journal_path, prepare_to_send, send
from support.mail_server import Inbox, mail_server
from support.reader_project import SLUG, new_files, write_reader_project

_READERS = 200
_MOST_SECONDS = 1.5
"""About the time of a whole run. Kills come at random moments of that."""


@dataclass
class Totals:
    """What happened in all rounds."""

    kills: int = 0
    rounds: int = 0
    unknown: int = 0
    """Messages of which the journal does not know whether the relay has them."""
    arrived: int = 0
    """Those of them that the relay has."""


def main(kills: int, seed: int = 1) -> Totals:
    """Kill a number of times, in as many rounds as that takes. Each round has a list and a journal of its own.

    Raises:
        AssertionError: if a reader has two messages, or has none and is not named as unknown.
    """
    totals, source = Totals(), random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "new").mkdir()
        files = new_files(folder / "new")
        issue, project = _prepare(folder / "project", files)
        while totals.kills < kills:
            _round(folder / f"round-{totals.rounds}", issue, project, source, totals)
            journal_path(SLUG, project).unlink()
            totals.rounds += 1
    return totals


def _prepare(folder: Path, files: dict[str, str]) -> tuple[PreparedIssue, Project]:
    write_reader_project(folder, files)
    project = Project(folder)
    path = project.issues / f"{SLUG}.yaml"
    report, issue = prepare_to_send(path, project, load_brand(project), SendConditions(Settings()))
    assert issue, report
    return issue, project


def _round(folder: Path, issue: PreparedIssue, project: Project, source: random.Random, totals: Totals) -> None:
    folder.mkdir()
    everybody = {f"reader{number}@saltby.test" for number in range(_READERS)}
    with _relay(folder / "accepted") as port:
        relay = Relay("127.0.0.1", port, "none", "", connections=3, rate=Rate(1_000_000, "s"))

        def run(addresses: set[str], retry: bool = False) -> SendResult:
            path = folder / "readers.csv"
            # Sorted in another way each time, as somebody might do between two runs.
            rows = source.sample(sorted(addresses), len(addresses))
            path.write_text("address,token\n" + "".join(f"{each},t\n" for each in rows), "utf-8")
            options = SendOptions(path, retry=("unknown",) if retry else ())
            due = send(issue, options, relay, project, lambda _: None).due
            return send(issue, SendOptions(path, due, options.retry), relay, project, lambda _: None)

        while True:
            child = _in_a_process_of_its_own(lambda: run(everybody))
            time.sleep(source.uniform(0, _MOST_SECONDS))
            os.kill(child, signal.SIGKILL)  # without effect if it has ended
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            assert status in (0, -signal.SIGKILL), status
            _require_at_most_one(folder)
            if status == 0:
                break
            totals.kills += 1
        states = {entry.address: entry.state for entry in read_entries(journal_path(SLUG, project), "journal")}
        accepted = set(_accepted(folder))
        unknown = {address for address, state in states.items() if state == "unknown"}
        assert set(states) == everybody and set(states.values()) <= {"accepted", "unknown"}, Counter(states.values())
        assert {address for address, state in states.items() if state == "accepted"} <= accepted
        totals.unknown += len(unknown)
        totals.arrived += len(unknown & accepted)
        # The relay's own list says of whom it has no message, and these alone are sent again.
        if missing := unknown - accepted:
            child = _in_a_process_of_its_own(lambda: run(missing, retry=True))
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert Counter(_accepted(folder)) == Counter(everybody)


def _require_at_most_one(folder: Path) -> None:
    twice = [address for address, number in Counter(_accepted(folder)).items() if number > 1]
    assert not twice, twice


def _accepted(folder: Path) -> list[str]:
    path = folder / "accepted"
    return path.read_text("utf-8").split() if path.exists() else []


@contextmanager
def _relay(accepted: Path) -> Iterator[int]:
    """Run a relay in a process of its own until the end of the block. It notes each message before it answers."""
    read, write = os.pipe()
    child = _in_a_process_of_its_own(lambda: _serve(accepted, write))
    os.close(write)
    try:
        with os.fdopen(read) as port:
            yield int(port.readline())
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _serve(accepted: Path, port: int) -> None:
    descriptor = os.open(accepted, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(recipient: str) -> None:
        os.write(descriptor, f"{recipient}\n".encode())

    with mail_server(Inbox(after_data=note)) as inbox:
        os.write(port, f"{inbox.port}\n".encode())
        signal.pause()


def _in_a_process_of_its_own(function: Callable[[], object]) -> int:
    """Start a process that calls a function, and return its id."""
    if pid := os.fork():
        return pid
    try:
        function()
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    done = main(int(sys.argv[1]))
    print(f"killed {done.kills} times in {done.rounds} rounds of {_READERS} readers")  # noqa: T201
    print(f"unknown: {done.unknown}, of which the relay had {done.arrived}")  # noqa: T201
