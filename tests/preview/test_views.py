"""What each view says: of both shipped issues, of one with findings, and of one that could never be built."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from newsletter.check.engine import check
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings
from newsletter.edition import Edition, InlinedPage, PlainText
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.brand import Brand
from newsletter.pipeline import build, build_editions
from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.facts import facts
from newsletter.preview.issue_state import IssueState, ProvisionalPage, errors_first
from newsletter.preview.make import make_report
from newsletter.preview.project_state import ProjectState
from newsletter.preview.views import VIEWS, email, inbox
from newsletter.preview.views.checks import Passage, passages
from newsletter.preview.views.source import split_lines
from newsletter.problems import Location, Problem
from newsletter.project import Project

FILE = "issues/a.yaml"


def shown_of(edition: Edition) -> IssueState:
    report = check(edition, Settings())
    manuscript = edition.issue.file
    problems = errors_first(report.problems)
    built = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    return IssueState(
        manuscript.slug,
        manuscript.name,
        edition,
        report=report,
        problems=problems,
        source=manuscript.text,
        built_at=built,
        all_editions_built=True,
    )


def view(name: str, shown: IssueState, **query: str) -> Any:
    """Make a page, and give its part that differs between views."""
    chosen = next(view for view in VIEWS if view.name == name)
    page: Any = html.document_fromstring(pages.issue(shown, chosen, query, Settings()))
    return page.get_element_by_id("view")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def every_shown(editions: dict[str, Edition]) -> dict[str, IssueState]:
    """The shipped issues, by slug."""
    return {slug: shown_of(edition) for slug, edition in editions.items()}


@pytest.fixture
def shown(every_shown: dict[str, IssueState], edition: Edition) -> IssueState:
    """Each shipped issue."""
    return every_shown[edition.issue.slug]


@pytest.fixture
def small(every_shown: dict[str, IssueState]) -> IssueState:
    """The one in which nothing is found."""
    return every_shown["2023-09-26-stem-cell-hope"]


@pytest.fixture
def large(every_shown: dict[str, IssueState]) -> IssueState:
    """The one with every block, and in three languages."""
    return every_shown["2026-12-03-everything-at-once"]


@pytest.fixture(scope="module")
def found(project: Project, brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> IssueState:
    """An issue with an error, warnings and something allowed."""
    text = (project.issues / "2023-09-26-stem-cell-hope.yaml").read_text("utf-8")
    text = text.replace(
        "Researchers in Sweden looked", "See [click here](https://example.org/a). Researchers looked", 1
    )
    text = re.sub(r'subject: ".*"', 'subject: "Stem cell hope for MS: what a new study from Sweden found"', text)
    allowed = "    allow: {sentence-length: Her own words.}\n    summary:"
    text = text.replace("    summary:", allowed, 1).replace("Researchers looked", f"{'One and ' * 30}ten looked", 1)
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(project.issues / "images", folder / "issues" / "images")
    (folder / "issues" / "a.yaml").write_text(text, encoding="utf-8")
    return shown_of(build(folder / "issues" / "a.yaml", Project(folder), brand))


@pytest.fixture
def never() -> IssueState:
    """An issue that could not be built, with a slip in line 2."""
    slip = Problem(Location(FILE, 2, 1), "unknown-key", "Unknown key 'titel'.", "Did you mean 'title'?")
    return IssueState("a", FILE, problems=(slip,), source='subject: "A"\ntitel: "B"\n')


class TestEveryView:
    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_it_is_there_before_anything_could_be_built(self, name: str, never: IssueState) -> None:
        chosen = next(view for view in VIEWS if view.name == name)
        page = pages.issue(never, chosen, {}, Settings())
        assert "There is no page yet." in page
        assert "Unknown key &#39;titel&#39;." in page

    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_an_issue_that_nobody_could_read_yet(self, name: str) -> None:
        assert view(name, IssueState("a", FILE)) is not None

    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_headings_come_in_order_and_ids_once(self, name: str, shown: IssueState, found: IssueState) -> None:
        chosen = next(view for view in VIEWS if view.name == name)
        for one in (shown, found):
            page: Any = html.document_fromstring(pages.issue(one, chosen, {}, Settings()))
            levels = [int(tag.tag[1]) for tag in page.iter("h1", "h2", "h3", "h4")]
            assert levels[0] == 1 and levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_nothing_stands_in_it_that_its_policy_refuses(self, name: str, shown: IssueState) -> None:
        chosen = next(view for view in VIEWS if view.name == name)
        page: Any = html.document_fromstring(pages.issue(shown, chosen, {}, Settings()))
        assert not page.xpath("//style | //*[@style] | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
        assert all(address.startswith("/static/") for address in page.xpath("//script/@src | //link/@href"))


class TestInbox:
    def test_who_sends_it_and_what_it_is_about(self, shown: IssueState) -> None:
        assert shown.edition
        said = words(view("inbox", shown))
        assert shown.edition.issue.subject in said
        assert str(shown.edition.brand.sender.address) in said
        assert "EmailToolTester" in said

    def test_each_program_cuts_at_its_own_length(self, found: IssueState) -> None:
        rows = inbox.context(found, {})["rows"]
        assert isinstance(rows, list)
        for row in rows:
            assert len(row.subject) <= row.client.subject
            assert len(row.preheader) + len(row.follows) < row.client.preheader + 1
            assert row.subject.endswith("…") == bool(row.subject_cut)
        phone = rows[0]
        assert (phone.subject, phone.subject_cut) == ("Stem cell hope for MS: what a new study from Sw…", "eden found")

    def test_what_follows_a_short_preheader_is_the_next_of_the_page(self, small: IssueState) -> None:
        rows = inbox.context(small, {})["rows"]
        assert isinstance(rows, list)
        assert rows[0].follows == "Read this email on the web…"
        assert rows[1].follows == "" and rows[1].preheader_cut


class TestPlainText:
    def test_it_is_the_text_part_to_the_letter(self, shown: IssueState) -> None:
        assert shown.edition
        assert view("plain-text", shown).xpath(".//pre")[0].text_content() == shown.edition.text.removeprefix("\n")

    def test_line_by_line(self, shown: IssueState) -> None:
        assert shown.edition
        lines = view("plain-text", shown, lines="1").xpath(".//ol/li/code")
        assert [line.text_content().strip() for line in lines] == [
            line.strip() for line in shown.edition.text.splitlines()
        ]


class TestScreenReader:
    def test_each_stop_in_order_with_its_language(self, large: IssueState) -> None:
        stops = view("screen-reader", large).xpath(".//ol/li/p")
        said = [words(stop) for stop in stops]
        assert 'heading level 1, Neuro News, December 2026: "warm & well"' in said
        assert "in Welsh, heading level 2, Cadw’n gynnes y gaeaf hwn" in said
        assert (
            said.index("heading level 2, In this issue") < said.index("list, 6 items") < said.index("end of list", 20)
        )
        welsh = next(stop for stop in stops if "in Welsh, heading" in words(stop))
        assert welsh.xpath("./span[@lang]/@lang") == ["cy"]

    def test_it_says_how_much_there_is(self, large: IssueState) -> None:
        said = words(view("screen-reader", large))
        assert "6 images" in said
        assert "The issue is in English, Welsh and Arabic." in said

    def test_the_controls_wait_for_a_script(self, shown: IssueState) -> None:
        (stepper,) = view("screen-reader", shown).xpath(".//*[@id='stepper']")
        assert "hidden" in stepper.attrib


class TestStripped:
    @pytest.mark.parametrize(
        ("query", "page"), [({}, "stripped"), ({"client": "bare"}, "bare"), ({"client": "x"}, "stripped")]
    )
    def test_the_email_is_framed_without_rights(self, shown: IssueState, query: dict[str, str], page: str) -> None:
        (frame,) = view("stripped", shown, **query).iter("iframe")
        assert frame.get("src", "").startswith(f"page?client={page}&v=")
        assert "allow-scripts" not in frame.get("sandbox", "allow-scripts")


class TestChecks:
    def test_a_finding_with_what_to_do_why_and_its_lines(self, found: IssueState) -> None:
        first = view("checks", found).get_element_by_id("finding-1")
        said = words(first)
        assert said.startswith("Error: “click here” does not say where the link goes.")
        assert "Why: A link says where it goes." in said
        (line,) = first.xpath(".//li[contains(@class, 'marked')]/code")
        assert "[click here]" in line.text_content()
        (address,) = {link for link in first.xpath(".//a/@href") if link.startswith("source#")}
        target = view("source", found).get_element_by_id(address.partition("#")[2])
        assert "[click here]" in words(target)
        assert "“click here” does not say where the link goes." in words(target)

    def test_errors_come_first_and_warnings_say_so(self, found: IssueState) -> None:
        severities = [words(item).partition(":")[0] for item in view("checks", found).xpath(".//article/h3")]
        assert severities[0] == "Error" and severities[1:] and set(severities[1:]) == {"Warning"}

    def test_what_is_allowed_and_why(self, found: IssueState) -> None:
        assert "Your reason: “Her own words.”" in words(view("checks", found))

    def test_every_rule_is_found_allowed_passed_or_off(self, found: IssueState) -> None:
        listed = view("checks", found).xpath(".//section[@aria-labelledby='passed-title']//li/code/text()")
        ids = {problem.id for problem in found.problems}
        off = {rule.id for rule in all_rules() if rule.severity == "off"}
        assert {"link-text", "subject-length"} <= ids
        assert sorted(listed) == sorted(
            {rule.id for rule in all_rules() if rule.scope != "browser"} - ids - off - {"sentence-length"}
        )
        assert f"{len(listed)} rules found no problems" in words(view("checks", found))

    def test_a_finding_about_a_template_names_its_line(self, shown: IssueState) -> None:
        problem = Problem(
            Location("templates/styles.css", 12, 3), "contrast", "Text is pale.", "Choose a darker colour."
        )
        said = words(view("checks", replace(shown, problems=(problem,))))
        assert "In another file: templates/styles.css:12:3" in said

    def test_nothing_found_is_said(self, small: IssueState) -> None:
        assert small.problems == ()
        assert "No problems found." in words(view("checks", small))

    def test_a_stale_issue_claims_no_passed_rule(self, found: IssueState, never: IssueState) -> None:
        stale = replace(found, problems=never.problems, is_outdated=True)
        said = words(view("checks", stale))
        assert "rules found no problems" not in said
        assert "run when there are no errors that stop the page" in said

    def test_every_explanation_is_whole(self) -> None:
        for rule in all_rules():
            told = " ".join(" ".join(passage.text.split()) for passage in passages(rule.explanation))
            assert told == " ".join(rule.explanation.partition("\n")[2].split()), rule.id

    def test_examples_are_told_from_words(self) -> None:
        explanation = "A title.\n\nWhy\nso.\n\nBad:\n    one\n      two\n\nGood:\n    three\n\nWCAG"
        assert list(passages(explanation)) == [
            Passage("Why so.", False),
            Passage("Bad:", False),
            Passage("one\n  two", True),
            Passage("Good:", False),
            Passage("three", True),
            Passage("WCAG", False),
        ]


class TestSource:
    def test_every_line_as_it_is_saved(self, shown: IssueState) -> None:
        lines = view("source", shown).xpath(".//ol/li/code")
        assert [line.text_content().rstrip() for line in lines] == [
            line.rstrip() for line in shown.source.split("\n")[:-1]
        ]

    def test_a_slip_stands_with_its_line(self, never: IssueState) -> None:
        line = view("source", never).get_element_by_id("line-2")
        assert "Error: Unknown key 'titel'." in words(line)
        assert line.xpath(".//a/@href") == ["checks#finding-1"]

    def test_what_is_beyond_the_end_stands_with_the_last_line(self) -> None:
        slip = Problem(Location(FILE, 9, 1), "yaml", "The quotes are not closed.")
        shown = IssueState("a", FILE, problems=(slip,), source='a: "b\n')
        assert "The quotes are not closed." in words(view("source", shown).get_element_by_id("line-1"))

    def test_what_is_not_about_this_file_is_told_apart(self, never: IssueState) -> None:
        brand = Problem(Location("templates/brand.yaml", 1, 1), "brand", "The brand has no name.")
        said = words(view("source", replace(never, problems=(*never.problems, brand))))
        assert "Problems in other files Error: The brand has no name." in said

    def test_lines_end_where_yaml_ends_them(self) -> None:
        assert split_lines("a\r\nb\rc\nd\x85e\u2028f\x0bg\n\n") == ["a", "b", "c", "d", "e", "f\x0bg", ""]
        assert split_lines("") == []


class TestMessage:
    def test_headers_decoded_and_as_sent(self, large: IssueState) -> None:
        said = view("message", large)
        assert large.edition
        assert large.edition.issue.subject in words(said)
        raw = said.get_element_by_id("raw-headers").text_content()
        assert "Subject: =?utf-8?" in raw

    def test_the_parts_as_a_tree(self, shown: IssueState) -> None:
        assert shown.edition
        tree = view("message", shown).xpath(".//ul[@class='tree']")[0]
        assert tree.xpath("./li/p/strong/text()") == ["multipart/alternative"]
        assert tree.xpath("./li/ul/li/p/strong/text()") == ["text/plain", "text/html"]
        said = words(tree)
        assert "utf-8, quoted-printable" in said
        assert f"{len(shown.edition.inlined.replace(chr(10), chr(13) + chr(10)).encode()):,} bytes" in said

    def test_it_can_be_downloaded(self, shown: IssueState) -> None:
        assert view("message", shown).xpath(".//a[@download]/@href") == [f"/issues/{shown.slug}.eml"]


def test_a_page_that_is_ahead_stands_at_its_own_address_alone(small: IssueState) -> None:
    """It may have to go again, and a frame that had it under another address would keep it."""
    assert small.edition and small.built_at
    newer = replace(small.edition, inlined=InlinedPage("newer"))
    shown = replace(small, provisional=ProvisionalPage(newer, small.built_at + timedelta(milliseconds=5)))
    assert shown.page_for(shown.stamp["v"]) is newer
    assert shown.page_for(small.stamp["v"]) is small.edition
    assert shown.page_for(None) is small.edition
    assert small.page_for(shown.stamp["v"]) is small.edition


def test_what_stands_between_backticks_is_code(never: IssueState) -> None:
    slip = Problem(Location(FILE, 2), "unknown-key", "`titel` <is> wrong.", 'Write `title: "…"` or `label`.')
    page = pages.issue(replace(never, problems=(slip,)), VIEWS[0], {}, Settings())
    assert "<code>titel</code> &lt;is&gt; wrong." in page
    assert "Write <code>title: &#34;…&#34;</code> or <code>label</code>." in page
    assert str(pages.code_spans("One ` alone <b>")) == "One ` alone &lt;b&gt;"


def test_the_list_claims_nothing_that_needs_a_script(tmp_path: Path) -> None:
    page: Any = html.document_fromstring(pages.index(IssueBuilder(tmp_path, lambda shown: None, lambda: False)))
    assert "Reload the page after each save" in words(page.xpath("//noscript")[0])
    assert "by itself" not in words(page) and "by themselves" not in words(page)


class TestFacts:
    def test_of_a_shipped_issue(self, small: IssueState) -> None:
        edition = small.edition
        assert edition
        told = {fact.label: (fact.value, fact.note) for fact in facts(small, Settings())}
        assert told["Size of the HTML"][0] == f"{len(edition.inlined.encode()) / 1000:.0f} KB of 100 KB"
        assert told["Reading time"][0] == "about 6 minutes"
        assert told["Images"] == ("4", "1 of them decorative")
        addresses = re.findall(r'<a href="(?!#)', edition.reading)
        assert told["Links in the HTML"] == (str(len(addresses)), "and 3 inside the email")
        by_phone = len(re.findall(r'<a href="tel:', edition.reading))
        assert told["Links in the text"] == (
            f"{len(addresses) - by_phone}",
            f"and {by_phone} telephone numbers as words",
        )
        assert 1 < float(told["Reading grade"][0]) <= 8

    def test_a_telephone_number_that_stands_there_as_an_address_is_counted_once(self, small: IssueState) -> None:
        edition = small.edition
        assert edition
        before = next(fact for fact in facts(small, Settings()) if fact.label == "Links in the text")
        text = PlainText(edition.text.replace("Textphone: ", "Textphone: tel:"))
        assert text != edition.text
        after = next(
            fact
            for fact in facts(replace(small, edition=replace(edition, text=text)), Settings())
            if fact.label == before.label
        )
        assert int(after.value) > int(before.value)
        assert after.note != before.note

    def test_limits_are_those_of_the_project(self, small: IssueState) -> None:
        strict = Settings(rules={"html-size": {"block_from_kb": 9}, "reading-grade": {"fewest_words": 100_000}})
        values = {fact.label: fact.value for fact in facts(small, strict)}
        assert values["Size of the HTML"].endswith(" of 9 KB")
        assert values["Reading grade"] == "unknown"

    def test_there_are_none_of_nothing(self, never: IssueState) -> None:
        assert facts(never, Settings()) == ()


@pytest.fixture(scope="module")
def whole(project: Project, brand: Brand) -> IssueState:
    """A shipped issue in every edition."""
    path = project.issues / "2023-09-26-stem-cell-hope.yaml"
    first, *others = build_editions(path, project, brand, EDITION_KINDS)
    built = datetime(2026, 12, 3, 9, 31, tzinfo=UTC)
    return replace(shown_of(first), kinds=EDITION_KINDS, others=tuple(others), others_built_at=built)


class TestEditions:
    def test_text_alone_has_no_facts_of_a_page(self, whole: IssueState) -> None:
        told = {fact.label: fact.value for fact in facts(whole.in_edition("text-only"), Settings())}
        assert "Size of the text" in told
        assert not {"Size of the HTML", "Images", "Links in the HTML"} & told.keys()

    def test_an_edition_has_a_frame_of_its_own_and_keeps_the_other_choices(self, whole: IssueState) -> None:
        seen = view("email", whole, edition="large-print", scheme="dark")
        (frame,) = seen.iter("iframe")
        assert frame.get("src", "").startswith("page?edition=large-print&scheme=dark&v=")
        assert {"email?scheme=dark", "email?scheme=dark&edition=text-only"} <= set(seen.xpath(".//a/@href"))

    def test_text_alone_is_framed_with_its_addresses_as_links(self, whole: IssueState) -> None:
        edition = whole.in_edition("text-only").edition
        assert edition
        page: Any = html.document_fromstring(email.framed(edition, {}))
        assert page.xpath("//pre")[0].text_content() == edition.text.removeprefix("\n")
        assert any(address.startswith("/link?to=https://") for address in page.xpath("//a/@href"))

    def test_one_that_is_not_there_yet_is_being_made(self, whole: IssueState) -> None:
        page = pages.issue(
            replace(whole, others=(), all_editions_built=False), VIEWS[0], {"edition": "large-print"}, Settings()
        )
        assert "Building this edition…" in page

    def test_each_counts_its_own_problems(self, whole: IssueState) -> None:
        slip = Problem(Location(FILE, 1), "a", "Too small.", editions=("large-print",))
        states = {item.kind: item.summary for item in pages.edition_summaries(replace(whole, problems=(slip,)))}
        assert states == {"standard": "No problems", "large-print": "1 error", "text-only": "No problems"}

    def test_a_newer_save_ends_a_check(self, whole: IssueState, project: Project, brand: Brand) -> None:
        assert whole.edition
        asked: list[bool] = []

        def is_overtaken() -> bool:
            asked.append(True)
            return len(asked) == 3

        assert make_report([whole.edition], ProjectState(project, brand, Settings()), is_overtaken) is None
        assert len(asked) == 3
