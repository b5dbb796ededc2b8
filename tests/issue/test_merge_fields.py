"""Merge fields: `{first_name|friend}` is plain words before anything else reads a text; every mistake is reported."""

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.field_syntax import FieldProblem, FieldUse, find_fields
from newsletter.issue.load import load, load_brand
from newsletter.issue.model import Issue
from newsletter.issue.new import from_issue
from newsletter.pipeline import build, build_editions, build_filled_issue, build_issue, build_web_page
from newsletter.problems import Problem, Problems
from newsletter.project import Project
from support.fields import write_fields

UNSUBSCRIBE = "https://www.saltby.test/nerve-news/unsubscribe"
FALLBACKS = {"first_name": "friend", "town": "your town"}

ISSUE = """\
subject: "{first_name|Everybody}, here is what helps when you are tired"
preheader: "Small changes that people in {town} with MS told us about"
title: "Neuro News"
date: 2026-12-03
welcome: |
  Hello **{first_name}**, see [what is in {town}](https://www.example.org/{town|New York}/?to={first_name}).
articles:
  - title: "A chair for {first_name|you}"
    label: "For {town}"
    summary: "Small changes save your strength."
    content:
      - table:
          caption: "Where we meet in {town}"
          columns: ["Day", "For {first_name}"]
          rows: [["Monday", "{town|Leeds}"], ["Friday", ""]]
    link: {text: "Walk in {town}", url: "https://www.example.org/walk?in={town}"}
glossary:
  MS: "multiple sclerosis, {first_name}"
"""


@pytest.fixture
def home(tmp_path: Path) -> Project:
    return write_fields(tmp_path)


def read(home: Project, text: str) -> Issue:
    return load(home.issues / "winter.yaml", home, load_brand(home), text)


def problems_of(home: Project, text: str) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as error:
        read(home, text)
    return error.value.problems


def test_fallbacks_are_in_every_kind_of_text(home: Project) -> None:
    issue = read(home, ISSUE)
    article = issue.articles[0]
    assert issue.subject == "Everybody, here is what helps when you are tired"
    assert issue.preheader == "Small changes that people in your town with MS told us about"
    assert issue.welcome is not None
    assert "<strong>friend</strong>" in issue.welcome.__html__()
    assert 'href="https://www.example.org/New%20York/?to=friend">what is in your town</a>' in issue.welcome.__html__()
    assert (article.title, article.label) == ("A chair for you", "For your town")
    table = article.content[0].value
    assert (table.caption, table.columns[1], table.rows[0][1], table.rows[1][1]) == (
        "Where we meet in your town",
        "For friend",
        "Leeds",
        "",
    )
    assert article.link is not None
    assert (article.link.text, article.link.url) == ("Walk in your town", "https://www.example.org/walk?in=your%20town")
    assert issue.glossary == {"MS": "multiple sclerosis, friend"}
    assert FieldUse("town", "New York") in [each.use for each in issue.file.fields]


def test_a_fill_is_in_every_part_of_the_email_and_in_the_brand(home: Project) -> None:
    path = home.issues / "winter.yaml"
    path.write_text(ISSUE, "utf-8")
    file = home.root / "templates/brand.yaml"
    text = file.read_text("utf-8").replace("You get Nerve News", "You get Nerve News, {first_name},")
    text = (
        text.replace(UNSUBSCRIBE, f'"{UNSUBSCRIBE}/{{token}}"') + "preferences_url: https://www.saltby.test/{address}\n"
    )
    file.write_text(text, "utf-8")
    brand = load_brand(home)
    plain = build_editions(build_issue(path, home, brand), home)[0]
    assert "You get Nerve News, friend, because" in plain.text
    assert b"/unsubscribe/{token}>" in plain.message
    tokens: dict[FieldUse, str] = {}
    build = build_filled_issue(
        path, home, brand, path.read_text("utf-8"), lambda use: tokens.setdefault(use, f"Qk{len(tokens)}z")
    )
    edition = build_editions(build, home)[0]
    name = tokens[FieldUse("first_name", "friend")]
    assert f"You get Nerve News, {name}, because" in edition.text
    assert f"/unsubscribe/{tokens[FieldUse('token', '')]}>".encode() in edition.message
    assert b"List-Unsubscribe-Post" in edition.message
    assert f"https://www.saltby.test/{tokens[FieldUse('address', '')]}" in edition.text
    assert f"Subject: {tokens[FieldUse('first_name', 'Everybody')]}, here".encode() in edition.message
    assert not re.search(r"friend|your town|Everybody", f"{edition.text}{edition.html_part}")
    assert name in build_web_page(build, home)


@pytest.mark.parametrize(("longest", "ids"), [("Llanfairpwllgwyngyll", set()), ("x" * 15_000, {"html-size"})])
def test_the_size_of_the_email_is_that_with_long_words(home: Project, longest: str, ids: set[str]) -> None:
    file = home.root / "templates/brand.yaml"
    file.write_text(file.read_text("utf-8").replace("Llanfairpwllgwyngyll", longest), "utf-8")
    path = home.issues / "winter.yaml"
    path.write_text(ISSUE, "utf-8")
    report = check(build(path, home, load_brand(home)), Settings())
    assert {problem.id for problem in report.problems} & {"html-size"} == ids


def test_a_field_after_the_number_sign_of_an_address_is_no_tag_of_a_service(home: Project) -> None:
    path = home.issues / "winter.yaml"
    path.write_text(ISSUE.replace("org/{town|New York}/?to=", "org/g?to=").replace("walk?in=", "walk#"), "utf-8")
    report = check(build(path, home, load_brand(home)), Settings(), only=["merge-tag"])
    assert report.problems == ()


def test_the_frame_of_an_issue_has_its_fields_as_they_were_typed(home: Project) -> None:
    path = home.issues / "winter.yaml"
    path.write_text(ISSUE, "utf-8")
    assert '    label: "For {town}"\n' in from_issue(path, home, datetime.date(2027, 1, 5))


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ("See [us](https://x.org/(a)/{town|A B}).", "See [us](https://x.org/(a)/A%20B)."),
        ("See {town}https://x.org/?t={town|A B}, {town|A B}", "See your townhttps://x.org/?t=A%20B, A B"),
        ("See (https://x.org/){town|A B}", "See (https://x.org/)A B"),
        ("See https://x.org/(a)/{town|A B}", "See https://x.org/(a)/A%20B"),
        ("See [us](https://x.org/){town|A B}", "See [us](https://x.org/)A B"),
        ("See <mailto:a@example.org?subject={town|A B}>", "See <mailto:a@example.org?subject=A%20B>"),
    ],
)
def test_words_in_an_address_are_encoded(home: Project, typed: str, filled: str) -> None:
    assert read(home, ISSUE.replace("Small changes save your strength.", typed)).articles[0].summary == filled


FAULTS = [
    ("{first_nam|friend}", "There is no field “first_nam”.", "Did you mean “first_name”?"),
    ("{first_nam}", "There is no field “first_nam”.", "Did you mean “first_name”?"),
    ("{email|you}", "There is no field “email”.", "Write “{address|your address}” for the reader's email address."),
    ("{shoe_size}", "There is no field “shoe_size”.", "Fields are: first_name, town, address."),
    ("{surname}", "There is no field “surname”.", "Fields are: first_name, town, address."),
    ("{nobody}", "There is no field “nobody”.", "Fields are: first_name, town, address."),
    ("{FNAME}", "There is no field “fname”.", "Did you mean “first_name”?"),
    ("{Hi|Hello}", "There is no field “hi”.", "Fields are: first_name, town, address."),
    ("{ first_name }", "“{ first_name }” is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{first_name | friend}", "is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{First Name|friend}", "is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{first-name}", "is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{{first_name}}", "“{{first_name}}” is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{first_name}}", "“{first_name}}” is not how the field “first_name” is written.", "{first_name|friend}"),
    ("${first_name}", "“${first_name}” is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{first_name:friend}", "is not how the field “first_name” is written.", "{first_name|friend}"),
    ("{first_name|friend", "The field “first_name” is not closed.", "{first_name|friend}"),
    ("{first_name|a {town} b}", "The field “first_name” is not closed.", "{first_name|friend}"),
    ("{first_name, hello", "The field “first_name” is not closed.", "{first_name|friend}"),
    ("{first_name. there", "The field “first_name” is not closed.", "{first_name|friend}"),
    ("{first_name’s walk", "The field “first_name” is not closed.", "{first_name|friend}"),
    ("{first_name-", "The field “first_name” is not closed.", "{first_name|friend}"),
    ("{address!", "The field “address” is not closed.", "{address|your address}"),
    (
        "{first_name. there}",
        "“{first_name. there}” is not how the field “first_name” is written.",
        "{first_name|friend}",
    ),
    ("{town hall}", "“{town hall}” is not how the field “town” is written.", "{town|your town}"),
    ("{first_name|}", "The field “first_name” has an empty fallback, which would leave a gap.", "{first_name|friend}"),
    ("{first_name| friend}", "There are spaces around the fallback of “first_name”.", "{first_name|friend}"),
    ("{first_name|*you*}", "The fallback of “first_name” has “*” in it.", "plain words"),
    ("{first_name|a|b}", "The fallback of “first_name” has “|” in it.", "plain words"),
    ("{address}", "The field “address” has no fallback.", "{address|your address}"),
    ("{token}", "“{token}” is only for addresses of the brand.", "brand.yaml"),
]


@pytest.mark.parametrize(("typed", "message", "hint"), FAULTS)
def test_what_is_meant_as_a_field_and_is_none_is_reported_at_its_place(typed: str, message: str, hint: str) -> None:
    field = next(find_fields(f"Dear {typed}, hello", FALLBACKS))
    assert field.start in (5, 5 + typed.startswith("$"))
    assert isinstance(field.what, FieldProblem)
    assert message in field.what.message
    assert hint in field.what.hint


@pytest.mark.parametrize(
    "text",
    [
        "{}, {1, 2}, {a}, {a, b} and {x | x > 0}",
        '{"first_name": "Sam"} and {name: Sam}',
        "`{first_name}` and ``a ` {nobody|x}``",
        r"\{first_name} and \\\{first_name|x}",
        "a { b, c } d",
        "{{ something }} and ${HOME} and #{x}",  # a rule reports these
        "{see page 3}",
        "{towns, {first_names. {address book} {a first_name}",
        r"\\u{a0}, \u{a0} and \textbf{bold}",
    ],
)
def test_braces_that_are_no_field_stay(text: str) -> None:
    assert list(find_fields(text, FALLBACKS)) == []


@pytest.mark.parametrize(
    "before", ["https://www.example.org/g#", "See [it](https://www.example.org/a_b?c=d#", "HTTP://a/#"]
)
def test_a_number_sign_of_an_address_is_not_part_of_a_field(before: str) -> None:
    (field,) = find_fields(f"{before}{{town}}", FALLBACKS)
    assert (field.start, field.what) == (len(before), FieldUse("town", "your town"))
    (field,) = find_fields(f"{before}{{twon}}", FALLBACKS)
    assert isinstance(field.what, FieldProblem) and "There is no field “twon”." in field.what.message
    (field,) = find_fields(f"{before} #{{town}}", FALLBACKS)
    assert isinstance(field.what, FieldProblem)


def test_a_sum_of_money_can_be_a_field() -> None:
    (field,) = find_fields("You gave ${amount|5}.", {"amount": "5"})
    assert (field.start, field.what) == (10, FieldUse("amount", "5"))


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("date: 2026-12-03", 'date: "{first_name|2026}"', (4, 8), "A field cannot be here."),
        ("  MS: ", '  "{town} MS": ', (18, 3), "A field cannot be here."),
        ("https://www.example.org/walk", "https://{town}.example.org/w", (16, 50), "first part of an address"),
        ("(https://www.example.org/{", "(https://{town|x y}.org/{", (6, 59), "first part of an address"),
        ('title: "Neuro News"', "title: {first_name|friend}", (3, 8), "begins with a brace"),
        ("**{first_name}**", "**{firstname}**", (6, 11), "There is no field “firstname”."),
    ],
)
def test_a_mistake_is_the_only_problem_and_is_at_its_place(
    home: Project, old: str, new: str, place: tuple[int, int], message: str
) -> None:
    (problem,) = problems_of(home, ISSUE.replace(old, new))
    assert (problem.id, problem.location.line, problem.location.column) == ("field", *place)
    assert message in problem.message


def test_mistakes_in_fields_are_reported_with_the_other_problems(home: Project) -> None:
    text = ISSUE.replace("{town|Leeds}", "{twon|Leeds}").replace("date: 2026-12-03", "date: soon")
    assert [problem.id for problem in problems_of(home, text)] == ["value", "field"]


def test_reasons_for_the_next_editor_are_no_text_for_readers(home: Project) -> None:
    text = ISSUE.replace("glossary:", '    allow: {link-text: "we tried {first_nam|x} and nobody minded"}\nglossary:')
    assert read(home, text).articles[0].allow == {"link-text": "we tried {first_nam|x} and nobody minded"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("{First: {example: a, fallback: b}}", "“First” cannot be the name of a field."),
        ("{address: {example: a, fallback: b}}", "Each reader has the field “address” already."),
        ("{town: {example: a}}", "“town” has no “fallback”."),
        ("{town: {example: a, fallback: '{b}'}}", "“{b}” has “{” in it."),
        ('{town: {example: "a\\nb", fallback: b}}', "“a b” has “ ” in it."),
    ],
)
def test_a_declaration_that_cannot_be_used_is_reported(tmp_path: Path, fields: str, message: str) -> None:
    home = write_fields(tmp_path, f"fields: {fields}\n")
    with pytest.raises(Problems, match=re.escape(message)):
        load_brand(home)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('address: "', 'address: "{town}, ', "A field cannot be here."),
        (UNSUBSCRIBE, f'"{UNSUBSCRIBE}?t={{town|x}}"', "Only {token} and {address} can be in this address."),
        (
            "website: https://www.",
            "website: https://www.saltby.test/{town}?",
            "Nothing fills in “{town}” in this address.",
        ),
        ("because", "{firstname|Sam}, because", "There is no field “firstname”."),
    ],
)
def test_what_is_the_same_for_all_readers_has_no_fields(home: Project, old: str, new: str, message: str) -> None:
    file = home.root / "templates/brand.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(Problems, match=re.escape(message)):
        load_brand(home)


@given(st.text("{}|`\\$ab_ \n", max_size=60))
def test_any_text_with_braces_is_read(text: str) -> None:
    end = 0
    for field in find_fields(text, {"a": "x", "ab_": "y"}):
        assert end <= field.start < field.end <= len(text)
        assert text[field.start] == "{"
        end = field.end
