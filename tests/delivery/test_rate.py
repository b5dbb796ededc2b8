"""The rate of a relay, by a clock that only the test moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.delivery.rate import Pace, Rate


@pytest.mark.parametrize(("text", "interval"), [("30/min", 2), ("1/s", 1), ("500/hour", 7.2), ("2000/day", 43.2)])
def test_a_rate_is_a_number_and_a_time(text: str, interval: float) -> None:
    assert (Rate.parse(text).interval, str(Rate.parse(text))) == (interval, text)


@pytest.mark.parametrize("text", ["", "30", "0/min", "-1/min", "30/week", "1.5/s", "30 / min", "٣/min", "9999999/s"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="such as 30/min"):
        Rate.parse(text)


@given(st.integers(1, 100), st.lists(st.floats(0, 50), max_size=60))
def test_no_minute_has_more_than_the_rate_however_long_messages_take(number: int, spent: list[float]) -> None:
    now, starts = 1000.0, []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    pace = Pace(Rate(number, "min"), sleep, lambda: now)
    began = now
    for seconds in spent:
        pace.wait()
        starts.append(now)
        sleep(seconds)
    for start in [began, *starts]:
        # Half a microsecond for the error of sums of floating-point numbers.
        assert sum(start <= each < start + 60 - 5e-7 for each in starts) <= number
    if not any(spent) and spent:
        assert now - began == pytest.approx(60 / number * len(spent))
