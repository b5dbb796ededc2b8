"""What changed between two versions: words by article, links, dates, numbers and pictures by name, moved articles."""

import random
import sys

import pytest

from newsletter.changes.align import find_gaps
from newsletter.changes.change_sentences import change_summary, heading, plain, sentence
from newsletter.changes.compare import compare
from newsletter.changes.version import Version

ISSUE = """\
subject: Winter news
date: 2026-12-03
articles:
  - title: Walking
    summary: The study had 12 people.
    image: {src: images/moor.png, alt: A moor}
    content:
      - text: |
          We meet on 14 October 2026 at the [town hall](https://example.org/hall). Bring a **coat**.
      - button: {text: Book, url: https://example.org/book}
  - title: Sleeping
    summary: Sleep is good for you.
  - title: Eating
    summary: Eat what you like, and often.
"""


def changes(old: str, new: str, **snippets: str) -> list[str]:
    """Return the headings and sentences of the changes between two sources."""
    sections = compare(Version("old", old, {}), Version("new", new, snippets))
    return [
        line
        for section in sections
        for line in (heading(section), *(plain(sentence(change)) for change in section.changes))
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Winter news", "Summer news", "Subject: removed “Winter”, added “Summer”."),
        ("12 people", "14 people", "Summary, number: removed “12”, added “14”, after “The study had”."),
        ("12 people", "12 old people", "Summary: added “old”, after “The study had 12”."),
        (
            "14 October 2026",
            "15 October 2026",
            "Text, date: removed “14 October 2026”, added “15 October 2026”, after “We meet on”.",
        ),
        ("2026-12-03", "2026-12-04", "Date: removed “2026-12-03”, added “2026-12-04”."),
        (
            "/hall)",
            "/inn)",
            "Text, link: removed “https://example.org/hall”, added “https://example.org/inn”, on “town hall”.",
        ),
        (
            "/book}",
            "/now}",
            "Button, address, link: removed “https://example.org/book”, added “https://example.org/now”.",
        ),
        ("moor.png", "sea.png", "Image, file, picture: removed “images/moor.png”, added “images/sea.png”."),
        ("A moor", "A wet moor", "Image, description: added “wet”, after “A”."),
        (
            "**coat**",
            "coat",
            "Text: only marks changed, such as bold words, lists, or where lines end. The words are the same.",
        ),
        (" Bring a **coat**.", "", "Text: removed “Bring a coat.”, after “at the town hall.”."),
    ],
)
def test_each_change_is_a_sentence(old: str, new: str, sentence: str) -> None:
    assert old in ISSUE
    *_, last = changes(ISSUE, ISSUE.replace(old, new))
    assert last == sentence


LONG = """\
articles:
  - title: Walking
    content:
      - text: |
          We meet on Monday.

          Bring a coat, and a **warm** hat
          and a flask of tea.

          Bring a friend.
      - text: We meet at the inn,
          and walk to the sea.
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("flask", "can", 8),
        ("flask of ", "", 8),
        ("a coat", "one coat", 7),
        ("**warm**", "warm", 7),
        ("a **warm** hat", "hats", 7),
        ("a friend", "your friend", 10),
        ("to the sea", "home", 12),
    ],
)
def test_a_change_is_at_the_line_of_its_words(old: str, new: str, line: int) -> None:
    (section,) = compare(Version("old", LONG), Version("new", LONG.replace(old, new)))
    assert [change.line for change in section.changes] == [line]


@pytest.mark.parametrize(("old", "new"), [("coat, and", "coat,  and"), ("hat\n          and", "hat and")])
def test_only_spaces_are_no_words(old: str, new: str) -> None:
    sections = compare(Version("old", LONG), Version("new", LONG.replace(old, new)))
    assert plain(sentence(sections[0].changes[0])) == (
        "Text: only spaces changed, or where lines end. The words are the same."
    )
    assert change_summary(sections) == "No words changed."


def test_the_spaces_before_a_line_are_no_words() -> None:
    broken = LONG.replace("    content", "   content")
    (section,) = compare(Version("old", LONG), Version("new", broken))
    assert [plain(sentence(change)) for change in section.changes] == ["Only spaces changed: “content:”."]
    assert change_summary([section]) == "No words changed."


def test_the_spaces_in_a_date_are_no_words() -> None:
    old, new = "on 3  May 2026, or later", "on 3 May 2026, or never"
    (section,) = compare(Version("old", f"title: {old}"), Version("new", f"title: {new}"))
    assert [plain(sentence(change)) for change in section.changes] == [
        "Title: removed “later”, added “never”, after “on 3 May 2026, or”."
    ]


def test_changes_are_by_article() -> None:
    new = ISSUE.replace("Winter", "Summer").replace("12 people", "14 people").replace("Sleep is", "Rest is")
    assert [line for line in changes(ISSUE, new) if "“" not in line or line.startswith("Article")] == [
        "The issue itself",
        "Article 1: “Walking”",
        "Article 2: “Sleeping”",
    ]


def test_a_moved_article_is_moved_and_not_new() -> None:
    start = ISSUE.index("  - title: Eating")
    new = ISSUE[:start].replace("articles:\n", f"articles:\n{ISSUE[start:]}")
    assert changes(ISSUE, new) == ["Article 1, moved from place 3: “Eating”"]
    sections = compare(Version("old", ISSUE), Version("new", new))
    assert change_summary(sections) == "1 article moved."


def test_an_article_with_another_title_is_the_same_article() -> None:
    assert changes(ISSUE, ISSUE.replace("title: Walking", "title: Going on foot")) == [
        "Article 1: “Going on foot”",
        "Title: removed “Walking”, added “Going on foot”.",
    ]


def test_new_and_removed_articles_have_all_their_words() -> None:
    start = ISSUE.index("  - title: Eating")
    assert changes(ISSUE, ISSUE[:start]) == [
        "Removed article 3: “Eating”",
        "Title: removed “Eating”.",
        "Summary: removed “Eat what you like, and often.”.",
    ]
    assert changes(ISSUE[:start], ISSUE)[0] == "New article 3: “Eating”"


def test_a_moved_block_is_moved() -> None:
    blocks = ISSUE.replace("      - button: {text: Book, url: https://example.org/book}\n", "")
    new = blocks.replace(
        "    content:\n", "    content:\n      - button: {text: Book, url: https://example.org/book}\n"
    )
    assert "moved to another place in the article" in " ".join(changes(ISSUE, new))
    assert not any("removed" in line for line in changes(ISSUE, new))


def test_the_order_of_keys_and_comments_is_no_change() -> None:
    assert changes(ISSUE, "# A comment\n" + ISSUE) == []
    assert changes("subject: a\ntitle: b\n", "title: b\nsubject: a\n") == []


def test_the_words_of_a_snippet_count() -> None:
    source = "articles:\n  - title: One\n    content:\n      - snippet: shop\n"
    texts = ["content:\n  - text: Open on Monday.\n", "content:\n  - text: Open on Tuesday.\n"]
    old, new = (Version("", source, {"shop": text}) for text in texts)
    (section,) = compare(old, new)
    (change,) = section.changes
    assert (change.removed, change.added, change.line) == ("Monday", "Tuesday", 4)


@pytest.mark.parametrize("broken", ["subject: [\n", "subject: a\nsubject: b\n", "- a\n", "", "just words\n"])
def test_lines_are_compared_if_a_version_cannot_be_read(broken: str) -> None:
    differences = changes(broken, ISSUE)
    assert differences[0] == "The file, line by line: there is an error in old"
    assert "Added “summary: Sleep is good for you.”." in differences
    assert changes(ISSUE, broken)[0] == "The file, line by line: there is an error in new"


def test_a_moved_line_is_moved() -> None:
    lines = ["subject: [\n", "title: b\n", "language: cy\n"]
    assert changes("".join(lines), "".join(reversed(lines)))[1:] == [
        "Moved to another place: “title: b”.",
        "Moved to another place: “subject: [”.",
    ]


def test_a_change_names_its_event_and_its_cell() -> None:
    source = """\
articles:
  - title: One
    content:
      - events:
          items:
            - {title: Tea by phone, date: 2027-02-03}
            - {title: Walk, date: 2027-02-05}
      - table:
          columns: [Place, Fare]
          rows:
            - [Bus, 2 pounds]
            - [Tram, 3 pounds]
"""
    new = source.replace(", date: 2027-02-03", "").replace("3 pounds", "4 pounds")
    assert changes(source, new)[1:] == [
        "Events, “Tea by phone”, date: removed “2027-02-03”.",
        "Table, row “Tram”, column “Fare”, number: removed “3”, added “4”.",
    ]
    # An item with another title is the same item.
    assert changes(source, source.replace("Walk", "Run"))[1:] == ["Events, “Run”, title: removed “Walk”, added “Run”."]


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("我们明天见面", "我们今天见面", "明", "今"),
        ("हम कल मिलेंगे", "हम आज मिलेंगे", "कल", "आज"),
        ("نلتقي غدا هنا", "نلتقي اليوم هنا", "غدا", "اليوم"),
        ("Bring 👩🏽‍🦯 now", "Bring 🧑🏾‍🦽 now", "👩🏽‍🦯", "🧑🏾‍🦽"),
    ],
)
def test_words_of_any_script(old: str, new: str, removed: str, added: str) -> None:
    (section,) = compare(Version("", f"subject: {old}\n"), Version("", f"subject: {new}\n"))
    (change,) = section.changes
    assert (change.removed, change.added) == (removed, added)


def test_what_is_outside_the_gaps_is_equal() -> None:
    choice = random.Random(1)
    for _ in range(300):
        old, new = ([choice.choice("abcdef") for _ in range(choice.randrange(12))] for _ in range(2))
        result, at = [], 0
        for gap in find_gaps(old, new):
            result += old[at : gap.old_start] + new[gap.new_start : gap.new_end]
            at = gap.old_end
        assert result + old[at:] == new


class _Counted:
    """An item that counts how often it is compared with another one, or looked up."""

    calls = 0

    def __init__(self, word: str) -> None:
        self.word = word

    def __hash__(self) -> int:
        _Counted.calls += 1
        return hash(self.word)

    def __eq__(self, other: object) -> bool:
        _Counted.calls += 1
        return isinstance(other, _Counted) and self.word == other.word


@pytest.mark.parametrize("words", ["ab", "abcdefghij", [str(number) for number in range(2000)]])
def test_the_work_grows_with_the_length_and_not_with_its_square(words: list[str]) -> None:
    length = 20_000
    choice = random.Random(1)
    old, new = ([_Counted(choice.choice(words)) for _ in range(length)] for _ in range(2))
    _Counted.calls = 0
    find_gaps(old, new)
    assert _Counted.calls < 200 * length, "difflib needs 100 times as many"


def test_a_large_issue_has_no_deep_recursion() -> None:
    words = [str(number) for number in range(3 * sys.getrecursionlimit())]
    assert find_gaps(words, words[::-1])
