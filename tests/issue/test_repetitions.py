"""Something can be repeated on several days of the week, as people write them."""

import pytest

from newsletter.issue.date_fields import Repetition
from newsletter.issue.date_text import UnclearError

EVERY = {
    "Monday and Thursday": "Monday and Thursday", "Mondays & Thursdays": "Monday and Thursday",
    "every Mon, Wed and Fri": "Monday, Wednesday and Friday", "Monday/Thursday": "Monday and Thursday",
    "Monday to Wednesday": "Monday, Tuesday and Wednesday", "Sat-Mon": "Saturday, Sunday and Monday",
    "first and third Tuesday of the month": "first Tuesday and third Tuesday",
    "1st Monday and last Friday": "first Monday and last Friday", "Tuesday, Tuesdays": "Tuesday",
    "bob dydd Llun a dydd Iau": "Monday and Thursday", "الاثنين والخميس": "Monday and Thursday",
    "segunda-feira e quinta-feira": "Monday and Thursday", "thứ hai và thứ năm": "Monday and Thursday",
    "every two weeks": "fortnight", "weekly": "week",
}  # fmt: skip


@pytest.mark.parametrize("text", EVERY)
def test_several_days(text: str) -> None:
    every = Repetition.read(text, ["cy", "ar", "pt", "vi"])
    assert every == EVERY[text]
    assert not every.days or Repetition.on(every.days) == Repetition.read(every, []) == every


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("second Tuesday and Friday", "can be two things", "first Tuesday and first Friday"),
        ("Friday and second Tuesday", "can be two things", "two events"),
        *(
            (text, "is not how often", "Monday and Thursday")
            for text in ("Monday and", "Monday to", "first", "-", "day")
        ),
        ("Monday and Thurzday", "is not how often", "Monday and Thursday"),
        ("Monday " * 50_000, "is not how often", "Monday and Thursday"),
    ],
)
def test_days_that_are_not_clear(text: str, message: str, hint: str) -> None:
    with pytest.raises(UnclearError) as unclear:
        Repetition.read(text, [])
    assert message in unclear.value.message and hint in unclear.value.hint
