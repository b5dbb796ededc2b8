"""Nothing an editor wrote is lost, and what only looks different is not reported."""

from __future__ import annotations

import html
import re
from email.message import EmailMessage

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.edition import InlinedPage, PlainText
from newsletter.problems import Problem
from newsletter.verify import MOST_LOSSES, Email, SourceFile, find_losses

FILE = "issues/test.yaml"


def message(page: str, text: str, subject: str = "News & views") -> bytes:
    email = EmailMessage()
    email["Subject"] = subject
    email.set_content(text)
    email.add_alternative(page, subtype="html")
    return email.as_bytes()


def check(source: str, page: str, text: str, eml: bytes | None = None) -> list[Problem]:
    page = page if "<title>" in page else f"<html><head><title>News &amp; views</title></head>{page}</html>"
    eml = message(page, text) if eml is None else eml
    return list(
        find_losses(
            [SourceFile(source, FILE)],
            [SourceFile("", "templates/brand.yaml")],
            [Email("standard", InlinedPage(page), PlainText(text), eml)],
        )
    )


SOURCE = """\
subject: "News & views"
preheader: "First words"
title: "Neuro News, May"
date: 2023-09-26
language: en-GB
time: "08:15"
welcome: |
  Hello, and **welcome**.

  - First thing
  - Second thing
articles:
  - link: {url: "https://example.org/?a=1&b=2", text: "Go to the trial"}
    title: "Stem cells"
    summary: "People had 1.7 relapses, with p < 0.05."
    image: {src: images/a.jpg, alt: "Nurse\xa0Ann & a dog", decorative: false}
    content:
      - text: |  # a comment about Neutrophils
          Neutrophils at 10^9/L are AT&T; see [the *paper*](https://example.org/paper_(one)).

          The same words again.
          They go on here.
      - table:
          caption: "Clinics"
          columns: [Town, Day]
          rows: [[Leeds, 3 December], [Hull, "> 50 days"]]
      - figures: {items: [{value: 73 %, label: of all}, {value: 9 in 100, label: of some}]}
  - title: "Second piece"
    summary: "Less of it."
    content:
      - text: |
          The same words again.

          Call <tel:+441632960144> or [write](mailto:a@example.org?subject=Hi).
      - events: {items: [{title: Yoga, date: 2024-01-08, time: "09:30", place: Here}]}
glossary:
  aHSCT: a transplant of blood
"""

PAGE = """\
<html><head><title>News &amp; views</title><style>p > a {color: red}</style></head><body>
<!--[if mso]><p>Stray</p><![endif]--><div>First words</div><h1>Neuro News, May</h1>
<p>Tuesday 26 September 2023</p><p>Hello, and <b>welcome</b>.</p><ul><li>First thing</li><li>Second thing</li></ul>
<ol><li><a href="#1">Stem cells</a></li><li><a href="#2">Second piece</a></li></ol>
<h2>Stem cells</h2><p>People had 1.7 relapses, with p &lt; 0.05.</p>
<img src="https://example.org/a.jpg" alt="Nurse&#160;Ann &amp; a dog"><p>Neutrophils at 10<sup>9</sup>/L are AT&amp;T;
see <a href="https://example.org/paper_(one)">the <em>paper</em></a>.</p>
<p>The same words again. They go on here.</p>
<table><caption>Clinics</caption><tr><th>Town</th><th>Day</th></tr><tr><th>Leeds</th><td>3 December</td></tr>
<tr><th>Hull</th><td>&gt; 50 days</td></tr></table>
<p><span>73</span><span>%</span> <span>of all</span></p><p>9 in 100: of some</p>
<a href="https://example.org/?a=1&amp;b=2">Go to the trial</a>
<h2>Second piece</h2><p>Less of it.</p><p>The same words again.</p>
<p>Call <a href="tel:+441632960144">tel:+441632960144</a> or <a href="mailto:a@example.org?subject=Hi">write</a>.</p>
<h3>Yoga</h3><p>Monday 8 January 2024, 9:30</p><p>Where: Here</p>
<dl><dt>aHSCT</dt><dd>a transplant of blood</dd></dl></body></html>
"""

TEXT = """\
First words

++ Neuro News, May

Tuesday 26 September 2023

Hello, and welcome.

- First thing
- Second thing

1. Stem cells
2. Second piece

+ 1. Stem cells

People had 1.7 relapses, with p < 0.05.

[Image: Nurse\xa0Ann & a dog]

Neutrophils at 10^9/L are AT&T; see the paper.

the paper:
https://example.org/paper_(one)

The same words again. They go on here.

Clinics
Town: Leeds
Day: 3 December
Town: Hull
Day: > 50 days

73% of all
9 in 100: of some

Go to the trial:
https://example.org/?a=1&b=2

+ 2. Second piece

Less of it.

The same words again.

Call tel:+441632960144 or write.

write:
a@example.org

Yoga
Monday 8 January 2024, 9:30
Where: Here

aHSCT: a transplant of blood
"""


def line_of(words: str, nth: int = 1) -> int:
    lines = [number for number, line in enumerate(SOURCE.splitlines(), 1) if words in line]
    return lines[nth - 1]


def test_an_honest_edition_has_lost_nothing() -> None:
    assert check(SOURCE, PAGE, TEXT) == []


LOST_FROM_PAGE = [
    # what happens to the page; where it was written; the id; what is named
    ("People had 1.7", "People 1.7", line_of("People had"), "words-lost", "“had”"),
    ("with p &lt; 0.05", "with p 0.05", line_of("People had"), "words-lost", "“<”"),
    ("1.7", "17", line_of("People had"), "words-lost", "“1.7”"),
    ("10<sup>9</sup>/L", "109/L", line_of("Neutrophils at"), "words-lost", "“10^9/L”"),
    ("10<sup>9</sup>/L", "10<sup>6</sup>/L", line_of("Neutrophils at"), "words-lost", "“10^9/L”"),
    ("AT&amp;T;", "AT&amp;T", line_of("Neutrophils at"), "words-lost", "“&T”"),
    ("&amp;T;", "&amp;amp;T;", line_of("Neutrophils at"), "words-lost", "“&T”"),
    ("They go on here.", "", line_of("They go on"), "words-lost", "“They go on here”"),
    ("<th>Leeds</th><td>3 December</td>", "<th>Leeds3 December</th>", line_of("Leeds"), "words-lost", "“Leeds”"),
    ("<td>3 December</td>", "", line_of("Leeds"), "words-lost", "“3 December”"),
    ("&gt; 50 days", "50 days", line_of("Hull"), "words-lost", "“>”"),
    ("<caption>Clinics</caption>", "", line_of("Clinics"), "words-lost", "“Clinics”"),
    ("<span>73</span><span>%</span>", "<span>73</span>", line_of("73 %"), "words-lost", "“73 %”"),
    ("<li>Second thing</li>", "", line_of("Second thing"), "words-lost", "“Second thing”"),
    ("<b>welcome</b>", "welcome<b></b>d", line_of("welcome**"), "words-lost", "“welcome”"),
    ("and <b>", "and<b>", line_of("welcome**"), "words-lost", "“Hello and welcome”"),
    (
        "<p>Less of it.</p><p>The same words again.</p>",
        "<p>Less of it.</p>",
        line_of("The same", 2),
        "words-lost",
        "again”",
    ),
    ("<p>The same words again. They", "<p>They", line_of("The same"), "words-lost", "“The same words again”"),
    ("<h2>Second piece</h2>", "", line_of("Second piece"), "words-lost", "“Second piece”"),
    ("<dt>aHSCT</dt>", "", line_of("aHSCT"), "words-lost", "“aHSCT”"),
    ("<dd>a transplant of blood</dd>", "", line_of("aHSCT"), "words-lost", "“a transplant of blood”"),
    ("Nurse&#160;Ann", r"Nurse\u{a0}Ann", line_of("alt:"), "alt-lost", "Nurse Ann"),
    ('alt="Nurse&#160;Ann &amp; a dog"', 'alt=""', line_of("alt:"), "alt-lost", "Nurse Ann & a dog"),
    ("?a=1&amp;b=2", "?a=1", line_of("a=1"), "link-lost", "“https://example.org/?a=1&b=2”"),
    ("paper_(one)", "paper_(one", line_of("paper_"), "link-lost", "“https://example.org/paper_(one)”"),
    ('href="tel:+441632960144"', "", line_of("tel:"), "link-lost", "“tel:+441632960144”"),
    ('href="mailto:a@example.org?subject=Hi"', "", line_of("mailto:"), "link-lost", "mailto:a@example.org"),
    ("26 September", "September", line_of("2023-09-26"), "date-lost", "The date 2023-09-26"),
    ("8 January 2024", "8 January", line_of("2024-01-08"), "date-lost", "The date 2024-01-08"),
    (", 9:30", "", line_of("09:30"), "date-lost", "The time 09:30"),
    ("<title>News &amp; views", "<title>News views", 1, "subject-lost", "“&” of the subject"),
    ("First words", "First", line_of("First"), "words-lost", "“First words”"),
]


@pytest.mark.parametrize(("old", "new", "line", "name", "named"), LOST_FROM_PAGE)
def test_what_the_page_lost_is_named_where_it_was_written(old: str, new: str, line: int, name: str, named: str) -> None:
    assert old in PAGE
    problems = check(SOURCE, PAGE.replace(old, new, 1), TEXT)
    assert {(problem.location.file, problem.location.line, problem.id) for problem in problems} == {(FILE, line, name)}
    assert named in problems[0].message
    assert all(problem.message.endswith("lost on the way to the page.") for problem in problems)
    assert "not your mistake" in problems[0].hint


LOST_FROM_TEXT = [
    ("1.7", "17", line_of("People had"), "words-lost", "“1.7”"),
    ("10^9/L", "109/L", line_of("Neutrophils at"), "words-lost", "“10^9/L”"),
    ("p < 0.05", "p 0.05", line_of("People had"), "words-lost", "“<”"),
    ("AT&T;", "ATT;", line_of("Neutrophils at"), "words-lost", "“AT &T”"),
    ("Leeds\nDay: 3 December", "Leeds3 December", line_of("Leeds"), "words-lost", "“Leeds”"),
    ("- First thing\n", "", line_of("First thing"), "words-lost", "“First thing”"),
    ("[Image: Nurse\xa0Ann & a dog]", "", line_of("alt:"), "alt-lost", "Nurse Ann & a dog"),
    ("?a=1&b=2", "?a=1", line_of("a=1"), "link-lost", "“https://example.org/?a=1&b=2”"),
    ("https://example.org/paper_(one)", "", line_of("paper_"), "link-lost", "paper_(one)"),
    ("a@example.org", "", line_of("mailto:"), "link-lost", "mailto:a@example.org"),
    (" 2024,", ",", line_of("2024-01-08"), "date-lost", "The date 2024-01-08"),
    ("aHSCT: a transplant of blood", "", line_of("aHSCT"), "words-lost", ""),
]


@pytest.mark.parametrize(("old", "new", "line", "name", "named"), LOST_FROM_TEXT)
def test_what_the_text_part_lost_is_named_where_it_was_written(
    old: str, new: str, line: int, name: str, named: str
) -> None:
    assert old in TEXT
    problems = check(SOURCE, PAGE, TEXT.replace(old, new, 1))
    assert {(problem.location.line, problem.id) for problem in problems} == {(line, name)}
    assert named in problems[0].message
    assert all(problem.message.endswith("lost on the way to the plain-text part.") for problem in problems)


def test_a_link_in_the_text_part_does_not_count_as_the_same_number_or_address_of_another() -> None:
    problems = check(SOURCE, PAGE, TEXT.replace("tel:+441632960144", "01632 960 145").replace("\na@", "\nb@"))
    assert sorted(problem.id for problem in problems) == ["link-lost", "link-lost", "words-lost"]


def test_the_column_is_that_of_the_word() -> None:
    [problem] = check(SOURCE, PAGE.replace("on here", "here"), TEXT)
    assert str(problem.location) == f"{FILE}:{line_of('They go on')}:{'          They go on'.index('on') + 1}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Neuro News", "News", "Neuro News"),
        ("the <em>paper</em>", "the", "paper*"),
        ("8 January", "January", "2024-01-08"),
    ],
)
def test_the_column_is_right_among_quotes_marks_and_dashes(old: str, new: str, words: str) -> None:
    [problem] = check(SOURCE, PAGE.replace(old, new), TEXT)
    line = SOURCE.splitlines()[problem.location.line - 1]
    assert problem.location.column == line.index(words) + 1


def test_the_lost_one_of_two_equal_list_items_is_reported() -> None:
    source = 'subject: "News & views"\nwelcome: |\n  - tea\n  - milk\n  - tea\n'
    [problem] = check(source, "<li>tea<li>milk", "tea milk tea")
    assert (problem.location.line, problem.location.column) == (5, 5)


def test_a_word_lost_from_a_sentence_that_occurs_again_later_is_named() -> None:
    source = 'subject: "News & views"\nlist: [a b c d e, f g h i, l m n o p q, a b c d e]\n'
    problems = check(source, "<p>a b d e<p>f h i<p>l m n o p q<p>a b c d e", "a b c d e f g h i l m n o p q a b c d e")
    assert [problem.message[:16] for problem in problems] == ["The word “c” was", "The word “g” was"]
    assert [problem.location.column for problem in problems] == [12, 21]


def test_the_lost_word_is_named_although_the_words_before_it_are_elsewhere() -> None:
    source = 'subject: "News & views"\ntitle: The trial of new cells begins in May this year in Leeds\n'
    page = f"<p>The trial is on{' and on' * 20}<p>The of new cells begins in May this year in Leeds"
    [problem] = check(source, page, source)
    assert problem.message == "The word “trial” was lost on the way to the page."
    assert problem.location.column == 12


def test_the_second_of_two_equal_words_is_reported() -> None:
    source = 'subject: "News & views"\nwelcome: |\n  tea and\n  coffee and\n  milk\n'
    [problem] = check(source, "<p>tea and coffee milk</p>", "tea and coffee and milk")
    assert (problem.location.line, problem.location.column) == (4, 10)


def test_a_word_written_as_an_entity_is_placed_at_its_value() -> None:
    source = 'subject: "News & views"\nwelcome: |\n  a &lt; b\n'
    [problem] = check(source, "<p>a b</p>", "a < b")
    assert (problem.location.line, problem.location.column) == (2, 10)
    assert "“<”" in problem.message


def test_the_addresses_of_a_paragraph_may_be_in_another_order_and_once() -> None:
    source = """\
welcome: |
  See [our guide](https://example.org/g), <https://example.org/h> or [our guide](https://example.org/g).

  - Then [more](https://example.org/m)
"""
    page = (
        '<p>See <a href="https://example.org/g">our guide</a>, <a href="https://example.org/h">https://example.org/h</a>'
        ' or <a href="https://example.org/g">our guide</a>.</p><p>Then <a href="https://example.org/m">more</a></p>'
    )
    text = (
        "See our guide, https://example.org/h or our guide.\n\nour guide:\nhttps://example.org/g\n\n"
        "- Then more:\n  https://example.org/m\n"
    )
    assert check('subject: "News & views"\n' + source, page, text) == []
    (problem,) = check('subject: "News & views"\n' + source, page, text.replace("https://example.org/g\n", ""))
    assert problem.id == "link-lost"


def test_a_loss_in_two_outputs_is_reported_once() -> None:
    [problem] = check(SOURCE, PAGE.replace("1.7", "17"), TEXT.replace("1.7", "17"))
    assert problem.message == "The word “1.7” was lost on the way to the page and the plain-text part."


def test_swapped_articles_are_reported() -> None:
    source = 'subject: "News & views"\narticles:\n  - {title: A b c, summary: D e}\n  - {title: F, summary: G h}\n'
    assert check(source, "<p>A b c<p>D e<p>F<p>G h", "A b c\nD e\nF\nG h") == []
    problems = check(source, "<p>F<p>G h<p>A b c<p>D e", "A b c\nD e\nF\nG h")
    assert {problem.location.line for problem in problems} in ({3}, {4})


def test_items_in_another_order_are_reported() -> None:
    assert check(SOURCE, PAGE, TEXT.replace("- First thing\n- Second thing", "- Second thing\n- First thing"))


def test_a_word_added_in_between_is_reported() -> None:
    [problem] = check(SOURCE, PAGE.replace("go on here", "go ** x ** on here"), TEXT)
    assert problem.message == "The words “go on” were lost on the way to the page."


# --- the message --------------------------------------------------------------------------------------------


def test_the_message_may_end_its_lines_in_its_own_way() -> None:
    assert check(SOURCE, PAGE, TEXT, message(PAGE, TEXT).replace(b"\n", b"\r\n")) == []


def test_a_word_lost_in_the_message_is_named() -> None:
    problems = check(SOURCE, PAGE, TEXT, message(PAGE.replace("1.7", "17"), TEXT.replace("on here", "here")))
    assert [problem.message for problem in problems] == [
        "The word “1.7” was lost on the way to the HTML part of the email file.",
        "The word “on” was lost on the way to the plain-text part of the email file.",
    ]


def test_any_other_change_in_the_message_is_reported_for_the_whole_file() -> None:
    problems = check(SOURCE, PAGE, TEXT, message(PAGE.replace("red", "blue"), TEXT))
    assert [str(problem.location) for problem in problems] == [FILE]
    assert problems[0].message == "The HTML part of the email file was changed after it was built."


def test_a_missing_part_is_reported() -> None:
    email = EmailMessage()
    email["Subject"] = "News & views"
    email.set_content(TEXT)
    [problem] = check(SOURCE, PAGE, TEXT, email.as_bytes())
    assert (problem.id, problem.message) == ("part-lost", "There is no HTML part of the email file.")


def test_a_changed_subject_is_reported() -> None:
    [problem] = check(SOURCE, PAGE, TEXT, message(PAGE, TEXT, "News & view"))
    assert (problem.id, problem.location.line) == ("subject-lost", 1)
    assert problem.message == "The subject became “News & view” on the way to the email file."


def test_a_subject_in_any_script_comes_back() -> None:
    source = SOURCE.replace('"News & views"', '"Ynglŷn â’r ymchwil 👩🏽‍⚕️ — أخبار الأعصاب و أكثر, 100 % & more of it"')
    subject = yaml.safe_load(source.splitlines()[0])["subject"]
    page = PAGE.replace("News &amp; views", html.escape(subject))
    assert check(source, page, TEXT, message(page, TEXT, subject)) == []


# --- how much is reported -----------------------------------------------------------------------------------


def test_many_losses_are_counted() -> None:
    words = [f"word{number}" for number in range(MOST_LOSSES + 15)]
    source = 'subject: "News & views"\nwelcome: |\n' + "".join(f"  - {word}\n" for word in words)
    problems = check(source, "<p>", " ".join(words))
    assert len(problems) == MOST_LOSSES + 1
    assert problems[0].message == "The word “word0” was lost on the way to the page."
    assert problems[-1].message == "15 more pieces of this file were lost or are in another order."


def test_a_long_loss_is_shortened() -> None:
    source = 'subject: "News & views"\ntitle: ' + " ".join(f"w{number}" for number in range(30)) + "\n"
    [problem] = check(source, "<p>", source.splitlines()[1])
    assert problem.message.startswith("The words “w0 w1 w2 ") and "w11…” were lost" in problem.message


def test_an_empty_issue_has_nothing_to_lose() -> None:
    assert check("", "", "") == []


# --- what is no loss ----------------------------------------------------------------------------------------

FINE = [
    ("quotes and brackets around", "by: Ann", "<p>— “Ann”</p>", "(Ann)"),
    ("a no-break space", 'by: "5\xa0mg of it"', "<p>5 mg\xa0of it</p>", "5 mg of it"),
    ("soft hyphens and zero-width spaces", 'by: "neuro\xadlogy"', "<p>neurology", "neu\u200brology"),
    ("a decomposed accent", 'by: "Zoe\u0308"', "<p>Zoë", "Zoe\u0308"),
    ("an emoji with joiners", 'by: "👩🏽‍⚕️ Ann"', "<p>👩🏽‍⚕️ Ann", "👩🏽‍⚕️ Ann"),
    ("right to left", 'by: "مرحبا، بكم"', '<p dir="rtl">\u2067مرحبا، بكم\u2069', "مرحبا، بكم"),
    ("digits of another script", 'by: "in ٢٠٢٣"', "<p>in ٢٠٢٣", "in 2023"),
    ("a date in English", "closes: 2023-09-06", "<p>6 September 2023", "Wednesday 6 September 2023"),
    ("a date in Welsh", "closes: 2023-09-06", "<p>6 Medi 2023", "Dydd Mercher 6 Medi 2023"),
    ("a date in Arabic", "closes: 2023-09-06", "<p>الأربعاء، ٦ سبتمبر ٢٠٢٣", "٦ سبتمبر ٢٠٢٣"),
    ("a date in Japanese", "closes: 2023-09-06", "<p>2023年9月6日", "2023年9月6日"),
    ("a date as ordinal", "closes: 2023-09-06", "<p>6th of September 2023", "6/9/2023"),
    ("a power as a superscript", 'by: "10^-6 m"', "<p>10<sup>-6</sup> m", "10⁻⁶ m"),
    ("a subscript", 'by: "H2O"', "<p>H<sub>2</sub>O", "H2O"),
    ("an ordinal as a superscript", 'by: "1st"', "<p>1<sup>st</sup>", "1st"),
    ("a curled apostrophe", "by: don't", "<p>don’t", "don't"),
    (
        "emphasis in Markdown",
        "welcome: a **bo**ld _word_ and `code`",
        "<p>a <b>bo</b>ld <i>word</i> and code",
        "a bold word and code",
    ),
    ("a sum", "welcome: 5 * 3 is a_b and 2*3", "<p>5 * 3 is a_b and 2*3", "5 * 3 is a_b and 2*3"),
    ("escapes", r"welcome: 1\. \*A\* \[b\] \<c\> \&amp;", "<p>1. *A* [b] &lt;c&gt; &amp;amp;", "1. *A* [b] <c> &amp;"),
    ("entities", "welcome: a&nbsp;b &lt; &#233; AT&T &copy", "<p>a b &lt; é AT&amp;T &amp;copy", "a b < é AT&T &copy"),
    ("an entity that is plain text", "title: a &lt; b", "<p>a &amp;lt; b", "a &lt; b"),
    ("a key that may be Markdown", "box: a &lt; *b*", "<p>a &lt; <b>b</b>", "a < b"),
    ("a key that may be plain", "box: a &lt; *b*", "<p>a &amp;lt; *b*", "a &lt; *b*"),
    ("an address in capitals", "url: 'mailto:B@a.org'", '<a href="mailto:B@a.org">x', "x\nb@a.org"),
    ("a number with a sign", "by: -5 to +3", "<p>-5 to +3", "-5 to + 3"),
    ("a sign with or without a space", "by: p<0.05, 73 %", "<p>p &lt; 0.05, 73%", "p <0.05, 73 %"),
    (
        "an autolink",
        "welcome: see <https://a.org/x_y>.",
        '<p>see <a href="https://a.org/x_y">https://a.org/x_y</a>.',
        "see https://a.org/x_y.",
    ),
    ("an email autolink", "welcome: see <b@a.org>.", '<p>see <a href="mailto:b@a.org">b@a.org</a>.', "see b@a.org."),
    (
        "an address with escapes",
        "url: https://a.org/ä?q=[é]",
        '<a href="https://a.org/%C3%A4?q=%5B%C3%A9%5D">',
        "https://a.org/ä?q=[é]",
    ),
    (
        "a link with an entity in it",
        "welcome: '[x](https://a.org/?a=1&amp;b=2)'",
        '<a href="https://a.org/?a=1&amp;b=2">x</a>',
        "x\nhttps://a.org/?a=1&b=2",
    ),
    (
        "a phone number",
        "link: {text: Call, url: 'tel:+441632960144'}",
        '<a href="tel:+441632960144">Call',
        "Call\n01632 960 144",
    ),
    ("an address shown as words", "web: https://a.org/x", "<p>https://a.org/x", "https://a.org/x"),
    (
        "keys in the template's order",
        "link: {url: 'https://a.org', text: B}\ntitle: A",
        '<p>A<p><a href="https://a.org">B</a>',
        "A\nB:\nhttps://a.org",
    ),
    (
        "an item with labels",
        "list: [{what: A, where: B}, {what: C, where: D}]",
        "<p>What: A. Where: B. What: C. Where: D",
        "A B C D",
    ),
    (
        "a list in a text",
        "welcome: |\n  Hi\n\n  1. A\n     b\n  2. C\n     > D\n     > e\n  + F",
        "<p>Hi<ol><li>A b<li>C<blockquote>D e</blockquote></ol><ul><li>F",
        "Hi\n1. A b\n2. C\n> D e\n+ F",
    ),
    (
        "headings and rules in a text",
        "welcome: |\n  ### A ###\n  b\n\n  * * *\n  c\\\n  d",
        "<h3>A</h3><p>b<hr><p>c<br>d",
        "A\nb\n\nc\nd",
    ),
    (
        "a year at the start of a line",
        "welcome: |\n  It was\n  2004. Then",
        "<p>It was 2004. Then",
        "It was 2004. Then",
    ),
    ("a date in figures", "closes: 2023-09-06", "<p>06/09/2023", "06.09.2023"),
    ("a possessive after emphasis", "welcome: _word_'s", "<p><em>word</em>'s", "word's"),
    ("an entity that is none", "welcome: a &notit; b", "<p>a &amp;notit; b", "a &notit; b"),
    ("a quote in a block of text", 'content: [text: "> A"]', "<blockquote>A</blockquote>", "> A"),
    ("text after an element", "list: [A, B]", "<ul><li>A</li></ul>B", "A B"),
    ("a number after a power", "by: 10^9 and 5", "<p>10<sup>9</sup> and <b>5</b>", "10^9 and 5"),
    (
        "a list item of two paragraphs",
        "welcome: |\n  1. A\n\n     b\n  2. C",
        "<ol><li>A<p>b<li>C</ol>",
        "1. A\nb\n2. C",
    ),
    (
        "a year before a sentence",
        "welcome: |\n  It began in\n  1986. Then",
        "<p>It began in 1986. Then",
        "It began in 1986. Then",
    ),
    ("years as paragraphs", "welcome: |\n  1986. A\n\n  2004. B", "<p>1986. A<p>2004. B", "1986. A\n\n2004. B"),
    ("a list that begins at 3", "welcome: |\n  3) A\n  4) B", "<ol start=3><li>A<li>B</ol>", "3. A\n4. B"),
    (
        "a list in a list",
        "welcome: |\n  1. A\n     - B\n  2. C",
        "<ol><li>A<ul><li>B</ul><li>C</ol>",
        "1. A\n- B\n2. C",
    ),
    ("a sign at the start of a line", "welcome: |\n  p\n  > 0.05", "<p>p &gt; 0.05", "p > 0.05"),
    ("a quotation that goes on with a number", "welcome: |\n  > A\n  > 9", "<blockquote>A 9", "A\n9"),
    (
        "a quotation in a quotation that begins with a number",
        "welcome: |\n  > > 9\n  > > a",
        "<blockquote><blockquote>9 a",
        "9\na",
    ),
    ("a quotation in an item", "welcome: |\n  1. > > 9", "<ol><li><blockquote>&gt; 9</blockquote></ol>", "1.\n\n> 9"),
    ("a quotation of two paragraphs", "welcome: |\n  > A\n  >\n  > 9 B", "<blockquote><p>A<p>9 B", "A\n\n9 B"),
    ("stars in bold", r"welcome: '**\*\*\*** and 5\*.'", "<p><b>***</b> and 5*.", "*** and 5*."),
    ("a star in a bracket", "alt: '*'", "<img alt='*'>", "[*]"),
    ("stars at the end of a bracket", "alt: 'Sign: * Open **'", "<img alt='Sign: * Open **'>", "[Sign: * Open **]"),
    ("keys for the tool", "a: {language: cy, kind: x, consent: 2020-01-02, src: a.png, width: 5}", "<p>", ""),
    ("switches for the tool", "a: {decorative: true, wide: true, allow: [{rule: x}]}", "<p>", ""),
]


@pytest.mark.parametrize(("source", "page", "text"), [case[1:] for case in FINE], ids=[case[0] for case in FINE])
def test_what_only_looks_different_is_no_loss(source: str, page: str, text: str) -> None:
    assert check(f'subject: "News & views"\n{source}\n', page, text) == []


CAUGHT = [
    ("a year after a list", "welcome: |\n  - A\n\n  It was\n  2004. Then", "<ul><li>A</ul><p>It was Then"),
    ("a year at the start of a line", "welcome: |\n  It was\n  2004. Then", "<p>It was Then"),
    ("a number that a list counts on", "welcome: |\n  3. A\n  7. B", "<ol start=3><li>A<li>B</ol>"),
    ("years that became a list", "welcome: |\n  1986. A\n\n  2004. B", "<ol start=1986><li>A<li>B</ol>"),
    ("a list that begins again", "welcome: |\n  1. A\n  2. B", "<ol><li>A</ol><ol><li>B</ol>"),
    ("a comparison that became a quotation", "welcome: |\n  p\n  > 0.05", "<p>p<blockquote>0.05</blockquote>"),
    ("a plus that became a bullet", "welcome: |\n  Ring\n  + 44 20", "<p>Ring<ul><li>44 20</ul>"),
    ("emphasis that ate a sign", "welcome: 2*3*4", "<p>234"),
    ("a lone star", "welcome: 5 * 3", "<p>5 3"),
    ("an underscore", "welcome: a_b", "<p>ab"),
    ("a minus", "by: from -5", "<p>from 5"),
    ("a plus", "by: from +5", "<p>from 5"),
    ("a joiner", 'by: "👩🏽‍⚕️"', "<p>👩🏽⚕️"),
    ("an accent", "by: Zoë", "<p>Zoe"),
    ("a capital", "by: NICE", "<p>Nice"),
    ("an escape that means something", "url: https://a.org/?q=a%26b", '<a href="https://a.org/?q=a&amp;b">'),
    ("an address that is only shown", "url: https://a.org/", "<p>https://a.org/"),
    ("words only in a comment", "by: Ann", "<!--[if mso]><p>Ann</p><![endif]-->"),
    ("words only in another attribute", "by: Ann", '<img title="Ann">'),
    ("an address only in another attribute", "url: https://a.org", '<a data-url="https://a.org">'),
    ("words only in a style", "by: Ann", "<style>Ann</style>"),
    ("an entity decoded twice", "title: a &lt; b", "<p>a &lt; b"),
    ("a quote mark that is a number's sign", 'box: "> 50"', "<p>50"),
]


@pytest.mark.parametrize(("source", "page"), [case[1:] for case in CAUGHT], ids=[case[0] for case in CAUGHT])
def test_small_losses_of_the_page_are_caught(source: str, page: str) -> None:
    problems = check(f'subject: "News & views"\n{source}\n', page, "")
    assert any("to the page" in problem.message for problem in problems)


def test_a_star_that_markdown_removed_is_reported_with_the_fix() -> None:
    [problem, *_] = check('subject: "News & views"\nwelcome: 2*3 or 4*5\n', "<p>2<em>3 or 4</em>5", "2*3 or 4*5")
    assert "“2*3 or 4*5”" in problem.message
    assert problem.hint.endswith(r"write \* instead.")


# --- any issue ----------------------------------------------------------------------------------------------

WORD = st.one_of(
    st.text("abcdefgé<>&*_`\\[](){}.,:;'\"!?%-+^0123456789أب👩\u0301\u200d", min_size=1, max_size=7),
    st.sampled_from(["the", "and", "1.7", "10^9/L", "AT&T;", "p<0.05", "&amp;", "-5", "73%", "don’t", "the"]),
)
LINE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
FIELDS = st.fixed_dictionaries({"title": LINE, "summary": LINE}, optional={"caption": LINE, "credit": LINE})
ISSUES = st.lists(FIELDS, min_size=1, max_size=5)


def honest(articles: list[dict[str, str]]) -> tuple[str, str, str]:
    """Write a random issue down, and show it without losing anything."""
    source = yaml.safe_dump({"subject": "News & views", "articles": articles}, allow_unicode=True, width=40)
    lines = [line for article in articles for line in article.values()]
    page = "".join(f"<div>Here <p>{html.escape(line)}</p></div>" for line in lines)
    return source, page, "\n\n".join(f"Label:\n{line}" for line in lines)


@settings(deadline=None)
@given(ISSUES)
def test_nothing_is_lost_in_a_faithful_page_of_any_issue(articles: list[dict[str, str]]) -> None:
    assert check(*honest(articles)) == []


@settings(deadline=None)
@given(ISSUES, st.data())
def test_any_word_that_occurs_once_is_missed_when_it_is_lost(
    articles: list[dict[str, str]], data: st.DataObject
) -> None:
    article = data.draw(st.sampled_from(articles))
    key = data.draw(st.sampled_from(sorted(article)))
    place = data.draw(st.integers(0, len(article[key].split())))
    words = article[key].split()
    article[key] = " ".join([*words[:place], "unique1.7word", *words[place:]])
    source, page, text = honest(articles)
    change = data.draw(st.sampled_from(["", "unique17word", "unique1.7 word", "unique1.7words"]))

    for problems in (
        check(source, page.replace("unique1.7word", change), text),
        check(source, page, text.replace("unique1.7word", change)),
    ):
        assert [problem.id for problem in problems] == ["words-lost"]
        assert "unique1.7word" in problems[0].message
        assert "unique1.7word" in source.splitlines()[problems[0].location.line - 1]


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=12), st.data())
def test_any_word_lost_from_one_line_is_missed_however_often_it_occurs(words: list[str], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(words) - 1))
    rest = " ".join(words[:position] + words[position + 1 :])
    line = " ".join(words)
    assert check(f'subject: "News & views"\ntitle: {line}\n', f"<p>{rest}</p>", line)


MARKDOWN = ["word", "<", "-", "**", "[", "](", "https://a.org", ")", "`", "&lt;", "\\", "1.", ">", " ", "\n"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKDOWN)))
def test_any_markdown_is_read_without_a_traceback(pieces: list[str]) -> None:
    source = yaml.safe_dump({"subject": "News & views", "welcome": "".join(pieces)})
    for problem in check(source, "<p>", "".join(pieces)):
        assert re.search(r"lost on the way", problem.message)


TWO_DAYS = """\
subject: "News & views"
articles:
  - title: "A fair"
    content:
      - events:
          items:
            - title: "The fair"
              date: 2027-05-15
              until: {until}
"""


@pytest.mark.parametrize(("until", "date_text", "lines"), [
    ("2027-05-16", "Saturday 15 May to Sunday 16 May 2027", []),
    ("2027-05-16", "Saturday 15 May 2027 to Sunday 16 May 2027", []),
    ("2027-05-16", "Saturday May to Sunday 16 May 2027", [8]),
    ("2027-05-16", "Saturday 15 May to Sunday 16 May", [9]),
    ("2028-01-16", "Saturday 15 May to Sunday 16 January 2028", [8]),
])  # fmt: skip
def test_the_year_of_two_days_is_needed_once_if_it_is_the_same(until: str, date_text: str, lines: list[int]) -> None:
    page = f"<h2>A fair</h2><h3>The fair</h3><p>{date_text}</p>"
    problems = check(TWO_DAYS.format(until=until), page, f"A fair\n\nThe fair\n\n{date_text}\n")
    assert sorted({problem.location.line for problem in problems}) == lines
    assert {problem.id for problem in problems} <= {"date-lost"}
