"""An event says when it is in one way, and its days and times fit together."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from newsletter.issue.event import Event


def event(**keys: Any) -> Event:
    return Event.model_validate({"title": "Tea", **keys})


GOOD = [
    {"date": "8 February 2027", "time": "6 to 7.30pm"},
    {"date": "2027-02-08", "until": "2027-02-14", "time": "10:00 to 17:00"},
    {"date": "2027-02-08", "until": "14 February 2027, 2pm", "time": "18:00"},
    {"date": "2027-02-08", "until": "14 February 2027 at 14:00", "time": "18:00"},
    {"date": "2027-02-08", "until": "2027-02-09 01:00", "time": "9pm"},
    {"date": "2027-02-08", "every": "week", "until": "2027-03-29"},
    {"every": "Tuesdays"},
    {"every": "every second Tuesday of the month"},
    {"every": "last Friday", "date": "2027-02-26"},
    {"every": "fourth Friday", "date": "2027-02-26"},
    {"date": "TBA", "time": "to be announced"},
    {"week": "2027-02-08", "time": "10:00 to 17:00"},
    {"every": "Monday and Thursday", "date": "2027-02-11"},
    {"date": "March 2027", "time": "tbc"},
]


@pytest.mark.parametrize("keys", GOOD, ids=str)
def test_an_event_that_says_when(keys: dict[str, str]) -> None:
    assert event(**keys)


BAD: list[tuple[dict[str, str], str, str]] = [
    ({"date": "9999-12-31"}, "date", "This event is in the year 9999."),
    ({"week": "0027-02-08"}, "week", "This event is in the year 27."),
    ({}, "", "This event has no “date”."),
    ({"until": "2027-02-08"}, "", "This event has no “date”."),
    ({"every": "week"}, "", "Nothing says on which day this is."),
    ({"every": "fortnight", "until": "2027-02-08"}, "", "Nothing says on which day this is."),
    ({"week": "2027-02-08", "date": "2027-02-08"}, "week", "This event has “week” and “date”."),
    ({"week": "2027-02-08", "every": "Monday"}, "week", "This event has “week” and “every”."),
    ({"date": "tbc", "until": "2027-02-08"}, "until", "The date is to be confirmed, but there is “until”."),
    ({"date": "tbc", "every": "Monday"}, "every", "The date is to be confirmed, but there is “every”."),
    ({"date": "March 2027", "until": "2027-03-31"}, "until", "The date is a whole month, but there is “until”."),
    ({"date": "March 2027", "every": "Monday"}, "every", "The date is a whole month, but there is “every”."),
    ({"date": "March 9999"}, "date", "This event is in the year 9999."),
    ({"date": "2027-02-08", "every": "Tue and Fri"}, "every", "Monday 8 February 2027 is none of the days in “Tuesday"),
    ({"date": "2027-02-08", "until": "2027-02-01"}, "until", "This event ends on Monday 1 February 2027, before it"),
    ({"date": "2027-02-08", "until": "2027-02-08"}, "until", "This event ends on the day on which it begins."),
    ({"date": "2027-02-08", "until": "2027-02-10", "time": "10:00"}, "time", "10:00 can be on each day, or only on"),
    ({"date": "2027-02-08", "until": "2027-02-10, 10:00"}, "until", "This event says at what time it ends, but not"),
    (
        {"date": "2027-02-08", "until": "2027-02-10, 10:00", "time": "9 to 5"},
        "until",
        "This event says twice at what time it ends.",
    ),
    ({"every": "Monday", "until": "2027-02-10, 10:00", "time": "9:00pm"}, "until", "This event is repeated, so"),
    ({"date": "2027-02-08", "every": "Tuesday"}, "every", "Monday 8 February 2027 is not a Tuesday."),
    ({"date": "2027-02-08", "every": "third Monday"}, "every", "Monday 8 February 2027 is not the third Monday of"),
    ({"date": "2027-02-08", "every": "last Monday"}, "every", "Monday 8 February 2027 is not the last Monday of"),
]


@pytest.mark.parametrize(("keys", "at", "message_start"), BAD, ids=str)
def test_an_event_that_cannot_be(keys: dict[str, str], at: str, message_start: str) -> None:
    with pytest.raises(ValidationError) as failure:
        event(**keys)
    (error,) = failure.value.errors()
    ((path, message, hint),) = error["ctx"].get("by_path", [("", error["ctx"]["message"], error["ctx"]["hint"])])
    assert "".join(path) == at and message.startswith(message_start) and hint


@pytest.mark.parametrize(("key", "text", "part"), [
    ("every", "day", "“day” is not how often"), ("every", "second week of the month", "is not how often"),
    ("every", "...", "is not how often"), ("until", "14:00", "“14:00” is not written as a date"),
    ("until", "03/04/2027, 14:00", "can be two days"), ("until", "2027-02-10, 7:30", "can be two times"),
])  # fmt: skip
def test_a_value_that_is_not_clear(key: str, text: str, part: str) -> None:
    with pytest.raises(ValidationError) as error:
        event(date="2027-02-08", **{key: text})
    assert part in error.value.errors()[0]["ctx"]["message"]


@pytest.mark.parametrize(("day", "name"), [("2027-01-01", "first Friday"), ("2027-01-28", "fourth Thursday"),
                                           ("2027-01-29", "last Friday"), ("2027-02-26", "fourth Friday")])  # fmt: skip
def test_every_month_is_on_the_same_day_of_the_week(day: str, name: str) -> None:
    assert event(date=day, every="month").repeats == name


def test_the_last_day_is_that_of_the_whole_event() -> None:
    assert event(date="2027-02-08").last_day == datetime.date(2027, 2, 8)
    assert event(date="2027-02-08", until="2027-02-14").last_day == datetime.date(2027, 2, 14)
    assert event(week="2027-02-08").last_day == datetime.date(2027, 2, 14)
    assert event(date="February 2027").last_day == datetime.date(2027, 2, 28)
    assert event(every="Tuesday").last_day is None and event(date="tbc").last_day is None
