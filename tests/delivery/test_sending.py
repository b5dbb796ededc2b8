"""Runs over many messages: attempts, failures in a row, several connections, and a stop."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from newsletter.delivery.journal import Entry
from newsletter.delivery.rate import Rate
from newsletter.delivery.run import Letter, Run
from newsletter.delivery.servers import relay
from newsletter.delivery.smtp import RelayError, SmtpConnection
from support.mail_server import Answer, Inbox, mail_server

AT_ONCE = Rate(1_000_000, "s")


def letters(number: int) -> Iterator[Letter]:
    for each in range(number):
        yield Letter(f"reader{each}@saltby.test", f"Message-ID: <{each}@saltby.test>\r\n\r\n{each}\r\n".encode())


def make_run(inbox: Inbox, connections: int = 1, **options: Any) -> tuple[Run, list[Entry]]:
    noted: list[Entry] = []
    server = relay({"host": "127.0.0.1", "port": inbox.port, "security": "none"})
    lines = [SmtpConnection(server, None, "news@saltby.test") for _ in range(connections)]
    return Run(lines, AT_ONCE, options.pop("note", noted.append), **{"backoff": (0.0, 0.0), **options}), noted


def history(noted: list[Entry], address: str) -> list[str]:
    return [entry.state for entry in noted if entry.address == address]


def nothing() -> None:
    pass


def test_each_message_is_noted_before_and_after_and_over_each_connection() -> None:
    with mail_server() as inbox:
        run, noted = make_run(inbox, connections=3)
        run.send(letters(40), nothing)
    assert sorted(inbox.messages) == sorted((letter.recipient, letter.message) for letter in letters(40))
    for to, _ in inbox.messages:
        assert history(noted, to) == ["sending", "accepted"]
    assert noted[0].message_id.endswith("@saltby.test>")
    assert inbox.connections == 3 and run.results == {"accepted": 40}


def test_not_now_is_tried_again_and_at_last_left_for_another_run() -> None:
    answers: dict[str, list[Answer]] = {
        "reader0@saltby.test": ["451 later", "451 later", None],
        "reader1@saltby.test": ["451 later"] * 3,
    }
    inbox = Inbox(on_recipient=lambda to: answers[to].pop(0) if answers.get(to) else None)
    with mail_server(inbox):
        run, noted = make_run(inbox)
        run.send(letters(3), nothing)
    assert history(noted, "reader0@saltby.test") == ["deferred", "deferred", "sending", "accepted"]
    assert history(noted, "reader1@saltby.test") == ["deferred"] * 3
    assert run.results == {"accepted": 2, "deferred": 1}


def test_a_connection_that_broke_after_the_message_is_not_tried_again() -> None:
    drops = iter([None, "drop"])
    inbox = Inbox(after_data=lambda _: next(drops, None))
    with mail_server(inbox):
        run, noted = make_run(inbox)
        run.send(letters(4), nothing)
    assert history(noted, "reader1@saltby.test") == ["sending", "unknown"]
    assert run.results == {"accepted": 3, "unknown": 1}
    assert Counter(to for to, _ in inbox.messages) == Counter(letter.recipient for letter in letters(4))


@pytest.mark.parametrize(
    ("hook", "answer", "tried", "message"),
    [
        ("on_recipient", "550 no", 10, "One message after the other was not accepted: 550 no"),
        ("after_data", "drop", 2, "One message after the other was not accepted: The relay closed the connection."),
        ("on_recipient", "421 closed", 1, "The relay takes no messages now: 421 closed"),
        ("on_sender", "530 log in first", 1, "refuses the sender"),
    ],
)
def test_it_stops_before_it_makes_things_worse(hook: str, answer: str, tried: int, message: str) -> None:
    asked = set[str]()

    def refuse(recipient: str) -> Answer:
        asked.add(recipient)
        return answer

    inbox = Inbox()
    setattr(inbox, hook, refuse)
    rest = letters(100)
    with mail_server(inbox):
        run, _ = make_run(inbox)
        with pytest.raises(RelayError, match=message):
            run.send(rest, nothing)
    assert (len(asked), len(list(rest))) == (tried, 100 - tried)


def test_failures_that_are_not_in_a_row_do_not_stop_it() -> None:
    turns = itertools.cycle([*["550 no"] * 9, None])
    inbox = Inbox(on_recipient=lambda _: next(turns))
    with mail_server(inbox):
        run, _ = make_run(inbox)
        run.send(letters(40), nothing)
    assert run.results == {"refused": 36, "accepted": 4}


def test_nobody_gets_a_message_that_cannot_be_noted() -> None:
    def note(entry: Entry) -> None:
        raise OSError("disk full")

    with mail_server() as inbox:
        run, _ = make_run(inbox, connections=2, note=note)
        with pytest.raises(OSError, match="disk full"):
            run.send(letters(5), nothing)
    assert inbox.messages == []


def test_control_c_lets_what_is_on_its_way_arrive_and_starts_nothing_new() -> None:
    on_its_way, go_on = threading.Event(), threading.Event()

    def after_data(_: str) -> Answer:
        on_its_way.set()
        go_on.wait(60)
        return None

    def on_progress() -> None:
        if on_its_way.is_set():
            go_on.set()
            raise KeyboardInterrupt

    with mail_server(Inbox(after_data=after_data)) as inbox:
        run, noted = make_run(inbox)
        with pytest.raises(KeyboardInterrupt):
            run.send(letters(5), on_progress)
    assert [entry.state for entry in noted][-1] == "accepted"
    assert len(inbox.messages) == len(noted) // 2 < 5
