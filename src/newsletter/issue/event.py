"""Something to go to: what it is, when and where."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from newsletter.english import date_with_weekday
from newsletter.issue import to_write
from newsletter.issue.date_fields import Date, EventDate, LastDay, Month, Repetition, Times, ordinals
from newsletter.issue.fields import invalid_value
from newsletter.issue.model import LAST_YEAR, IssueModel, Link
from newsletter.issue.text_fields import InlineMarkdown, Text
from newsletter.issue.time_text import DAY, clock

FIRST_YEAR = 1900
_Problem = tuple[str, str, str]
"""The key that a problem is about, the problem and what to do."""


class Event(IssueModel):
    """Something to go to: once, for some days, or again and again."""

    title: Annotated[Text, Field(description="What it is called.")]
    date: Annotated[
        EventDate | None, Field(description="The day, or the first of several; a month; or “to be confirmed”.")
    ] = None
    week: Annotated[Date | None, Field(description="Instead of “date”: the day with which its week begins.")] = None
    time: Annotated[Times | None, Field(description="Such as 18:00, 18:00 to 19:30, or to be confirmed.")] = None
    every: Annotated[
        Repetition | None,
        Field(description="Such as week, fortnight, month, Tuesday, Monday and Thursday, or last Tuesday."),
    ] = None
    until: Annotated[LastDay | None, Field(description="The last day, and the time of its end if that is given.")] = (
        None
    )
    place: Annotated[InlineMarkdown | None, Field(description="Where it is.")] = None
    access: Annotated[
        InlineMarkdown | None, Field(description="What people need to know to be sure that they can come.")
    ] = None
    cost: Annotated[InlineMarkdown | None, Field(description="What it costs.")] = None
    link: Annotated[Link | None, Field(description="Where to book, or to read more.")] = None

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if to_write.DAY in (self.date, self.week):
            return self
        if self.date is None and self.week is None and not (self.every and self.every.days):
            if self.every:
                message = "Nothing says on which day this is."
                hint = "Write the day, such as “every: Tuesday”. Or add a line “date: 2026-12-03”, with the right day."
            else:
                message = "This event has no “date”."
                hint = (
                    "Add a line “date: 2026-12-03”, and write the right day. If it is not known yet, write "
                    "“date: to be confirmed” there."
                )
            raise invalid_value(message, hint, id="missing")
        if problems := list(self._year()) or [*self._twice(), *self._end(), *self._weekday()]:
            raise invalid_value(
                "This event cannot be at this time.", "", by_path=[((key,), *text) for key, *text in problems]
            )
        return self

    @property
    def day(self) -> datetime.date | None:
        """The day, or the first day of several, if it is known."""
        return self.date if isinstance(self.date, datetime.date) else None

    @property
    def month(self) -> Month | None:
        """The month, if only that is known of the day."""
        return self.date if isinstance(self.date, Month) else None

    @property
    def repeats(self) -> Repetition | None:
        """The repetition by the name of its day: `week` is `Tuesday`, and `month` is `second Tuesday`.

        `fortnight` stays, because no name says in which of two weeks it is.
        """
        if self.every is None or self.day is None or self.every.days or self.every == "fortnight":
            return self.every
        name = calendar.day_name[self.day.weekday()]
        return Repetition(f"{ordinals(self.day)[0]} {name}" if self.every == "month" else name)

    @property
    def last_day(self) -> datetime.date | None:
        """The day with which it is over; None if that is not known, or if it is repeated without an end."""
        if self.until:
            return self.until.date
        if self.week:
            return self.week + datetime.timedelta(days=6)
        if self.month:
            return self.month.last_day
        return None if self.every else self.day

    def _year(self) -> Iterator[_Problem]:
        """Yield the problems with days that are too far away."""
        first = self.month.first_day if self.month else self.day
        for key, day in (("date", first), ("week", self.week), ("until", self.until and self.until.date)):
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                yield key, f"This event is in the year {day.year}.", "Correct the year."

    def _twice(self) -> Iterator[_Problem]:
        """Yield the problem with an event that says in two ways when it is."""
        unsure = self.day is None and self.date is not None
        for key in ("date", "every", "until"):
            if self.week and getattr(self, key) is not None:
                yield "week", f"This event has “week” and “{key}”.", f"Delete “week”, or delete “{key}”."
                return
            if unsure and key != "date" and getattr(self, key) is not None:
                if self.month:
                    yield key, f"The date is a whole month, but there is “{key}”.", f"Write the day, or delete “{key}”."
                else:
                    message = f"The date is to be confirmed, but there is “{key}”."
                    yield key, message, f"Delete “date”, or delete “{key}”."
                return

    def _end(self) -> Iterator[_Problem]:
        """Yield the problems with the last day, and with the times of an event of several days."""
        if self.until is None or self.week or (self.date and self.day is None):
            return
        if self.day and self.until.date < self.day:
            first, last = date_with_weekday(self.day), date_with_weekday(self.until.date)
            message = f"This event ends on {last}, before it begins on {first}."
            yield "until", message, "Correct one of the two days."
        elif self.every is None and self.day == self.until.date:
            hint = "Delete “until”. If it ends at a time, write both times, such as “time: 18:00 to 19:30”."
            yield "until", "This event ends on the day on which it begins.", hint
        elif self.until.time:
            yield from self._end_time()
        elif self.every is None and self.time and self.time.start and not self.time.end:
            start = self.time.start.clock
            later = clock(min(start.hour * 60 + start.minute + 2 * 60, DAY - 1))
            hint = (
                f"If it begins then on each day, write both times, such as “time: {self.time} to {later}”, or one "
                f"event for each day. If it goes on until the last day, write “until: {self.until}, {later}”."
            )
            yield "time", f"{self.time} can be on each day, or only on the first.", hint

    def _end_time(self) -> Iterator[_Problem]:
        if self.every:
            hint = "Write only the day in “until”, and both times in “time”, such as “time: 18:00 to 19:30”."
            yield "until", "This event is repeated, so “until” can be only a day.", hint
        elif self.time is None or self.time.start is None:
            hint = "Add a line “time: 18:00”, with the right time, or delete the time in “until”."
            yield "until", "This event says at what time it ends, but not at what time it begins.", hint
        elif self.time.end:
            hint = "Write only the beginning in “time”; or only the day in “until”, if the times are those of each day."
            yield "until", "This event says twice at what time it ends.", hint

    def _weekday(self) -> Iterator[_Problem]:
        """Yield the problem with a first day that is not one of the days on which the event is repeated."""
        if self.every is None or self.day is None or not self.every.days or self.every.includes(self.day):
            return
        weeks = {week for week, _ in self.every.days}
        better = calendar.day_name[self.day.weekday()]
        better = better if weeks == {""} else f"{ordinals(self.day)[0]} {better}"
        if len(self.every.days) > 1:
            message = f"{date_with_weekday(self.day)} is none of the days in “{self.every}”."
            yield "every", message, f"Correct the date, or add “{better}” to “every”."
            return
        message = f"{date_with_weekday(self.day)} is not a {self.every}."
        if weeks != {""}:
            message = f"{date_with_weekday(self.day)} is not the {self.every} of its month."
        yield "every", message, f"Correct the date, or write “every: {better}”."
