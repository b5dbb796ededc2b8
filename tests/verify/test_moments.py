"""Days and times are read again without the pipeline: the numbers of the printed form are among those expected."""

import pytest

from newsletter.verify.moments import possible_dates, readings


@pytest.mark.parametrize("text", [
    "2027-03-04", "4 March 2027", "March 4, 2027", "Thursday 4th March 2027", "4.3.2027", "Thursday 04/03/2027",
    "dydd Iau 4ydd Mawrth 2027", "2027年3月4日", "4 de marzo de 2027",
])  # fmt: skip
def test_a_day_is_its_number_and_its_year(text: str) -> None:
    assert ("4", "2027") in readings("closes", text)
    assert "2027-03-04" in possible_dates(text)


@pytest.mark.parametrize(("text", "numbers"), [
    ("19:30", ("19", "30")), ("7.30pm", ("19", "30")), ("7 p.m.", ("19", "0")), ("noon", ("12", "0")),
    ("12 noon", ("12", "0")), ("6 to 7.30pm", ("18", "0", "19", "30")), ("10:00-17:00", ("10", "0", "17", "0")),
    ("11 to 5", ("11", "0", "17", "0")),
    ("9pm to midnight", ("21", "0")), ("21:00 to 24:00", ("21", "0")), ("7.30yh", ("19", "30")),
])  # fmt: skip
def test_a_time_can_be_on_the_24_hour_clock(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers in readings("time", text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("14:30", ("2", "30")),
        ("19:00", ("7",)),
        ("12:00", ()),
        ("10:00 to 14:30", ("10", "2", "30")),
        ("9 to noon", ("9",)),
    ],
)
def test_a_time_can_be_with_am_or_pm(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers in readings("time", text)
    assert ("3", "30") not in readings("time", "14:30")


def test_a_last_day_has_the_numbers_of_its_time() -> None:
    assert ("14", "2027", "14", "0") in readings("until", "14 February 2027, 2pm")
    assert ("14", "2027", "14", "30") in readings("until", "2027-02-14 14:30")
    assert readings("until", "2027-02-14") == [("14", "2027")]


def test_a_text_with_many_numbers_is_no_time() -> None:
    assert not readings("time", "at " + "1 " * 38)


@pytest.mark.parametrize(
    "text", ["7 people", "March 2027", "1,200", "54", "In 2027 we met 4 people in 3 towns", "x" * 99]
)
def test_other_words_are_neither(text: str) -> None:
    assert not readings("text", text)
