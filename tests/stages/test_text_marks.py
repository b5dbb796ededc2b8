"""The words that the plain text adds are in the language of the issue."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from newsletter.edition import TextMarks
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_editions, build_issue
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.stages.compose.translations import read_translations
from support.examples import TEXT_MARKS

ISSUE = """\
language: {language}
subject: "1 2 3"
preheader: "4 5 6"
title: "7"
date: 2026-12-03
contents: always
articles:
  - title: "8"
    content:
      - image: {{src: images/clinic.png, alt: "9"}}
      - quote: {{text: "10"}}
      - table: {{caption: "11", columns: ["12", "13"], rows: [["14", "15"]]}}
  - title: "16"
    language: en
    summary: "17"
"""


def write(folder: Path, language: str, project: Project) -> Path:
    path = folder / "issues/case.yaml"
    shutil.copytree(project.issues / "images", path.parent / "images")
    path.write_text(ISSUE.format(language=language), "utf-8")
    return path


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", TEXT_MARKS),
        ("cy", TextMarks("Llun", "Dyfyniad", "Diwedd y dyfyniad", "Tabl", "Diwedd y tabl", "Diwedd erthygl {number}")),
        ("ar", TextMarks("صورة", "اقتباس", "نهاية الاقتباس", "جدول", "نهاية الجدول", "نهاية المقال {number}")),
        ("fr", TEXT_MARKS),  # no words of it are there, so they are those of the brand
    ],
)
def test_marks(language: str, marks: TextMarks, project: Project, brand: Brand, tmp_path: Path) -> None:
    path = write(tmp_path, language, project)
    (edition,) = build_editions(build_issue(path, project, brand), project, ["text-only"])
    lines = [line for line in edition.text.splitlines() if line.startswith(("[", f"{marks.table}: "))]
    ends = [f"[{marks.article_ends.replace('{number}', number)}]" for number in "12"]
    picture, quote, quote_ends = f"[{marks.image}: 9]", f"[{marks.quote}]", f"[{marks.quote_ends}]"
    assert lines == [picture, quote, quote_ends, f"{marks.table}: 11", f"[{marks.table_ends}]", *ends]


def test_every_language_has_every_word(project: Project) -> None:
    forms = re.compile(r"\.(?:zero|one|two|few|many|other)$")
    keys = {name: {forms.sub("", key) for key in table} for name, table in read_translations(project).items()}
    assert all(each == keys["en"] for each in keys.values())


def test_words_without_marks_are_reported(brand: Brand, project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "en", project)
    words = (DEFAULT_TEMPLATES / "words.yaml").read_text("utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/words.yaml").write_text(words.replace("text_marks:", "text_mark:"), "utf-8")
    with pytest.raises(Problems) as error:
        build_issue(path, Project(tmp_path), brand)
    (problem,) = error.value.problems
    assert (
        problem.location.file == "templates/words.yaml"
        and problem.location.line
        and "text_marks.image" in problem.message
    )


@pytest.mark.parametrize(
    ("usual", "own", "place", "message"),
    [
        ("  source: Source\n", "  source: 5\n", "16:11", "There are no words after “source”."),
        ("  source: Source\n", "  source:\n", "16:10", "There are no words after “source”."),
        ("  source: Source\n", "  source: [Source]\n", "16:11", "What is after “source” is not text."),
        ("  source: Source\n", "  source: {one: Source}\n", "16:11", "What is after “source” is not text."),
        ('{two: "{count} dudalen", other', "{few: [a], other", "90:16", "What is after “few” is not text."),
        ("    image: Image\n", "    image: {a: b}\n", "74:12", "What is after “image” is not text."),
        (
            '{one: "{count} article", other: "{count} articles"}',
            "articles",
            "10:13",
            "“articles” has more than one form.",
        ),
    ],
)
def test_words_of_the_wrong_kind_are_reported_where_they_are(
    tmp_path: Path, usual: str, own: str, place: str, message: str
) -> None:
    text = (DEFAULT_TEMPLATES / "words.yaml").read_text("utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/words.yaml").write_text(text.replace(usual, own, 1), "utf-8")
    with pytest.raises(Problems) as error:
        read_translations(Project(tmp_path))
    (problem,) = error.value.problems
    assert (str(problem.location), problem.message) == (f"templates/words.yaml:{place}", message)
