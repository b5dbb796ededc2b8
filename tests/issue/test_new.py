"""A new issue from an older one, or from the worked example of a layout."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pypdf
import pytest

from conftest import ISSUES, ROOT
from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.blank_copy import blank_copy
from newsletter.issue.brand import Brand
from newsletter.issue.load import layouts, load
from newsletter.issue.model import Issue
from newsletter.issue.new import from_layout, new
from newsletter.issue.text_fields import Markdown, Text
from newsletter.issue.to_write import is_to_write
from newsletter.issue.walk import iter_values
from newsletter.pipeline import build
from newsletter.problems import Problems
from newsletter.project import Project
from support.examples import SHORT

DATE = datetime.date(2027, 3, 4)
DOCUMENT = "files/form.pdf"
REALISTIC = sorted((ROOT / "tests/cases/issues").glob("20*.yaml"))


def next_of(text: str, project: Project, brand: Brand) -> tuple[str, Issue]:
    """Return the YAML and the issue that start from a text."""
    path = project.issues / "next.yaml"
    filled = blank_copy(load(path, project, brand, text), brand, DATE)
    return filled, load(path, project, brand, filled)


@pytest.mark.parametrize("path", [*(ROOT / f"issues/{slug}.yaml" for slug in ISSUES), *REALISTIC], ids=lambda p: p.stem)
def test_the_frame_stays_and_every_word_is_removed(path: Path, project: Project, brand: Brand) -> None:
    text = path.read_text("utf-8")
    old = load(project.issues / path.name, project, brand, text)
    filled, new = next_of(text, project, brand)
    assert new.date == DATE
    assert [article.label for article in new.articles] == [article.label for article in old.articles]
    for before, after in zip(old.articles, new.articles, strict=True):
        assert (before.language, bool(before.summary)) == (after.language, bool(after.summary))
        assert [block.kind for block in before.content if block.kind != "image"] == [
            block.kind for block in after.content
        ]
    labels = {article.label for article in old.articles}
    words = {value for _, value in iter_values(old) if isinstance(value, Text | Markdown)} - labels
    labels_in_new = {value for _, value in iter_values(new) if isinstance(value, Text | Markdown)} - labels
    assert words and not words & labels_in_new
    assert all(map(is_to_write, labels_in_new))
    notes, more = ({line for line in each.splitlines() if line.startswith("#")} for each in (text, filled))
    assert notes <= more <= {*notes, "# glossary: {a word: its explanation}"}


def test_it_can_be_previewed_but_not_sent(project: Project, brand: Brand) -> None:
    slug = "2026-12-03-everything-at-once"
    filled, _ = next_of((ROOT / f"issues/{slug}.yaml").read_text("utf-8"), project, brand)
    report = check(build(project.issues / "next.yaml", project, brand, text=filled), Settings())
    # One for what is before the articles, one for each of the six, and the day of consent, which nobody has given.
    errors = sorted(problem.id for problem in report.errors)
    assert errors == ["consent-date", *["placeholder"] * 7]
    # The event of the frame that had its access in the words around it has no such words yet.
    assert {problem.id for problem in report.problems} - {*errors} == {"event-access"}


def test_only_addresses_of_the_brand_are_copied(project: Project, brand: Brand) -> None:
    text = SHORT + (
        f"      - button: {{text: Our website, url: '{brand.website}'}}\n"
        "      - button: {text: Write to us, url: 'mailto:helpline@example.org'}\n"
        "      - button: {text: A shop, url: 'https://shop.example.org/'}\n"
    )
    _, new = next_of(text, project, brand)
    assert [block.value.url for block in new.articles[0].content] == [
        brand.website,
        "mailto:helpline@example.org",
        "https://to-write.invalid/",
    ]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (
            "- title: Only a picture\n    image: {src: images/clinic.png, alt: A nurse}\n",
            '- title: "To write: the title of article 1"\n    summary: "To write: one plain',
        ),
        (
            "- title: Pictures\n    content:\n      - image: {src: images/clinic.png, alt: A nurse}\n",
            '- title: "To write: the title of article 1"\n    summary: "To write: one plain',
        ),
        (
            "- content:\n      - allow: {link-text: it is known}\n        text: Hello\n"
            "      - image: {src: images/clinic.png, alt: A nurse}\n",
            "- content:\n      - text: |\n          To write: ordinary text: paragraphs, lists, links, bold words and "
            'small headings\n      # - image: {src: images/NAME.jpg, alt: "What it shows"}\n',
        ),
    ],
)
def test_what_only_a_picture_needs_goes_with_it(article: str, expected: str, project: Project, brand: Brand) -> None:
    filled, _ = next_of(SHORT.partition("  - title")[0] + f"  {article}", project, brand)
    assert expected in filled


def test_a_document_of_the_old_issue_is_not_sent_with_new_words(tmp_path: Path, brand: Brand) -> None:
    project = Project(tmp_path)
    (project.issues / "files").mkdir(parents=True)
    with pypdf.PdfWriter(project.issues / DOCUMENT) as writer:
        writer.add_blank_page(200, 200)
    filled, new = next_of(
        f"{SHORT}      - documents: {{items: [{{text: The form, file: {DOCUMENT}}}]}}\n", project, brand
    )
    assert DOCUMENT not in filled
    assert is_to_write(new.articles[0].content[-1].value.items[0].url)


def test_comments_stay_where_they_are(project: Project, brand: Brand) -> None:
    head, articles, rest = SHORT.partition("articles:\n")
    text = (
        f"# First\n{head}\n# Before\n{articles}  # Inside\n{rest}      # A hint\n"
        "      - text: |\n          ### No comment\n\n          Words.\n\n# Last\n"
    )
    filled, _ = next_of(text, project, brand)
    lines = filled.splitlines()
    assert [line.strip() for line in lines if line.lstrip().startswith("#")] == [
        *("# First", "# Before", "# Inside", "# A hint", "# Last")
    ]
    assert lines[lines.index("# Before") - 1 : lines.index("# Before") + 2] == ["", "# Before", "articles:"]


@pytest.mark.parametrize("name", layouts(Project(ROOT)))
def test_the_example_of_a_layout_is_an_issue_in_any_project(name: str, tmp_path: Path, brand: Brand) -> None:
    project = Project(tmp_path)
    project.issues.mkdir()
    assert name in layouts(project)
    issue = load(project.issues / "new.yaml", project, brand, from_layout(name, project, DATE))
    assert (issue.date, issue.layout) == (DATE, name)
    assert not [article.image for article in issue.articles if article.image]
    shutil.copytree(ROOT / "issues/images", project.issues / "images")
    example = (ROOT / f"templates/layouts/{name}.yaml").read_text("utf-8")
    assert ("# image:" in from_layout(name, project, DATE)) == ("# image:" in example)


def test_a_layout_without_an_example_says_so(tmp_path: Path) -> None:
    (tmp_path / "templates/layouts").mkdir(parents=True)
    (tmp_path / "templates/layouts/letter.mjml").write_text("<mjml></mjml>", "utf-8")
    with pytest.raises(Problems, match="has no worked example"):
        from_layout("letter", Project(tmp_path), DATE)
    with pytest.raises(Problems, match=r"There is no layout “leter”.(.|\n)*Did you mean “letter”"):
        from_layout("leter", Project(tmp_path), DATE)


@pytest.mark.parametrize("folder", ["issues", "templates", "docs"])
def test_a_folder_that_cannot_be_written_is_a_problem_of_its_file(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).write_text("a file where the folder would be", "utf-8")
    with pytest.raises(Problems) as error:
        new("2026-12-03-winter", Project(tmp_path), datetime.date(2026, 12, 3))
    (problem,) = error.value.problems
    assert problem.id == "write"
    assert problem.location.file.startswith(f"{folder}/")
    assert "cannot be written" in problem.message
