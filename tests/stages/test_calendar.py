"""A calendar file is read back as the event that it was written from, in any time zone and with any title."""

from __future__ import annotations

import datetime
import textwrap
import zoneinfo
from pathlib import Path

import icalendar
import pytest
from dateutil.rrule import rrulestr

from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.issue.text_fields import InlineMarkdown
from newsletter.pipeline import build_issue, read_issue
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.stages.calendar import write_calendar
from support.command import run
from support.own_brand import write_own_brand

LONDON = zoneinfo.ZoneInfo("Europe/London")
ISSUE = """\
subject: "What is on this spring"
preheader: "Yoga, tea and an exhibition near you"
title: "Neuro News"
date: 2026-12-03
language: {language}
articles:
  - title: "What is on"
    summary: "Things to go to."
    content:
      - events:
          calendar: true
          items:
"""


def source(items: str, language: str = "en-GB") -> str:
    return ISSUE.format(language=language) + textwrap.indent(textwrap.dedent(items).strip(), " " * 12) + "\n"


def files(items: str, project: Project, brand: Brand, language: str = "en-GB") -> dict[str, bytes]:
    issue = load(project.issues / "2026-12-03-winter.yaml", project, brand, source(items, language))
    return write_calendar(issue, brand, project)


def read(content: bytes) -> icalendar.Component:
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def only(item: str, project: Project, brand: Brand) -> icalendar.Component:
    ((_, content),) = files(f"- {item}", project, brand).items()
    return read(content)


def moments(event: icalendar.Component) -> list[datetime.datetime]:
    (rule,) = (line for line in event.content_lines() if line.startswith("RRULE"))
    return list(rrulestr(rule, dtstart=event.decoded("DTSTART")))


def at(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(("when", "start", "end"), [
    ("date: 2027-03-04, time: 7.30pm to 9pm", at(2027, 3, 4, 19, 30), at(2027, 3, 4, 21)),
    ("date: 2027-07-04, time: 9pm to midnight", at(2027, 7, 4, 21), at(2027, 7, 5)),
    ("date: 2027-03-27, time: 18:00, until: '2027-03-28, 14:00'", at(2027, 3, 27, 18), at(2027, 3, 28, 14)),
    ("date: 2027-03-04, time: 18:00", at(2027, 3, 4, 18), None),
    ("date: 2027-03-04", datetime.date(2027, 3, 4), datetime.date(2027, 3, 5)),
    ("date: 2027-03-04, time: tbc", datetime.date(2027, 3, 4), datetime.date(2027, 3, 5)),
    ("date: 2027-03-04, until: 2027-03-10", datetime.date(2027, 3, 4), datetime.date(2027, 3, 11)),
])  # fmt: skip
def test_the_times_of_an_event(
    when: str, start: datetime.date, end: datetime.date | None, project: Project, brand: Brand
) -> None:
    event = only(f"{{title: Tea, {when}}}", project, brand)
    assert event.decoded("DTSTART") == start
    assert event.decoded("DTEND", None) == end
    assert "RRULE" not in event


@pytest.mark.parametrize(("when", "days", "number"), [
    ("date: 2027-03-16, every: week, until: 2027-04-06", ("2027-03-16", "2027-04-06"), 4),
    ("date: 2027-03-16, every: fortnight, until: 2027-04-12", ("2027-03-16", "2027-03-30"), 2),
    ("every: Tuesday, until: 2027-04-06", ("2026-12-08", "2027-04-06"), 18),
    ("every: last Friday, until: 2027-04-30", ("2026-12-25", "2027-04-30"), 5),
    ("date: 2027-01-12, every: month, until: 2027-06-30", ("2027-01-12", "2027-06-08"), 6),
    ("every: Monday and Thursday, until: 2027-01-04", ("2026-12-03", "2027-01-04"), 10),
    ("every: first and third Tuesday, until: 2027-02-28", ("2026-12-15", "2027-02-16"), 5),
    ("date: 2027-03-27, until: 2027-03-29", ("2027-03-27", "2027-03-29"), 3),
])  # fmt: skip
def test_a_repeated_event_is_at_the_same_time_all_year(
    when: str, days: tuple[str, str], number: int, project: Project, brand: Brand
) -> None:
    every = moments(only(f"{{title: Tea, {when}, time: 19:30 to 20:30}}", project, brand))
    assert len(every) == number
    assert (str(every[0].date()), str(every[-1].date())) == days
    assert {(moment.hour, moment.minute) for moment in every} == {(19, 30)}


def test_the_file_says_by_itself_when_summer_time_begins(project: Project, brand: Brand) -> None:
    ((_, content),) = files("- {title: Tea, every: Tuesday, time: '19:30'}", project, brand).items()
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    known = zone.to_tz()
    for month, hours in ((1, 0), (7, 1)):
        for year in (2027, 2036):
            assert datetime.datetime(year, month, 5, 19, 30, tzinfo=known).utcoffset() == datetime.timedelta(
                hours=hours
            )


HOSTILE = [
    'Tea, "cakes"; and more', r"C:\temp\new \, \; \\", "BEGIN:VEVENT", "END:VCALENDAR", "=?utf-8?q?=41?=", "a" * 400,
    "é" * 100, "🏴\U000e0067\U000e0062\U000e007f" * 30, "اسألوا الممرضة", "日本語" * 40, "<b>&amp;", "10^9; x:y=z",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE, ids=lambda title: title[:20])
def test_any_title_comes_back(title: str, project: Project, brand: Brand) -> None:
    quoted = "'" + title.replace("'", "''") + "'"
    item = f"- {{title: {quoted}, date: 2027-03-04, place: {quoted}, access: {quoted}, cost: {quoted}}}"
    ((name, content),) = files(item, project, brand).items()
    event = read(content)
    assert event["SUMMARY"] == title
    words = InlineMarkdown.check(title).words  # without the backslashes that Markdown takes away
    assert event["LOCATION"] == words
    assert event["DESCRIPTION"] == f"Access: {words}\nCost: {words}"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"") and content.endswith(b"END:VCALENDAR\r\n")
    assert name.isascii() and len(name) < 60


def test_what_a_file_says_besides(project: Project, brand: Brand) -> None:
    item = """
      title: Te
      date: 2027-03-04
      time: tbc
      access: Ramp
      link: {text: Cadwch le, url: "https://www.example.org/a,b;c"}
    """
    content = files("- " + textwrap.dedent(item).strip().replace("\n", "\n  "), project, brand, "cy")["te.ics"]
    event = read(content)
    assert event["UID"] == "2026-12-03-winter-te@neuro-news.example.org"
    assert event["URL"] == "https://www.example.org/a,b;c"
    assert event["DESCRIPTION"] == "amser i'w gadarnhau\nMynediad: Ramp\nCadwch le: https://www.example.org/a,b;c"
    assert event["SUMMARY"].params["LANGUAGE"] == "cy"
    assert event.decoded("DTSTAMP") == datetime.datetime(2026, 12, 3, 9, tzinfo=datetime.UTC)
    assert b"VTIMEZONE" not in content


def test_names_and_links_are_unique_and_uncertain_events_have_none(project: Project, brand: Brand) -> None:
    items = """
        - {title: Tea, date: 2027-03-04}
        - {title: Tea, date: 2027-03-05, time: "18:00"}
        - {title: Tea 2, date: 2027-03-06}
        - {title: CON, date: 2027-03-07}
        - {title: Fair, date: to be confirmed}
        - {title: Visits, week: 2027-03-08}
        - {title: Choir, every: Tuesday, until: 2026-12-04}
    """
    build = build_issue(project.issues / "x.yaml", project, brand, source(items))
    links = read_issue(build).text.split("Add “")[1:]
    assert [link.split("” to your calendar:")[0] for link in links] == [
        "Tea, Thursday 4 March 2027", "Tea, Friday 5 March 2027, 6pm", "Tea 2", "CON",
    ]  # fmt: skip
    names = list(write_calendar(build.issue, brand, project))
    assert names == ["tea.ics", "tea-2.ics", "tea-2-2.ics", "event-con.ics"]
    assert all(f"https://news.example.org/pictures/x/calendar/{name}\n" in link for name, link in zip(names, links))  # noqa: B905


def test_without_an_address_it_says_what_to_write(project: Project, brand: Brand) -> None:
    brand = brand.model_copy(update={"base_url": None, "images": "embed"})
    with pytest.raises(Problems) as error:
        build_issue(project.issues / "x.yaml", project, brand, source("- {title: Tea, date: 2027-03-04}"))
    (problem,) = error.value.problems
    assert (problem.location.line, problem.location.column) == (11, 21)
    assert "hosted" in problem.message and "base_url" in problem.hint


def test_files_are_beside_the_message_until_no_event_needs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_own_brand(tmp_path)
    with (tmp_path / "templates/brand.yaml").open("a", encoding="utf-8") as brand:
        brand.write("base_url: https://news.saltby.test/pictures/\n")
    (tmp_path / "issues").mkdir()
    path, folder = tmp_path / "issues/winter.yaml", tmp_path / "outbox/winter/calendar"
    path.write_text(source("- {title: Tea, date: 2027-03-04}\n- {title: Choir, every: Tuesday}"), "utf-8")
    result = run("render")
    address = "https://news.saltby.test/pictures/winter/calendar/"
    assert f"outbox/winter/calendar: 2 calendar files. Upload what is in this folder to {address} bef" in result.output
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert first.keys() == {"tea.ics", "choir.ics"}
    path.write_text(source("- {title: Tea, date: 2027-03-04}"), "utf-8")
    assert run("render").exit_code == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"tea.ics": first["tea.ics"]}
    path.write_text(source("- {title: Tea, date: 2027-03-04}").replace("calendar: true", "calendar: false"), "utf-8")
    assert run("render").exit_code == 0
    assert not folder.exists() and not folder.with_suffix(".sha256").exists()
