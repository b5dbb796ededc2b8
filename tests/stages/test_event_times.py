"""When an event is, in words, in each language of words.yaml and in one that it lacks."""

import datetime
from typing import Any

import pytest

from newsletter.issue.event import Event
from newsletter.issue.fields import Language
from newsletter.project import Project
from newsletter.stages.compose.dates import weekday_date_before
from newsletter.stages.compose.event_times import when
from newsletter.stages.compose.translations import Translator, read_translations

DATE, UNTIL = "2027-02-08", "2027-02-14"

CASES: list[tuple[dict[str, str], str, str, str]] = [
    ({"date": DATE}, "Monday 8 February 2027", "Dydd Llun 8 Chwefror 2027", "الاثنين، 8 فبراير 2027"),
    ({"date": DATE, "time": "7.30pm"},
     "Monday 8 February 2027, 7.30pm", "Dydd Llun 8 Chwefror 2027, 19:30", "الاثنين، 8 فبراير 2027، 19:30"),
    ({"date": DATE, "time": "9pm to midnight"}, "Monday 8 February 2027, 9pm to midnight",
     "Dydd Llun 8 Chwefror 2027, 21:00 tan hanner nos", "الاثنين، 8 فبراير 2027، من 21:00 إلى منتصف الليل"),
    ({"date": DATE, "time": "12:00 to 12:45"}, "Monday 8 February 2027, midday to 12.45pm",
     "Dydd Llun 8 Chwefror 2027, 12:00 tan 12:45", "الاثنين، 8 فبراير 2027، من 12:00 إلى 12:45"),
    # In the first hour of a day, "12.30am" has two meanings.
    ({"date": DATE, "time": "00:30"}, "Monday 8 February 2027, 00:30",
     "Dydd Llun 8 Chwefror 2027, 00:30", "الاثنين، 8 فبراير 2027، 00:30"),
    ({"date": DATE, "until": UNTIL}, "Monday 8 February to Sunday 14 February 2027",
     "Dydd Llun 8 Chwefror tan ddydd Sul 14 Chwefror 2027", "من الاثنين، 8 فبراير إلى الأحد، 14 فبراير 2027"),
    ({"date": "2026-12-31", "until": "2027-01-01"}, "Thursday 31 December 2026 to Friday 1 January 2027",
     "Dydd Iau 31 Rhagfyr 2026 tan ddydd Gwener 1 Ionawr 2027", "من الخميس، 31 ديسمبر 2026 إلى الجمعة، 1 يناير 2027"),
    ({"date": DATE, "until": UNTIL, "time": "10:00 to 17:00"},
     "Monday 8 February to Sunday 14 February 2027, 10am to 5pm each day",
     "Dydd Llun 8 Chwefror tan ddydd Sul 14 Chwefror 2027, 10:00 tan 17:00 bob dydd",
     "من الاثنين، 8 فبراير إلى الأحد، 14 فبراير 2027، من 10:00 إلى 17:00 كل يوم"),
    ({"date": DATE, "time": "18:00", "until": f"{UNTIL}, 14:00"},
     "Monday 8 February, 6pm to Sunday 14 February 2027, 2pm",
     "Dydd Llun 8 Chwefror, 18:00 tan ddydd Sul 14 Chwefror 2027, 14:00",
     "من الاثنين، 8 فبراير، 18:00 إلى الأحد، 14 فبراير 2027، 14:00"),
    ({"every": "Monday"}, "every Monday", "bob dydd Llun", "كل أسبوع يوم الاثنين"),
    ({"every": "week", "date": DATE, "until": "2027-03-29"}, "every Monday, from 8 February 2027, until 29 March 2027",
     "bob dydd Llun, o 8 Chwefror 2027 ymlaen, tan 29 Mawrth 2027",
     "كل أسبوع يوم الاثنين، ابتداءً من 8 فبراير 2027، حتى 29 مارس 2027"),
    ({"every": "fortnight", "date": DATE}, "every two weeks on Monday, from 8 February 2027",
     "bob pythefnos ar ddydd Llun, o 8 Chwefror 2027 ymlaen", "كل أسبوعين يوم الاثنين، ابتداءً من 8 فبراير 2027"),
    ({"every": "second Monday"}, "the second Monday of every month", "ail ddydd Llun bob mis",
     "كل شهر يوم الاثنين الثاني"),
    ({"every": "last Monday"}, "the last Monday of every month", "dydd Llun olaf bob mis", "كل شهر يوم الاثنين الأخير"),
    ({"every": "Mon, Wed and Thu"}, "every Monday, Wednesday and Thursday",
     "bob dydd Llun, dydd Mercher a dydd Iau", "كل أسبوع يوم الاثنين والأربعاء والخميس"),
    ({"every": "first and third Monday"}, "the first Monday of every month and the third Monday of every month",
     "dydd Llun cyntaf bob mis a thrydydd dydd Llun bob mis", "كل شهر يوم الاثنين الأول وكل شهر يوم الاثنين الثالث"),
    ({"every": "first and second Monday"}, "the first Monday of every month and the second Monday of every month",
     "dydd Llun cyntaf bob mis ac ail ddydd Llun bob mis", "كل شهر يوم الاثنين الأول وكل شهر يوم الاثنين الثاني"),
    ({"date": "March 2027", "time": "tba"}, "March 2027, time to be confirmed",
     "Mawrth 2027, amser i'w gadarnhau", "مارس 2027، الوقت يؤكد لاحقًا"),
    ({"week": DATE}, "week beginning Monday 8 February 2027", "yr wythnos sy'n dechrau ddydd Llun 8 Chwefror 2027",
     "الأسبوع الذي يبدأ الاثنين، 8 فبراير 2027"),
    ({"date": "tbc", "time": "tbc"}, "date to be confirmed, time to be confirmed",
     "dyddiad i'w gadarnhau, amser i'w gadarnhau", "التاريخ يؤكد لاحقًا، الوقت يؤكد لاحقًا"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "english", "welsh", "arabic"), CASES, ids=lambda case: str(case)[:60])
def test_when_an_event_is(keys: dict[str, Any], english: str, welsh: str, arabic: str, project: Project) -> None:
    event = Event.model_validate({"title": "Tea", **keys})
    for tag, words in (("en-GB", english), ("cy", welsh), ("ar", arabic)):
        text = when(event, _translator(project, tag), Language(tag))
        assert str(text).replace("&#39;", "'") == words
        assert not set(text) & set("-–—")


@pytest.mark.parametrize(("tag", "first"), [
    ("en-US", "Monday, February 8"), ("es", "lunes, 8 de febrero"), ("pt", "segunda-feira, 8 de fevereiro"),
    ("de", "Montag, 8. Februar"), ("fr", "lundi 8 février"),
    # What is not at the end, or has a word after it, stays.
    ("hu", "2027. február 8., hétfő"), ("ja", "2027年2月8日月曜日"),
    ("uk", "понеділок, 8 лютого 2027\N{NO-BREAK SPACE}р."),
])  # fmt: skip
def test_the_year_of_two_days_is_written_once_if_it_is_at_the_end(tag: str, first: str) -> None:
    days = [datetime.date.fromisoformat(day) for day in (DATE, UNTIL)]
    words = weekday_date_before(days[0], days[1], Language(tag))
    assert words.replace(",", "").split() == first.replace(",", "").split()


def test_every_place_in_a_month_has_its_words(project: Project) -> None:
    for day in range(1, 32):
        event = Event.model_validate({"title": "Tea", "every": "month", "date": str(datetime.date(2027, 1, day))})
        for tag in ("en-GB", "cy", "ar"):
            assert when(event, _translator(project, tag), Language(tag))


def test_words_of_another_language_are_marked_around_a_date(project: Project) -> None:
    event = Event.model_validate({"title": "Tea", "date": DATE, "time": "18:00 to 19:30"})
    assert when(event, _translator(project, "de"), Language("de")) == (
        'Montag, 8. Februar 2027<span lang="en" dir="ltr">, </span><span lang="en" dir="ltr"><span lang="de" dir="ltr">'
        "18:00</span> to "
        '<span lang="de" dir="ltr">19:30</span></span>'
    )


def _translator(project: Project, tag: str) -> Translator:
    return Translator(read_translations(project), Language(tag), Language("en-GB"))
