"""Every mistake that an editor makes is reported at its place, in words that say what to do."""

import datetime
import os
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.issue.load import load, load_brand
from newsletter.issue.local_files import UnusableError
from newsletter.issue.pictures import read_picture
from newsletter.problems import Location, Problem, Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.source.text_file import MAX_BYTES, MAX_PROBLEMS

ROOT = Path(__file__).parents[2]
MISTAKES = sorted((ROOT / "tests/cases/mistakes").glob("*.yaml"))
EXPECTED = re.compile(r"^# expect: (\d+):(\d+) ([\w-]+)\n#   (.+)\n#   (.+)\n", re.MULTILINE)
"""The beginning of a mistake's file: line, column and id; the message; what to do."""

ISSUE = """\
subject: "Hope for MS"
preheader: "What a new study found"
title: "Neuro News"
date: 2026-12-03
articles:
  - title: "Stem cells"
    summary: "One plain sentence."
    content:
      - text: |
          Hello.
"""


def write_pictures(issues: Path) -> None:
    """Write good and bad pictures beside an issue, and one outside its folder."""
    picture = (ROOT / "issues/images/clinic.png").read_bytes()
    images = issues / "images"
    images.mkdir()
    (issues.parent / "outside.png").write_bytes(picture)
    (images / "linked-out.png").symlink_to(issues.parent / "outside.png")
    (images / "clinic.png").write_bytes(picture)
    (images / "cut.png").write_bytes(picture[:-100])
    (images / "cut.jpg").write_bytes(JPEG[:-2])
    (images / "cut.gif").write_bytes(GIF[:-1])
    (images / "words.png").write_text("These are words.")
    (images / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')


JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100"
    "ffc40014000100000000000000000000000000000009ffda0008010100003f00d2cf20ffd9"
)
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


@pytest.fixture
def issues(tmp_path: Path) -> Path:
    folder = tmp_path / "issues"
    folder.mkdir()
    write_pictures(folder)
    return folder


def problems_of(path: Path, project: Project, brand: Brand) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as error:
        load(path, project, brand)
    return error.value.problems


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.stem)
def test_each_mistake_is_reported_as_its_file_expects(
    mistake: Path, issues: Path, project: Project, brand: Brand
) -> None:
    text = mistake.read_bytes()
    path = issues / mistake.name
    path.write_bytes(text)
    file = project.name_of(path)
    expected = [
        Problem(Location(file, int(line), int(column)), id, message, hint)
        for line, column, id, message, hint in EXPECTED.findall(text.decode("utf-8"))
    ]
    assert expected, "Begin the file with “# expect: LINE:COLUMN id”, and in two more lines the message and the hint."
    assert list(problems_of(path, project, brand)) == expected


def test_each_mistake_is_one_step_from_an_issue_that_loads(issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "good.yaml"
    path.write_text(ISSUE)
    assert load(path, project, brand).title == "Neuro News"


def test_a_date_can_be_in_a_language_of_the_issue(issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "cymraeg.yaml"
    path.write_text(ISSUE.replace("date: 2026-12-03", "date: 3 Rhagfyr 2026\nlanguage: cy"))
    assert load(path, project, brand).date == datetime.date(2026, 12, 3)
    path.write_text(path.read_text().replace("language: cy", "language: de"))
    with pytest.raises(Problems, match="not written as a date"):
        load(path, project, brand)


# What an editor cannot act on: words of parsers and of programmers, and blame.
JARGON = re.compile(
    r"\b(invalid|illegal|error|parser?|scalar|mapping|sequence|token|node|string|boolean|integer|null(?! *$)|schema"
    r"|validation|input|regex|pattern|flow|unexpected|syntax|you (have|did|must|forgot)|failed|wrong|bad)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.stem)
def test_messages_are_a_colleagues_words(mistake: Path) -> None:
    for *_, message, hint in EXPECTED.findall(mistake.read_text("utf-8")):
        own_words = re.sub(r"'[^']*'|“[^”]*”", "", f"{message} {hint}")
        assert not JARGON.search(own_words.replace("U+0000 null", "")), own_words
        assert message.endswith(".") and hint.endswith((".", "?")), "A whole sentence."


# What no editor's program would show, or a file in the repository should not hold.
BYTES = {
    "latin-1": (ISSUE.replace("Hope", "Caf\xe9").encode("latin-1"), "1:14 yaml This file is not saved as UTF-8"),
    "utf-16": (ISSUE.encode("utf-16"), "1:1 yaml This file is saved as UTF-16"),
    "utf-16 without a mark": (ISSUE.encode("utf-16-le"), "1:1 yaml This file is saved as UTF-16"),
    "larger than 1 MB": (ISSUE.encode() + b"#" * MAX_BYTES, "1:1 yaml This file is larger than 1 MB."),
    "nothing at all": (b"", "1:1 yaml This file is empty."),
    "nul": (ISSUE.replace("Hope", "Ho\0pe").encode(), "1:13 unprintable There is a character here that nobody can see"),
    "bidi override": (ISSUE.replace("Hello", "Hel\u202elo").encode(), "10:14 unprintable"),
    "private use": (ISSUE.replace("Hello", "Hel\ue000lo").encode(), "10:14 unprintable"),
    "line separator": (ISSUE.replace("Hello", "Hel\u2028lo").encode(), "10:14 unprintable"),
    "byte order mark before a key": (ISSUE.replace('title: "N', '\ufefftitle: "N').encode(), "3:1 unprintable"),
    "broken Cyrillic": (ISSUE.replace("Hello", "Привет".encode().decode("latin-1")).encode(), "10:11 broken-text"),
    "broken Cyrillic and more": (
        ISSUE.replace("Hope for MS", "Я в".encode().decode("latin-1") + " \x85").encode(),
        "1:11 broken-text",
    ),
    "tab in a text": (ISSUE.replace("Hello", "Hel\tlo").encode(), "10:14 yaml There is a tab here."),
    "too deep": (b"a: " + b"[" * 40 + b"]" * 40, "1:34 yaml Lists and keys are nested"),
    "aliases that explode": (b"a: &a [x]\nb: &b [*a, *a]\n", "1:4 yaml “&a” has a special meaning"),
}


def test_what_is_deep_enough_to_end_the_process(issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "slip.yaml"
    path.write_bytes(b"a: " + b"[" * 200_000)
    (problem,) = problems_of(path, project, brand)
    # Where depends on PyYAML: the libyaml in 6.0.4 stops at its own limit, before we count to ours.
    assert problem.message.startswith("Lists and keys are nested")


@pytest.mark.parametrize(("data", "expected"), BYTES.values(), ids=BYTES.keys())
def test_bytes_that_are_no_issue(data: bytes, expected: str, issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "slip.yaml"
    path.write_bytes(data)
    first = problems_of(path, project, brand)[0]
    assert f"{first.location.line}:{first.location.column} {first.id} {first.message}".startswith(expected)


def test_a_file_that_is_not_text_is_one_problem(issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "slip.yaml"
    path.write_bytes(b"a\x01\n" * 100_000)
    assert len(problems_of(path, project, brand)) == MAX_PROBLEMS


@pytest.mark.parametrize("change", ["\r\n", "\r", "mark"])
def test_other_ways_to_save_a_file_make_no_difference(
    change: str, issues: Path, project: Project, brand: Brand
) -> None:
    path = issues / "good.yaml"
    path.write_text(ISSUE)
    expected = load(path, project, brand).model_dump()
    text = f"\ufeff{ISSUE}" if change == "mark" else ISSUE.replace("\n", change)
    path.write_bytes(text.encode())
    assert load(path, project, brand).model_dump() == expected


@pytest.mark.parametrize(
    "name", ["2026 Winter", "Winter", "con", "-winter", "winter_2026", "w" * 65, "hiver-été", "_con"]
)
def test_a_files_name_becomes_an_address(name: str, issues: Path, project: Project, brand: Brand) -> None:
    path = issues / f"{name}.yaml"
    path.write_text(ISSUE)
    (problem,) = problems_of(path, project, brand)
    assert (problem.id, problem.location.line) == ("slug", 1)
    assert path.name in problem.message and "lower-case letters" in problem.hint


def test_a_draft_has_the_name_of_the_issue_it_becomes(issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "_winter.yaml"
    path.write_text(ISSUE)
    assert load(path, project, brand).slug == "winter"


def test_a_file_that_is_missing(issues: Path, project: Project, brand: Brand) -> None:
    (problem,) = problems_of(issues / "none.yaml", project, brand)
    assert "cannot be read" in problem.message
    (problem,) = problems_of(issues, project, brand)
    assert "cannot be read" in problem.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_not_waited_for(issues: Path, project: Project, brand: Brand) -> None:
    pipe = issues / "2026-12-03-pipe.yaml"
    os.mkfifo(pipe)
    (problem,) = problems_of(pipe, project, brand)
    assert problem.message == "This is not a file."
    with pytest.raises(UnusableError, match="There is no picture"):
        read_picture(pipe.name, issues)


@pytest.mark.parametrize(
    "good", [JPEG, GIF, (ROOT / "issues/images/clinic.png").read_bytes()], ids=["jpg", "gif", "png"]
)
def test_a_picture_is_whole_or_refused(good: bytes, issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "slip.yaml"
    path.write_text(ISSUE.replace("    content:", '    image: {src: images/a.png, alt: "A nurse"}\n    content:'))
    picture = issues / "images/a.png"
    picture.write_bytes(good)
    assert load(path, project, brand)
    for length in {*range(0, min(len(good), 200)), len(good) // 2, len(good) - 1}:
        picture.write_bytes(good[:length])
        (problem,) = problems_of(path, project, brand)
        assert problem.location.line == 8


def test_everything_stays_the_text_that_was_typed(issues: Path, project: Project, brand: Brand) -> None:
    path = issues / "good.yaml"
    rows = "[[no, 5.10, 012, 10:30, 03033 033 100, 0x1F, ~, 1e3, yes]]"
    table = f"table: {{caption: T, columns: [a, b, c, d, e, f, g, h, i], rows: {rows}}}"
    path.write_text(ISSUE.replace("text: |\n          Hello.", table))
    (row,) = load(path, project, brand).articles[0].content[0].value.rows
    assert list(row) == ["no", "5.10", "012", "10:30", "03033 033 100", "0x1F", "~", "1e3", "yes"]


# A mistake in the brand file: the old text; the new one; where (the text that the place points at); the message.
BRAND = {
    "unknown key": ("\nwebsite:", "\nwebsiet:", "websiet", "unknown-key There is no key called “websiet”."),
    "colour": ('"#F3EFE6"', "beige", "beige", "value “beige” is not a colour."),
    "colour that is a comment": ('"#F3EFE6"', "#F3EFE6", "#F3EFE6", "yaml “#F3EFE6” is not read"),
    "time zone": ("Europe/London", "London", "London", "value “London” is not a time zone."),
    "time zone that is a folder": ("Europe/London", "Europe", "Europe\n", "value “Europe” is not a time zone."),
    "no base_url": ("\nbase_url: https://news.example.org/pictures/", "", "", "value Nothing says where the pictures"),
    "base_url": (
        "https://news.example.org/pictures/",
        "http://e.org/",
        "http://e.org/",
        "value “http://e.org/” is not",
    ),
    "images": ("images: link", "images: attach", "attach", "value “images” should be one of link, embed, but it is"),
    "email": ("news@example.org", "news at example", "news at", "value “news at example” is not an email address."),
    "long email": ("news@", f"{'n' * 65}@", "nnn", "value “nnnn"),
    "list id": ("neuro-news.example.org", "Neuro News", "Neuro News\n", "value “Neuro News” is not a list id."),
    "unsubscribe": ("https://www.example.org/neuro-news/unsubscribe", "tel:123", "tel:123", "value “tel:123” is not a"),
    "width in words": (
        "width: 200",
        "width: wide",
        "wide\n",
        "value “width” should be a whole number, but it is “wide”.",
    ),
    "width": ("width: 200", "width: 2000", "2000", "value “width” should be 552 or less, but it is “2000”."),
    "logo": ("images/logo.png", "images/lgo.png", "images/lgo.png", "value There is no picture “images/lgo.png”."),
    "language": ("language: en-GB", "language: British", "British", "value “British” is not the code of a language."),
}


def test_an_empty_brand_file(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/brand.yaml").write_text("# later\n", "utf-8")
    with pytest.raises(Problems) as error:
        load_brand(Project(tmp_path))
    (problem,) = error.value.problems
    assert problem.message == "This file is empty."
    assert problem.hint.startswith("Delete it. Then `newsletter new SLUG` creates one")


@pytest.mark.parametrize("mistake", BRAND.values(), ids=BRAND.keys())
def test_mistakes_in_the_brand_file(mistake: tuple[str, str, str, str], project: Project, tmp_path: Path) -> None:
    old, new, at, message = mistake
    text = project.template_file("brand.yaml").read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (tmp_path / "templates/images").mkdir(parents=True)
    (tmp_path / "templates/brand.yaml").write_text(text, "utf-8")
    (tmp_path / "templates/images/logo.png").write_bytes(project.template_file("images/logo.png").read_bytes())
    with pytest.raises(Problems) as error:
        load_brand(Project(tmp_path))
    (problem,) = error.value.problems
    assert f"{problem.id} {problem.message}".startswith(message)
    assert problem.hint
    assert ("or less" in message) == (problem.hint == "Write a number that is 552 or less.")
    if at:
        place = text[: text.index(at, text.index(new))]
        column = len(place) - (place.rfind("\n") + 1) + 1
        assert (problem.location.line, problem.location.column) == (place.count("\n") + 1, column)


def test_a_palette_that_shuts_readers_out_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    shutil.copytree(DEFAULT_TEMPLATES / "images", own / "images")
    text = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")
    (own / "brand.yaml").write_text(text.replace('quiet: "#3D4A57"', 'quiet: "#8D9AA7"'), "utf-8")
    with pytest.raises(Problems) as error:
        load_brand(Project(tmp_path))
    messages = [problem.message.partition(";")[0] for problem in error.value.problems]
    assert sorted(messages) == [
        f"“quiet” on “{background}” has a contrast of {contrast}:1"
        for background, contrast in [("card", "2.9"), ("page", "2.5"), ("panel", "2.5"), ("warning", "2.5")]
    ]
    line = 1 + text[: text.index('    quiet: "#3D4A57"')].count("\n")
    assert {(problem.location.line, problem.location.column) for problem in error.value.problems} == {(line, 12)}
    (hint,) = {problem.hint.partition(".")[0] for problem in error.value.problems}
    better = hint.rpartition(" ")[2]
    (own / "brand.yaml").write_text(text.replace('quiet: "#3D4A57"', f'quiet: "{better}"'), "utf-8")
    assert load_brand(Project(tmp_path)).colours.light.quiet == better


@pytest.mark.parametrize(
    ("old", "new", "word", "better"),
    [
        ('on_brand: "#FFFFFF"\n    accent', 'on_brand: "#777777"\n    accent', "on_brand", "#"),
        ('brand: "#0B4A53"', 'brand: "#4B8A93"', "on_brand", "Make “on_brand” and “brand” more different."),
        ('link: "#9BDDE3"', 'link: "#5B9DA3"', "link", "#"),
    ],
)
def test_each_weak_pair_of_colours_is_reported_once(tmp_path: Path, old: str, new: str, word: str, better: str) -> None:
    own = tmp_path / "templates"
    shutil.copytree(DEFAULT_TEMPLATES / "images", own / "images")
    text = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")
    changed = text.replace(old, new, 1)
    (own / "brand.yaml").write_text(changed, "utf-8")
    with pytest.raises(Problems) as error:
        load_brand(Project(tmp_path))
    messages = [problem.message for problem in error.value.problems]
    assert len(set(messages)) == len(messages)
    for problem in error.value.problems:
        assert problem.message.startswith(f"“{word}” on ")
        assert changed.splitlines()[problem.location.line - 1].strip().startswith(f"{word}:")
        assert better in problem.hint


@pytest.mark.parametrize(("typed", "stored"), [("café", "cafe\u0301"), ("cafe\u0301", "café"), ("Zoë", "Zoe\u0308")])
def test_a_picture_whose_accents_are_stored_in_another_way(
    typed: str, stored: str, issues: Path, project: Project, brand: Brand
) -> None:
    (issues / "images/clinic.png").rename(issues / f"images/{stored}.png")
    image = f"      - image: {{src: images/{typed}.png, alt: A nurse sits.}}\n"
    (issues / "a.yaml").write_text(ISSUE + image, "utf-8")
    with pytest.raises(Problems) as error:
        load(issues / "a.yaml", project, brand)
    plain = unicodedata.normalize("NFD", stored).encode("ascii", "ignore").decode()
    hint = (
        f"The name of “images/{stored}.png” looks the same, but its accents are stored in another way. "
        f"Rename the file without accents, such as images/{plain}.png."
    )
    assert [problem.hint for problem in error.value.problems] == [hint]
