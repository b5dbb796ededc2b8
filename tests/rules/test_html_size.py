"""The hint of the rule `html-size`."""

import pytest

from newsletter.check.context import CheckContext
from newsletter.edition import Edition
from newsletter.rules.message import html_size


@pytest.mark.parametrize(
    ("share", "part_of_hint"),
    [(0.95, "Move 1 article to the next issue"), (0.05, "Move the longest parts of each article to your website")],
)
def test_the_hint_does_not_move_the_whole_issue(share: float, part_of_hint: str, editions: dict[str, Edition]) -> None:
    message = CheckContext(next(iter(editions.values()))).message
    limit = message.html_bytes / 1000 * share
    (finding,) = html_size.check(message, {"warn_from_kb": limit, "block_from_kb": limit})
    assert part_of_hint in (finding.hint or "")
