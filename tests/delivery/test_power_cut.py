"""A power cut at any moment while `newsletter send` notes who has the email."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from newsletter.delivery.journal import read_entries
from support.noted_readers import READERS, STEPS
from support.power_cut import Call, files_after, record

TESTS = Path(__file__).parents[1]
CUTS = 400


def test_the_disk_has_everything_that_was_noted(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])}
    calls = record([sys.executable, "-m", "support.noted_readers", str(folder / "journal")], folder, environment)
    assert noted(calls) == {address: len(states) for address, states in STEPS.items()}
    source, unlike = random.Random(3), 0
    for number in range(CUTS):
        until = source.randrange(len(calls) + 1)
        files = files_after(calls[:until], source)
        disk = tmp_path / f"disk-{number}"
        disk.mkdir()
        for path, content in files.items():
            (disk / Path(path).name).write_bytes(content)
        states = {entry.address: entry.state for entry in read_entries(disk / "journal", "journal")}
        steps = noted(calls[:until])
        assert len(states) in ({READERS} if steps else {0, READERS}), (until, states)
        for address, done in steps.items():
            # The next step can be on the disk, too. What was being sent is unknown after a stop.
            possible = {
                "waiting" if not step else STEPS[address][step - 1]
                for step in (done, done + 1)
                if step <= len(STEPS[address])
            }
            assert states[address] in {"unknown" if state == "sending" else state for state in possible}, (
                until,
                address,
            )
        unlike += set(states.values()) != {"waiting"}
    assert unlike > CUTS / 2


def noted(calls: list[Call]) -> dict[str, int]:
    """Return how many steps of each reader the program has said to be noted."""
    steps: dict[str, int] = {}
    for line in b"".join(call.data for call in calls if call.name == "print").decode("ascii").splitlines():
        address = line.split()[0]
        steps[address] = steps.get(address, -1) + 1
    return steps
