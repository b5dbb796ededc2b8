"""Note in a journal of `newsletter send` what becomes of each reader's message, and print what has just been noted.

Run as a program, so that `support.power_cut` can record what it asks of the disk. Each printed line is an address and a
state, once the journal has returned from noting it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from newsletter.delivery.journal import DeliveryState, Entry, SendJournal

READERS = 12

_EACH: tuple[tuple[DeliveryState, ...], ...] = (
    ("sending", "accepted"),
    ("sending", "refused"),
    ("sending", "deferred", "sending", "accepted"),
    ("sending", "unknown"),
)
STEPS = {f"reader{number}@example.org": _EACH[number % len(_EACH)] for number in range(READERS)}
"""What becomes of the message of each reader."""


def main(path: Path) -> None:
    """Begin a journal, enter the readers, and note each step of each."""
    journal = SendJournal(path, path.name)
    for address in STEPS:
        journal.enter(address)
    journal.commit()
    for address in STEPS:
        print(address, "waiting", flush=True)  # noqa: T201
    for address, states in STEPS.items():
        for state in states:
            journal.note(Entry(address, state, "250 OK " * 30, f"<{address}>", "2026-12-03T09:00:00+00:00"))
            print(address, state, flush=True)  # noqa: T201
    journal.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
