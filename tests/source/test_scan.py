"""A scan of a file reads as much as it can, and never fails."""

from __future__ import annotations

import pytest

from newsletter.source.scan import scan_texts

TOP = ("subject", "date")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("subject: A\ndate: 2027-01-02\n", {"subject": "A", "date": "2027-01-02"}),
        ('{subject: "A: b", articles: [{image: {src: a.png}}]}', {"subject": "A: b", "src": "a.png"}),
        ("articles:\n  - subject: No\n    src: a.png\n  - src: b.png\nsubject: A\n", {"subject": "A", "src": "a.png"}),
        ("words:\n  - a\n  - b\nsubject: |\n  A\n  b\n", {"subject": "A\nb\n"}),
        ("x: *a\nsubject: A\n", {"subject": "A"}),
        # After the first fault only lines at the edge, and nothing of what is no mapping.
        ("subject: A\ntitle: [\n", {"subject": "A"}),
        ('subject: "A"\n\ttab: 1\ndate: 2027-01-02\n', {"subject": "A", "date": "2027-01-02"}),
        ("x: [\nsubject: 'A: b'  # c\n date: 2027-01-02\n", {"subject": "A: b"}),
        ("x: [\nsubject: A #1 # c\ndate: |\n  2027\n", {"subject": "A"}),
        ("- subject: A\n", {}),
        ("subject", {}),
        ("", {}),
        ("subject: A\nsubject: B\n", {"subject": "A"}),
    ],
)
def test_it_reads_what_it_can(text: str, expected: dict[str, str]) -> None:
    assert scan_texts(text, TOP, anywhere="src") == expected


def test_it_reads_no_more_than_a_long_issue_has() -> None:
    assert scan_texts("list:\n" + 30_000 * "- a\n" + "subject: A\n", TOP, anywhere="src") == {}
    # libyaml itself would end the process at such a depth.
    assert scan_texts(f"subject: A\nlist: {'[' * 200_000}", TOP, anywhere="src") == {"subject": "A"}
