"""A day or a time is read as people write it if it has one meaning; otherwise the message says what to write."""

import datetime

import pytest
from babel.dates import format_date

from newsletter.issue.date_text import UnclearError, read_date, read_month
from newsletter.issue.time_text import clock, read_times

DAY = datetime.date(2027, 3, 4)

ONE_READING = [
    *("2027-03-04", "2027-3-4", "2027/03/04", "4.3.2027", "4. 3. 2027", "Thursday 04/03/2027", "2027年3月4日"),
    *("4 March 2027", "March 4, 2027", "4 Mar 2027", "Mar. 4 2027", "4TH OF MARCH 2027", "the 4th March, 2027"),
    *("Thursday 4 March 2027", "Thu 4 Mar 2027", "Thurs., 4 March 2027", "4 March 2027 (Thursday)"),
]


@pytest.mark.parametrize("text", ONE_READING)
def test_a_day_with_one_reading(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(("text", "day"), [("25/12/2027", (2027, 12, 25)), ("12/25/2027", (2027, 12, 25)),
                                           ("04/04/2027", (2027, 4, 4)), ("29 Feb 2028", (2028, 2, 29))])  # fmt: skip
def test_figures_with_one_reading(text: str, day: tuple[int, int, int]) -> None:
    assert read_date(text) == datetime.date(*day)


@pytest.mark.parametrize(
    "language", ["cy", "ar", "de", "es", "eu", "fa-AF", "he", "hi", "hu", "hy", "ja", "lt", "ml", "pl", "ta", "vi"]
)
@pytest.mark.parametrize("style", ["full", "long"])
def test_a_day_as_its_language_writes_it(language: str, style: str) -> None:
    for month in range(1, 13):
        day = DAY.replace(month=month)
        assert read_date(format_date(day, style, language.replace("-", "_")), [language]) == day


@pytest.mark.parametrize("text", ["Thứ Năm, 4 tháng 3 năm 2027", "ngày 4 tháng ba năm 2027", "4 thg 3, 2027"])
def test_a_vietnamese_month_is_a_number_or_a_word(text: str) -> None:
    assert read_date(text, ["vi"]) == DAY


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "en") for text in ("March 2027", "Mar 2027", "in March, 2027", "2027-03", "03/2027", "3.2027")),
        ("Mawrth 2027", "cy"),
        ("marzo de 2027", "es"),
        ("مارس 2027", "ar"),
        ("tháng 3 năm 2027", "vi"),
        ("2027年3月", "ja"),
    ],
)
def test_a_month_alone(text: str, language: str) -> None:
    assert read_month(text, [language]) == datetime.date(2027, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["4 March 2027", "March", "2027", "13/2027", "0000-03", "March 27", "soon 2027", "March 2027 " + "x" * 100_000],
)
def test_other_texts_are_no_month(text: str) -> None:
    assert read_month(text) is None


UNCLEAR_DAYS = {
    "03/04/2027": ("can be two days", "Is it 3 April 2027 or 4 March 2027? Write 2027-04-03 or 2027-03-04."),
    "3-4-2027": ("can be two days", "Is it 3 April 2027 or 4 March 2027?"),
    "4 March": ("has no year", "four digits"),
    "4/3/27": ("only two digits", "four digits"),
    "4 March 27": ("only two digits", "four digits"),
    "26 Sept. 20223": ("“26 Sept. 20223” has 5 digits", "four digits"),
    "Sept 202": ("has 3 digits", "four digits"),
    "26.9.20223": ("has 5 digits", "four digits"),
    "1.2.3": ("only one digit", "four digits"),
    "26 Sept. 20,23": ("not written as one date", "2026-12-03"),
    "Friday 4 March 2027": ("is a Thursday", "Write “Thursday 4 March 2027”. If the weekday is right, write “Friday 5"),
    "Monday 03/04/2027": ("is a Saturday or a Thursday", "“Monday 5 April 2027” or “Monday 1 March 2027”"),
    "31 April 2027": ("There is no day 31 April 2027", "April 2027 has 30 days"),
    "2027-13-01": ("There is no day 2027-13-01", "Check the month"),
    "4 März 2027": ("is not written as a date", "such as 3 December 2026"),
    "4 to 6 March 2027": ("is not written as a date", "such as 3 December 2026"),
    "2027-03-04-05": ("is not written as a date", "such as 3 December 2026"),
    "March 2027": ("is not written as one date", "such as 3 December 2026"),
    "soon": ("is not written as a date", "such as 3 December 2026"),
    "4 March 2027 " + "x" * 1_000_000: ("is not written as a date", "such as 3 December 2026"),
}


@pytest.mark.parametrize("text", UNCLEAR_DAYS, ids=lambda text: text[:20])
def test_a_day_that_is_not_clear(text: str) -> None:
    message, hint = UNCLEAR_DAYS[text]
    with pytest.raises(UnclearError) as unclear:
        read_date(text)
    assert message in unclear.value.message and hint in unclear.value.hint


def test_one_name_of_two_months_is_not_guessed() -> None:
    with pytest.raises(UnclearError, match="two days"):
        read_date("4 listopada 2027", ["pl", "hr"])


TIMES = {
    "19:30": "19:30", "19.30": "19:30", "7.30pm": "19:30", "7:30 pm": "19:30", "7 p.m.": "19:00", "7pm": "19:00",
    "09:30": "09:30", "10:30": "10:30", "0:15": "00:15", "noon": "12:00", "12 noon": "12:00", "12.30pm": "12:30",
    "19h30": "19:30", "19.30 Uhr": "19:30", "7.30yh": "19:30", "٧:٣٠ م": "19:30", "from 6 to 7.30pm": "18:00 to 19:30",
    "18:00 to 19:30": "18:00 to 19:30", "18:00–19:30": "18:00 to 19:30", "6pm - 7.30pm": "18:00 to 19:30",
    "10 to 4pm": "10:00 to 16:00", "10am to 4": "10:00 to 16:00", "9 to 5": "09:00 to 17:00",
    "10am until noon": "10:00 to 12:00", "9pm to midnight": "21:00 to 24:00", "21:00 to 00:00": "21:00 to 24:00",
    "7:30 to 21:00": "07:30 to 21:00", "10:00 to 12:00": "10:00 to 12:00",
}  # fmt: skip


@pytest.mark.parametrize("text", TIMES)
def test_a_time_with_one_reading(text: str) -> None:
    start, end = read_times(text, ["en-GB", "cy", "ar"])
    assert TIMES[text] == clock(start) + (f" to {clock(end)}" if end else "")


SPANS = {
    "cy": ["11:00 hyd 17:00", "o 11:00 tan 17:00", "11yb hyd 5yh"], "ar": ["من 11:00 إلى 17:00"],
    "fr-CA": ["de 11h à 17h"], "de": ["von 11 bis 17 Uhr"], "es": ["desde las 11:00 hasta las 17:00"],
    "pl": ["11 do 17"], "hi": ["11:00 से 17:00 तक"], "ja": ["11:00から17:00まで"], "vi": ["11:00 đến 17:00"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in SPANS.items() for text in texts])
def test_a_span_in_the_words_of_a_language(language: str, text: str) -> None:
    assert read_times(text, [language]) == (11 * 60, 17 * 60)
    with pytest.raises(UnclearError, match="is not a time"):
        read_times(text, [])


@pytest.mark.parametrize("text", ["soon", "11:00 zu 17:00", "11:00 to late"])
def test_the_hint_of_a_wrong_time_shows_a_span(text: str) -> None:
    with pytest.raises(UnclearError) as unclear:
        read_times(text)
    assert "such as 09:30" in unclear.value.hint and "18:00 to 19:30" in unclear.value.hint


UNCLEAR_TIMES = {
    "7:30": ("can be two times of day", "Write 07:30 or 19:30."),
    "7.30": ("can be two times of day", "Write 07:30 or 19:30."),
    "12am": ("middle of the day or of the night", "Write 12:00 for the middle of the day, or 00:00"),
    "12pm": ("middle of the day or of the night", "Write 12:00 for the middle of the day, or 00:00"),
    "midnight": (
        "can be the beginning or the end of the day",
        "Write 00:00 for the midnight with which the day begins",
    ),
    "19:30pm": ("two kinds of clock", "Write 19:30"),
    "25:00": ("There is no time 25:00", "such as 09:30"),
    "7:60pm": ("There is no time 7:60pm", "such as 09:30"),
    "soon": ("is not a time of day", "such as 09:30"),
    "7 to 8 to 9pm": ("is not a time of day", "such as 09:30"),
    "10:00 to 11pm": ("has more than one meaning", "Write “10:00 to 23:00” or “22:00 to 23:00”."),
    "22:00 to 02:00": ("does not end after it begins", "If it ends on the next day"),
    "18:00 to 9:30": ("does not end after it begins", "If it ends on the next day"),
    "18:00 to 18:00": ("does not end after it begins", "If it ends on the next day"),
    "7pm " + " " * 1_000_000 + "x": ("is not a time of day", "such as 09:30"),
}


@pytest.mark.parametrize("text", UNCLEAR_TIMES, ids=lambda text: text[:20])
def test_a_time_that_is_not_clear(text: str) -> None:
    message, hint = UNCLEAR_TIMES[text]
    with pytest.raises(UnclearError) as unclear:
        read_times(text)
    assert message in unclear.value.message and hint in unclear.value.hint
