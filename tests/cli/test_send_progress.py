"""What `newsletter send` prints on a terminal while it sends."""

from __future__ import annotations

from collections import Counter

import pytest

from newsletter.cli.progress import SendProgress
from newsletter.delivery.journal import DeliveryState
from newsletter.send.readers import SendResult


@pytest.mark.parametrize(
    ("accepted", "refused", "due", "seconds", "line"),
    [
        (0, 0, 1000, 4, "0 of 1,000 emails sent, about 33 minutes left"),
        # 30 a minute are allowed, and sent.
        (300, 0, 1000, 600, "300 of 1,000 emails sent, about 23 minutes left"),
        # The relay takes 10 a minute.
        (90, 10, 1000, 600, "90 of 1,000 emails sent, 10 not accepted, about 90 minutes left"),
        (10, 0, 5000, 20, "10 of 5,000 emails sent, about 3 hours left"),
        (999, 0, 1000, 1998, "999 of 1,000 emails sent, about 2 seconds left"),
        (8, 0, 8, 16, "8 of 8 emails sent"),
    ],
)
def test_the_time_that_is_left_is_by_the_rate_and_by_what_was_measured(  # noqa: PLR0913, PLR0917 - a column each
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    accepted: int,
    refused: int,
    due: int,
    seconds: int,
    line: str,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = SendProgress(interval=2)
    monkeypatch.setattr(progress, "_started", 0.0)
    monkeypatch.setattr(progress, "_printed", 0.0)
    monkeypatch.setattr("newsletter.cli.progress.time.monotonic", lambda: float(seconds))
    progress(SendResult(due, results=Counter[DeliveryState]({"accepted": accepted, "refused": refused})))
    assert capsys.readouterr().err == f"{line}\n"
