"""`newsletter sent`."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import existing_issue, issue_file, json_option
from newsletter.cli.output import CommandOutcome
from newsletter.english import count
from newsletter.problems import Location, Problems
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.delivery.journal import Entry

_IN_WORDS = {
    "accepted": "the relay has taken the email",
    "waiting": "not sent yet",
    "deferred": "not taken yet: the next run tries again if the reader is in its list",
    "refused": "refused by the relay",
    "unknown": "may have been sent, or not: the connection or the program ended before the answer",
}
"""The states of a journal in words, in the order in which they are printed."""
_NOT_IN_LIST = "not in the last list"


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option("--csv", "table", metavar="FILE", type=click.Path(path_type=Path), help="Write all readers to this file.")
@json_option
def sent(issue: Path, table: Path | None, as_json: bool) -> None:
    """List who has got an issue, who has not, and why.

    The CSV file has the address, the result, the reason, the Message-ID and the time (UTC) of each reader. By the
    Message-ID, the host of a relay can say what became of an email. A reader of an earlier list keeps the result, with
    the note “not in the last list”.
    """
    from newsletter.delivery.journal import read_entries  # noqa: PLC0415
    from newsletter.send.readers import journal_path  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text")
    data: dict[str, object] = {"readers": {}, "not_in_last_list": {}}
    with outcome.collect():
        slug = issue_file(issue, project).stem
        path = journal_path(slug, project)
        entries = read_entries(path, project.name_of(path))
        numbers = {state: sum(entry.state == state for entry in entries) for state in _IN_WORDS}
        others = Counter[str](entry.state for entry in entries if not entry.is_in_last_list)
        data |= {"readers": numbers, "not_in_last_list": {state: others[state] for state in _IN_WORDS}}
        for state, number in numbers.items():
            aside = f" ({others[state]:,} {_NOT_IN_LIST})" if others[state] else ""
            outcome.lines += [f"{count(number, 'reader')}{aside}: {_IN_WORDS[state]}."] if number else []
        if not entries:
            existing_issue(issue, project)  # a name that was mistyped was sent to nobody, too
            outcome.lines.append(f"{slug} was not sent to anybody.")
        if table:
            _write(table, entries)
            outcome.lines.append(f"{table}: {count(len(entries), 'reader')}. It holds addresses: delete it after use.")
    outcome.end(**data)


def _write(path: Path, entries: list[Entry]) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        # With the mark of UTF-8, a spreadsheet reads it as that.
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, lineterminator="\r\n")
            rows.writerow(["address", "result", "reason", "message-id", "time", "note"])
            # An address cannot begin a formula, because `personal.recipients` rejects that. A reason is the relay's.
            for entry in entries:
                reason = re.sub(r"^(?=[=+@-])", "'", entry.reason)
                note = "" if entry.is_in_last_list else _NOT_IN_LIST
                rows.writerow([entry.address, entry.state, reason, entry.message_id, entry.time, note])
    except OSError as error:
        raise Problems.not_written(Location(str(path)), error, hint="Name another one.") from error
