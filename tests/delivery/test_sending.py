"""Runs over many messages: attempts, failures in a row, several connections, and a stop."""

from __future__ import annotations

import itertools
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from newsletter.delivery.journal import Entry
from newsletter.delivery.rate import Rate
from newsletter.delivery.run import DeliveryRun, OutgoingMessage
from newsletter.delivery.servers import read_relay
from newsletter.delivery.smtp import RelayError, SmtpConnection
from support.mail_server import Answer, Inbox, mail_server

AT_ONCE = Rate(1_000_000, "s")


def outgoing_messages(number: int) -> Iterator[OutgoingMessage]:
    for each in range(number):
        yield OutgoingMessage(
            f"reader{each}@saltby.test", f"Message-ID: <{each}@saltby.test>\r\n\r\n{each}\r\n".encode()
        )


def make_run(inbox: Inbox, connections: int = 1, **options: Any) -> tuple[DeliveryRun, list[Entry]]:
    noted: list[Entry] = []
    server = read_relay({"host": "127.0.0.1", "port": inbox.port, "security": "none"})
    lines = [SmtpConnection(server, None, "news@saltby.test") for _ in range(connections)]
    return DeliveryRun(lines, AT_ONCE, options.pop("note", noted.append), **{"backoff": (0.0, 0.0), **options}), noted


def history(noted: list[Entry], address: str) -> list[str]:
    return [entry.state for entry in noted if entry.address == address]


def nothing() -> None:
    pass


def test_each_message_is_noted_before_and_after_and_over_each_connection() -> None:
    with mail_server() as inbox:
        run, noted = make_run(inbox, connections=3)
        run.send(outgoing_messages(40), nothing)
    assert sorted(inbox.messages) == sorted((each.recipient, each.message) for each in outgoing_messages(40))
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
        run.send(outgoing_messages(3), nothing)
    assert history(noted, "reader0@saltby.test") == ["deferred", "deferred", "sending", "accepted"]
    assert history(noted, "reader1@saltby.test") == ["deferred"] * 3
    assert run.results == {"accepted": 2, "deferred": 1}


LATER = "450 4.2.0 Greylisted"


class Clock:
    """A clock that somebody sets. Pass `advance` as `on_wait`, and each wait is over at once."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def advance(self, _: object) -> None:
        self.now += 10.0


def test_a_reader_whom_the_relay_puts_off_does_not_keep_the_others_waiting() -> None:
    clock, attempts, later = (
        Clock(),
        list[str](),
        {"reader1@saltby.test": [LATER, LATER], "reader4@saltby.test": [LATER]},
    )

    def on_recipient(to: str) -> Answer:
        attempts.append(to)
        if to == "reader19@saltby.test":
            clock.advance(to)
        return later[to].pop(0) if later.get(to) else None

    with mail_server(Inbox(on_recipient=on_recipient)) as inbox:
        run, noted = make_run(inbox, clock=clock, backoff=(10.0, 10.0), on_wait=clock.advance)
        run.send(outgoing_messages(20), nothing)
    everybody = [each.recipient for each in outgoing_messages(20)]
    assert attempts == [*everybody, "reader1@saltby.test", "reader4@saltby.test", "reader1@saltby.test"]
    assert history(noted, "reader1@saltby.test") == ["deferred", "deferred", "sending", "accepted"]
    assert run.results == {"accepted": 20}
    assert Counter(to for to, _ in inbox.messages) == Counter(everybody)


def test_what_is_due_goes_before_a_reader_who_was_not_tried_yet() -> None:
    attempts, later = list[str](), [LATER]

    def on_recipient(to: str) -> Answer:
        attempts.append(to)
        return later.pop() if later else None

    with mail_server(Inbox(on_recipient=on_recipient)) as inbox:
        run, _ = make_run(inbox)
        run.send(outgoing_messages(3), nothing)
    assert [int(to[6]) for to in attempts] == [0, 0, 1, 2]


def test_a_relay_that_puts_everybody_off_is_attempts_about_few_readers_and_stops_the_run() -> None:
    clock, attempts = Clock(), Counter[str]()

    def on_recipient(to: str) -> Answer:
        attempts[to] += 1
        return LATER

    rest = outgoing_messages(100)
    with mail_server(Inbox(on_recipient=on_recipient)) as inbox:
        run, noted = make_run(inbox, clock=clock, backoff=(10.0, 10.0), on_wait=clock.advance)
        with pytest.raises(RelayError, match="One message after the other was not accepted"):
            run.send(rest, nothing)
    assert attempts == {f"reader{each}@saltby.test": 3 for each in range(10)} and len(list(rest)) == 90
    assert {entry.state for entry in noted} == {"deferred"}


@pytest.mark.parametrize("most", [3, 100])
def test_many_readers_who_are_put_off_again_and_again_do_not_stop_a_relay_that_takes_the_others(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.delivery.run._MOST_POSTPONED", most)
    clock, waiting, waits = Clock(), set[str](), list[str]()

    def on_recipient(to: str) -> Answer:
        if int(to[6:].partition("@")[0]) % 2 == 0:
            waiting.add(to)
            return LATER
        return None

    def on_wait(sentence: str) -> None:
        waits.append(sentence)
        clock.advance(sentence)

    with mail_server(Inbox(on_recipient=on_recipient)) as inbox:
        run, noted = make_run(inbox, clock=clock, backoff=(10.0, 10.0), on_wait=on_wait)
        run.send(outgoing_messages(40), nothing)
    assert run.results == {"accepted": 20, "deferred": 20}
    assert all(history(noted, to) == ["deferred"] * 3 for to in waiting)
    assert waits[0] == f"The relay does not take {min(most, 20)} emails yet. Trying again in 10 seconds."


def test_a_stop_leaves_those_who_were_put_off_for_the_next_run() -> None:
    def on_progress() -> None:
        if len(inbox.messages) == 4:
            raise KeyboardInterrupt

    with mail_server(Inbox(on_recipient={"reader0@saltby.test": LATER}.get)) as inbox:
        run, noted = make_run(inbox, backoff=(3600.0,))
        with pytest.raises(KeyboardInterrupt):
            run.send(outgoing_messages(5), on_progress)
    assert history(noted, "reader0@saltby.test") == ["deferred"]
    assert run.results == {"accepted": 4, "deferred": 1}


def test_a_connection_that_broke_after_the_message_is_not_tried_again() -> None:
    drops = iter([None, "drop"])
    inbox = Inbox(after_data=lambda _: next(drops, None))
    with mail_server(inbox):
        run, noted = make_run(inbox)
        run.send(outgoing_messages(4), nothing)
    assert history(noted, "reader1@saltby.test") == ["sending", "unknown"]
    assert run.results == {"accepted": 3, "unknown": 1}
    assert Counter(to for to, _ in inbox.messages) == Counter(each.recipient for each in outgoing_messages(4))


@pytest.mark.parametrize(
    ("hook", "answer", "tried", "message"),
    [
        ("on_recipient", "550 no", 10, "the last one to reader9@saltby.test: 550 no"),
        ("after_data", "drop", 2, "the last one to reader1@saltby.test: The relay closed the connection."),
        ("on_recipient", "421 closed", 10, "One message after the other was not accepted"),
        ("on_sender", "421 closed", 1, "The relay takes no messages now: 421 closed"),
        ("on_sender", "530 log in first", 1, "wants a login"),
    ],
)
def test_a_run_stops_before_it_makes_things_worse(hook: str, answer: str, tried: int, message: str) -> None:
    recipients = set[str]()

    def reject(recipient: str) -> Answer:
        recipients.add(recipient)
        return answer

    inbox = Inbox()
    setattr(inbox, hook, reject)
    rest = outgoing_messages(100)
    with mail_server(inbox):
        run, _ = make_run(inbox)
        with pytest.raises(RelayError, match=message):
            run.send(rest, nothing)
    assert (len(recipients), len(list(rest))) == (tried, 100 - tried)


def test_wrong_settings_stop_a_run_at_once_and_a_relay_that_was_reached_is_tried_again() -> None:
    with mail_server() as inbox:
        pass
    waits: list[str] = []
    run, noted = make_run(inbox, on_wait=waits.append)
    with pytest.raises(RelayError, match="Connection refused") as error:
        run.send(outgoing_messages(5), nothing)
    assert "Correct “host” and “port”" in error.value.hint
    assert (noted, waits) == ([], [])  # nobody has attempts the relay about a reader
    # A relay that refuses connections after a message is busy.
    run, noted = make_run(inbox, on_wait=waits.append)
    run._is_reached = True
    with pytest.raises(RelayError, match="takes no messages now"):
        run.send(outgoing_messages(5), nothing)
    assert (noted, run.results, len(waits)) == ([], {}, 2)


def test_a_run_that_waits_before_the_first_message_says_so() -> None:
    answers = iter(["451 later.", None, "451 later."])
    waits: list[str] = []
    with mail_server(Inbox(on_sender=lambda _: next(answers, None))) as inbox:
        run, _ = make_run(inbox, on_wait=waits.append)
        run.send(outgoing_messages(2), nothing)
    assert waits == ["Not sent yet: 451 later. Trying again in 0 seconds."]
    assert run.results == {"accepted": 2}


def test_failures_that_are_not_in_a_row_do_not_stop_it() -> None:
    turns = itertools.cycle([*["550 no"] * 9, None])
    inbox = Inbox(on_recipient=lambda _: next(turns))
    with mail_server(inbox):
        run, _ = make_run(inbox)
        run.send(outgoing_messages(40), nothing)
    assert run.results == {"refused": 36, "accepted": 4}


def test_nobody_gets_a_message_that_cannot_be_noted() -> None:
    def note(entry: Entry) -> None:
        raise OSError("disk full")

    with mail_server() as inbox:
        run, _ = make_run(inbox, connections=2, note=note)
        with pytest.raises(OSError, match="disk full"):
            run.send(outgoing_messages(5), nothing)
    assert inbox.messages == []


def test_control_c_finishes_emails_on_their_way_and_starts_no_other() -> None:
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
            run.send(outgoing_messages(5), on_progress)
    assert [entry.state for entry in noted][-1] == "accepted"
    assert len(inbox.messages) == len(noted) // 2 < 5


def test_readers_whom_a_relay_refuses_because_of_the_account_are_tried_again() -> None:
    answers = iter(["550 5.1.1 no such reader", *[None] * 3])
    inbox = Inbox(on_recipient=lambda _: next(answers, "550 5.4.5 daily limit"))
    with mail_server(inbox):
        run, noted = make_run(inbox)
        with pytest.raises(RelayError):
            run.send(outgoing_messages(30), nothing)
    last = {entry.address: (entry.state, entry.reason) for entry in noted}
    assert last["reader0@saltby.test"] == ("refused", "550 5.1.1 no such reader")
    assert [last[f"reader{each}@saltby.test"] for each in range(4, 14)] == [("deferred", "550 5.4.5 daily limit")] * 10
    assert run.results == {"refused": 1, "accepted": 3, "deferred": 10}


def test_one_reader_at_whom_the_relay_breaks_off_does_not_stop_the_others() -> None:
    with mail_server(Inbox(on_recipient={"reader1@saltby.test": "421 4.3.0 no route"}.get)) as inbox:
        run, _ = make_run(inbox)
        run.send(outgoing_messages(20), nothing)
    assert run.results == {"accepted": 19, "deferred": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="a signal for one thread")
def test_another_control_c_does_not_lose_the_answer() -> None:
    on_its_way, go_on = threading.Event(), threading.Event()

    def after_data(_: str) -> Answer:
        on_its_way.set()
        go_on.wait(60)
        return None

    def interrupt() -> None:
        """Press Ctrl+C once while messages are sent, and once while the program waits for the last answer."""
        on_its_way.wait(60)
        for _ in range(2):
            caught.clear()
            signal.pthread_kill(main, signal.SIGINT)
            caught.wait(60)
        go_on.set()

    caught = threading.Event()

    def handler(*_: object) -> None:
        caught.set()
        raise KeyboardInterrupt

    main = threading.get_ident()
    before = signal.signal(signal.SIGINT, handler)
    thread = threading.Thread(target=interrupt)
    try:
        with mail_server(Inbox(after_data=after_data)) as inbox:
            run, noted = make_run(inbox)
            thread.start()
            with pytest.raises(KeyboardInterrupt):
                run.send(outgoing_messages(5), nothing)
            at_the_end = [entry.state for entry in noted]
            go_on.set()
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)
    assert at_the_end == ["sending", "accepted"]


def test_control_c_while_the_connections_are_started_stops_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pool(ThreadPoolExecutor):
        def submit(self, *arguments: Any) -> Any:  # type: ignore[override]
            super().submit(*arguments)
            raise KeyboardInterrupt

    monkeypatch.setattr("newsletter.delivery.run.ThreadPoolExecutor", Pool)
    rest = outgoing_messages(2000)
    with mail_server() as inbox:
        run, _ = make_run(inbox, connections=3)
        with pytest.raises(KeyboardInterrupt):
            run.send(rest, nothing)
    assert list(rest)
