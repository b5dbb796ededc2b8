"""The first page: which issues are listed, in which order, with which words, and what a filter leaves."""

from __future__ import annotations

import asyncio
import datetime
import io
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from conftest import ROOT
from newsletter.edition import Edition
from newsletter.outbox import message_name
from newsletter.preview import pages, thumbnails
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import OpenItems
from newsletter.preview.issue_list import IssueList, issue_list, issue_verdict
from newsletter.preview.issue_metadata import IssueMetadata, MetadataCache, read_metadata
from newsletter.preview.issue_state import IssueState
from newsletter.preview.render_times import RenderTimes
from newsletter.problems import Location, Problem, Severity

FILES = {
    "2027-03-04-spring": 'subject: "Spring, and Zoë’s garden"\ndate: 4 March 2027\n',
    "2027-03-04-spring.cy": "subject: Y gwanwyn\ndate: 2027-03-04\n",
    # Its name says another year than its date.
    "2027-01-01-moved": "subject: Moved to winter\ndate: 2026-12-03\n",
    "2026-06-01-summer": "articles: []\nsubject: Summer\ntitle: News\ndate: 2026-06-01\n",
    "_2028-idea": "subject: An idea\ndate: 2025-01-01\n",
    "broken": 'title: "A title"\nsubject: [\n',
    # The fault comes before the date, and this one cannot be read.
    "2026-11-05-fault": 'subject: "A "fault""\ndate: "2026-11-12"\n',
    "2026-09-01-soon": "subject: Soon\ndate: 09/01/2026\n",
    "unclear": "subject: Which day?\ndate: 03/04/2027\n",
}


@pytest.fixture
def builder(tmp_path: Path) -> IssueBuilder:
    """A builder that has found every file, and built nothing."""
    (tmp_path / "issues").mkdir()
    for slug, text in FILES.items():
        (tmp_path / "issues" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    builder = IssueBuilder(tmp_path, lambda state: None, lambda: False)
    asyncio.run(builder.rescan())
    return builder


def listed(builder: IssueBuilder, **query: str) -> IssueList:
    return issue_list(builder, MetadataCache(), OpenItems(), query)


def slugs(issues: IssueList) -> dict[str, list[list[str]]]:
    """Return the slugs of each item, by the title of its group."""
    return {group.title: [[entry.state.slug for entry in item] for item in group.items] for group in issues.groups}


def problems(*severities: Severity) -> tuple[Problem, ...]:
    return tuple(
        Problem(Location("a", line), "x", f"Wrong {line}.", "", each) for line, each in enumerate(severities, 1)
    )


def test_drafts_come_first_then_what_has_no_date_then_the_newest(builder: IssueBuilder) -> None:
    assert slugs(listed(builder)) == {
        "Unfinished": [["_2028-idea"]],
        "Without a date": [["unclear"], ["broken"]],
        "2027": [["2027-03-04-spring", "2027-03-04-spring.cy"]],
        "2026": [["2027-01-01-moved"], ["2026-11-05-fault"], ["2026-09-01-soon"], ["2026-06-01-summer"]],
    }


def test_an_issue_is_named_before_it_is_built(builder: IssueBuilder) -> None:
    page: Any = html.document_fromstring(pages.index(builder, MetadataCache(), OpenItems(), {}))
    names = [" ".join(link.text_content().split()) for link in page.xpath("//h3/a")]
    assert names[:4] == ["An idea", "Which day?", "A title", "Spring, and Zoë’s garden"]
    (twin,) = page.xpath("//li[@class='twin']")
    assert "Welsh" in twin.text_content() and twin.xpath(".//h3/a/@lang") == ["cy"]
    assert {verdict.text_content() for verdict in page.xpath("//p[contains(@class, 'verdict')]")} == {"Checking"}
    assert set(page.xpath("//li[contains(@class, 'issue')]/img/@alt")) == {""}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "zoe garden"}, ["2027-03-04-spring"]),
        ({"q": "ZOË"}, ["2027-03-04-spring"]),
        ({"q": "march"}, ["2027-03-04-spring", "2027-03-04-spring.cy"]),
        ({"q": "2026-12-03"}, ["2027-01-01-moved"]),  # as YAML has it
        ({"q": "2026-11-12"}, ["2026-11-05-fault"]),
        ({"q": "welsh"}, ["2027-03-04-spring.cy"]),
        ({"q": "summer moved"}, []),
        ({"q": "  "}, sorted(FILES)),
        ({"state": "busy"}, sorted(FILES)),
        ({"state": "fine"}, []),
        ({"state": "anything"}, sorted(FILES)),
    ],
)
def test_a_filter_leaves_what_has_all_words(builder: IssueBuilder, query: dict[str, str], expected: list[str]) -> None:
    result = listed(builder, **query)
    assert sorted(slug for items in slugs(result).values() for item in items for slug in item) == expected
    assert result.result == ("9 issues" if len(expected) == 9 else f"{len(expected)} of 9 issues")


def test_the_form_works_without_a_script_and_keeps_what_was_typed(builder: IssueBuilder) -> None:
    typed = '"><script>alert(1)</script>'
    page: Any = html.document_fromstring(
        pages.index(builder, MetadataCache(), OpenItems(), {"q": typed, "state": "warning"})
    )
    (form,) = page.forms
    assert (form.method, form.action, dict(form.fields)) == ("GET", "/", {"q": typed, "state": "warning"})
    assert page.get_element_by_id("result").text_content() == "0 of 9 issues"
    assert "No issue has all of this" in page.get_element_by_id("main").text_content()


def test_a_verdict_says_what_is_to_do(edition: Edition) -> None:
    built = IssueState("a", "issues/a.yaml", edition, is_outdated=False)
    checked = replace(built, report=object(), all_editions_built=True)  # type: ignore[arg-type]
    assert issue_verdict(built) == ("busy", "Checking")
    assert issue_verdict(checked) == ("fine", "No problems")
    assert issue_verdict(replace(checked, problems=problems("warning", "warning"))) == ("warning", "2 to consider")
    assert issue_verdict(replace(checked, problems=problems("error"))) == ("error", "1 to fix")
    both = replace(checked, problems=problems("error", "error", "warning"))
    assert issue_verdict(both) == ("error", "2 to fix, 1 to consider")
    # What the other editions lack is not known yet.
    assert issue_verdict(replace(checked, all_editions_built=False)) == ("busy", "Checking")
    assert issue_verdict(replace(built, edition=None, problems=problems("error"))) == ("error", "1 to fix first")


def test_an_issue_that_cannot_be_read_says_why(builder: IssueBuilder) -> None:
    problem = Problem(Location("issues/broken.yaml", 2, 10), "yaml", "A bracket is <missing>.", "Close it.")
    builder.states["broken"] = replace(builder.states["broken"], problems=(problem,))
    page: Any = html.document_fromstring(pages.index(builder, MetadataCache(), OpenItems(), {"q": "broken"}))
    assert " ".join(page.xpath("//p[@class='why']")[0].text_content().split()) == "A bracket is <missing>. Line 2."
    assert page.xpath("//p[contains(@class, 'verdict')]")[0].text_content() == "1 to fix first"


def test_it_says_what_has_changed_since_it_was_rendered(builder: IssueBuilder) -> None:
    slug, home = "2026-06-01-summer", builder.root
    message = home / "outbox" / f"{slug}.eml"
    (home / "issues/images").mkdir()
    (home / "outbox").mkdir()
    for path, time in ((message, 2_000), (home / "issues/images/a.png", 3_000), (home / f"issues/{slug}.yaml", 1_000)):
        path.touch()
        os.utime(path, (time, time))

    def rendered(source: str) -> tuple[datetime.datetime, bool] | None:
        asyncio.run(builder.rescan())
        builder.states[slug] = replace(builder.states[slug], source=source)
        items = [item for group in listed(builder).groups for item in group.items]
        return next(entry.rendered for item in items for entry in item if entry.state.slug == slug)

    at = datetime.datetime.fromtimestamp(2_000).astimezone()
    assert rendered("") == (at, False)
    assert rendered("src: images/a.png") == (at, True)
    os.utime(home / f"issues/{slug}.yaml", (3_000, 3_000))
    assert rendered("") == (at, True)
    message.unlink()
    assert rendered("") is None


def test_what_was_saved_again_without_a_change_has_not_changed(builder: IssueBuilder, edition: Edition) -> None:
    slug = edition.issue.slug
    message = builder.root / "outbox" / message_name(slug, edition.kind)
    message.parent.mkdir()
    message.write_bytes(edition.message)
    os.utime(message, (2_000, 2_000))
    (builder.root / f"issues/{slug}.yaml").write_text(edition.issue.file.text, encoding="utf-8")
    asyncio.run(builder.rescan())
    times = RenderTimes(builder.files, builder.root)
    built = replace(builder.states[slug], edition=edition, report=object(), all_editions_built=True)  # type: ignore[arg-type]
    assert times.of(built) == (datetime.datetime.fromtimestamp(2_000).astimezone(), False)
    # As long as the newest save is not built, only the times are known.
    last = times.of(replace(built, all_editions_built=False))
    assert last and last.is_changed
    message.write_bytes(edition.message + b"\n")
    last = times.of(built)
    assert last and last.is_changed


def test_the_metadata_of_an_issue() -> None:
    text = 'date: "3 Rhagfyr 2027"\nsubject: "A  b"\nlanguage: cy\narticles: [{image: {src: a.png}}]\n'
    assert read_metadata(text, "x") == IssueMetadata("A b", "", datetime.date(2027, 12, 3), "cy", "a.png")
    assert read_metadata("", "winter.cy").language == "cy"
    assert read_metadata("language: '\"><b>'", "x").language == ""


class TestPictures:
    def test_a_thumbnail_is_small_and_has_the_shape_of_the_list(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "issues/images/clinic.png", tmp_path)
        small = Image.open(io.BytesIO(thumbnails.picture("clinic.png", tmp_path, 1)))
        assert (small.format, small.size) == ("JPEG", (240, 180))

    def test_what_is_transparent_becomes_white(self, tmp_path: Path) -> None:
        Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(tmp_path / "a.png")
        small = Image.open(io.BytesIO(thumbnails.picture("a.png", tmp_path, 1)))
        assert small.getpixel((20, 20)) == (255, 255, 255)

    @pytest.mark.parametrize("src", ["../secret.png", "/etc/passwd", "none.png", "damaged.png", "text.png", ""])
    def test_what_cannot_be_shown_is_empty(self, tmp_path: Path, src: str) -> None:
        home = tmp_path / "issues"
        home.mkdir()
        shutil.copy(ROOT / "issues/images/clinic.png", tmp_path / "secret.png")
        whole = (tmp_path / "secret.png").read_bytes()
        (home / "damaged.png").write_bytes(whole[:200])
        (home / "text.png").write_text("no picture", encoding="utf-8")
        assert thumbnails.picture(src, home, 2) == b""

    def test_a_tile_shows_the_month_or_the_initials(self) -> None:
        day = datetime.date(2027, 11, 4)
        assert [text in thumbnails.month_tile(IssueMetadata(day=day), None) for text in (">Nov<", ">2027<")] == [
            True,
            True,
        ]
        hostile = thumbnails.month_tile(IssueMetadata("<script> &x"), None)
        assert ">&lt;&amp;<" in hostile and "script" not in hostile
