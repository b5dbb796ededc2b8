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
from newsletter.check.issue_text import IssueText
from newsletter.check.message import ParsedMessage, html_kb
from newsletter.check.page import ParsedPage
from newsletter.check.readability import grades
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings
from newsletter.edition import Edition, InlinedPage, PlainText
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.brand import Brand
from newsletter.pipeline import build, build_editions, build_issue
from newsletter.preview import pages
from newsletter.preview.build_steps import check_in_steps
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import OpenItems
from newsletter.preview.facts import facts
from newsletter.preview.findings import anchor_of
from newsletter.preview.issue_metadata import MetadataCache
from newsletter.preview.issue_state import IssueState, ProvisionalPage, errors_first
from newsletter.preview.project_state import ProjectState
from newsletter.preview.views import VIEWS, email, inbox
from newsletter.preview.views.checks import Passage, passages
from newsletter.problems import Location, Problem
from newsletter.project import Project
from newsletter.source.lines import split_lines
from newsletter.stages.compose import reading_time

FILE = "issues/a.yaml"


def state_of(edition: Edition) -> IssueState:
    report = check(edition, Settings())
    file = edition.issue.file
    problems = errors_first(report.problems)
    built = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    return IssueState(
        file.slug,
        file.name,
        edition,
        report=report,
        problems=problems,
        source=file.text,
        built_at=built,
        all_editions_built=True,
    )


def view(name: str, state: IssueState, **query: str) -> Any:
    """Build a page, and return its part that differs between views."""
    chosen = next(view for view in VIEWS if view.name == name)
    page: Any = html.document_fromstring(pages.issue(state, chosen, query, Settings()))
    return page.get_element_by_id("view")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def every_state(editions: dict[str, Edition]) -> dict[str, IssueState]:
    """The shipped issues, by slug."""
    return {slug: state_of(edition) for slug, edition in editions.items()}


@pytest.fixture
def state(every_state: dict[str, IssueState], edition: Edition) -> IssueState:
    """Each shipped issue."""
    return every_state[edition.issue.slug]


@pytest.fixture
def small(every_state: dict[str, IssueState]) -> IssueState:
    """The one in which nothing is found."""
    return every_state["2023-09-26-stem-cell-hope"]


@pytest.fixture
def large(every_state: dict[str, IssueState]) -> IssueState:
    """The one with every block, and in three languages."""
    return every_state["2026-12-03-everything-at-once"]


@pytest.fixture(scope="module")
def with_problems(project: Project, brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> IssueState:
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
    return state_of(build(folder / "issues" / "a.yaml", Project(folder), brand))


@pytest.fixture
def never_built() -> IssueState:
    """An issue that could not be built, with a problem in line 2."""
    problem = Problem(Location(FILE, 2, 1), "unknown-key", "Unknown key “titel”.", "Did you mean “title”?")
    return IssueState("a", FILE, problems=(problem,), source='subject: "A"\ntitel: "B"\n')


class TestEveryView:
    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_it_is_there_before_anything_could_be_built(self, name: str, never_built: IssueState) -> None:
        chosen = next(view for view in VIEWS if view.name == name)
        page = pages.issue(never_built, chosen, {}, Settings())
        assert "There is no page yet." in page
        assert "Unknown key “titel”." in page

    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_an_issue_that_could_not_be_read_yet(self, name: str) -> None:
        assert view(name, IssueState("a", FILE)) is not None

    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_headings_come_in_order_and_ids_once(self, name: str, state: IssueState, with_problems: IssueState) -> None:
        chosen = next(view for view in VIEWS if view.name == name)
        for one in (state, with_problems):
            page: Any = html.document_fromstring(pages.issue(one, chosen, {}, Settings()))
            levels = [int(tag.tag[1]) for tag in page.iter("h1", "h2", "h3", "h4")]
            assert levels[0] == 1 and levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("name", [view.name for view in VIEWS])
    def test_nothing_is_in_it_that_its_policy_forbids(self, name: str, state: IssueState) -> None:
        chosen = next(view for view in VIEWS if view.name == name)
        page: Any = html.document_fromstring(pages.issue(state, chosen, {}, Settings()))
        assert not page.xpath("//style | //*[@style] | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
        assert all(address.startswith("/static/") for address in page.xpath("//script/@src | //link/@href"))


class TestInbox:
    def test_who_sends_it_and_what_it_is_about(self, state: IssueState) -> None:
        assert state.edition
        text = words(view("inbox", state))
        assert state.edition.issue.subject in text
        assert str(state.edition.brand.sender.address) in text
        assert "EmailToolTester" in text

    def test_each_program_cuts_at_its_own_length(self, with_problems: IssueState) -> None:
        rows = inbox.template_variables(with_problems, {})["rows"]
        assert isinstance(rows, list)
        for row in rows:
            assert len(row.subject) <= row.client.subject
            assert len(row.preheader) + len(row.follows) < row.client.preheader + 1
            assert row.subject.endswith("…") == bool(row.subject_cut)
        phone = rows[0]
        assert (phone.subject, phone.subject_cut) == ("Stem cell hope for MS: what a new study from Sw…", "eden found")

    def test_what_follows_a_short_preheader_is_the_next_of_the_page(self, small: IssueState) -> None:
        rows = inbox.template_variables(small, {})["rows"]
        assert isinstance(rows, list)
        assert rows[0].follows == "Read this email on the web…"
        assert rows[1].follows == "" and rows[1].preheader_cut

    def test_neighbours_are_visible_and_hidden_from_screen_readers(self, small: IssueState) -> None:
        inbox_page = view("inbox", small)
        mails = inbox_page.find_class("mail")
        assert len(mails) == 4 * len(inbox.CLIENTS)
        unread = [mail for mail in mails if mail.get("aria-hidden") is None]
        assert [mail.get("class") for mail in unread] == ["mail unread"] * len(inbox.CLIENTS)
        assert small.edition
        assert unread[0].find_class("mail-sender")[0].text_content() == small.edition.brand.sender.name
        assert not [each for each in unread[0].iter("svg") if each.get("aria-hidden") != "true"]

    def test_it_has_a_dark_scheme(self, small: IssueState) -> None:
        assert view("inbox", small).find_class("inboxes")[0].get("class") == "inboxes light"
        assert view("inbox", small, scheme="dark").find_class("inboxes")[0].get("class") == "inboxes dark"

    def test_the_sources_of_its_numbers_are_named_once(self, small: IssueState) -> None:
        assert words(view("inbox", small)).count("ActiveCampaign") == 1


class TestPlainText:
    def test_it_is_the_text_part_to_the_letter(self, state: IssueState) -> None:
        assert state.edition
        assert view("plain-text", state).xpath(".//pre")[0].text_content() == state.edition.text.removeprefix("\n")

    def test_line_by_line(self, state: IssueState) -> None:
        assert state.edition
        lines = view("plain-text", state, lines="1").xpath(".//ol/li/code")
        assert [line.text_content().strip() for line in lines] == [
            line.strip() for line in state.edition.text.splitlines()
        ]


class TestScreenReader:
    def test_each_stop_in_order_with_its_language(self, large: IssueState) -> None:
        stops = view("listening", large).xpath(".//ol/li/p")
        text = [words(stop) for stop in stops]
        assert 'heading level 1, Neuro News, December 2026: "warm & well"' in text
        assert "heading level 2, Cadw’n gynnes y gaeaf hwn" in text
        assert (
            text.index("heading level 2, In this issue") < text.index("list, 6 items") < text.index("end of list", 20)
        )
        welsh = next(stop for stop in stops if words(stop).startswith("in Welsh, "))
        assert welsh.xpath("./span[@lang]/@lang") == ["cy"]

    def test_it_says_how_much_there_is(self, large: IssueState) -> None:
        text = words(view("listening", large))
        assert "6 images" in text
        assert "The issue is in English, Welsh and Arabic." in text

    def test_the_controls_wait_for_a_script(self, state: IssueState) -> None:
        (stepper,) = view("listening", state).xpath(".//*[@id='stepper']")
        assert "hidden" in stepper.attrib


class TestStripped:
    @pytest.mark.parametrize(
        ("query", "page"), [({}, "stripped"), ({"client": "bare"}, "bare"), ({"client": "x"}, "stripped")]
    )
    def test_the_email_is_framed_without_rights(self, state: IssueState, query: dict[str, str], page: str) -> None:
        (frame,) = view("stripped", state, **query).iter("iframe")
        assert frame.get("src", "").startswith(f"page?client={page}&v=")
        assert "allow-scripts" not in frame.get("sandbox", "allow-scripts")


class TestChecks:
    def test_a_finding_with_what_to_do_why_and_its_lines(self, with_problems: IssueState) -> None:
        first = view("checks", with_problems).xpath(".//article")[0]
        text = words(first)
        assert text.startswith("Error: “click here” does not say where the link goes.")
        assert "Why: A link says where it goes." in text
        (line,) = first.xpath(".//li[contains(@class, 'marked')]/code")
        assert "[click here]" in line.text_content()
        (address,) = {link for link in first.xpath(".//a/@href") if link.startswith("source#")}
        target = view("source", with_problems).get_element_by_id(address.partition("#")[2])
        assert "[click here]" in words(target)
        assert "“click here” does not say where the link goes." in words(target)

    def test_errors_come_first_and_warnings_say_so(self, with_problems: IssueState) -> None:
        severities = [words(item).partition(":")[0] for item in view("checks", with_problems).xpath(".//article/h3")]
        assert severities[0] == "Error" and severities[1:] and set(severities[1:]) == {"Warning"}

    def test_what_is_allowed_and_why(self, with_problems: IssueState) -> None:
        assert "Your reason: “Her own words.”" in words(view("checks", with_problems))

    def test_every_rule_is_broken_allowed_passed_or_off(self, with_problems: IssueState) -> None:
        listed = view("checks", with_problems).xpath(".//section[@aria-labelledby='passed-title']//li/code/text()")
        ids = {problem.id for problem in with_problems.problems}
        off = {rule.id for rule in all_rules() if rule.severity == "off"}
        assert {"link-text", "subject-length"} <= ids
        assert sorted(listed) == sorted(
            {rule.id for rule in all_rules() if rule.scope not in ("web", "browser")} - ids - off - {"sentence-length"}
        )
        assert f"{len(listed)} rules found no problems" in words(view("checks", with_problems))

    def test_a_finding_about_a_template_names_its_line(self, state: IssueState) -> None:
        problem = Problem(
            Location("templates/styles.css", 12, 3), "contrast", "Text is pale.", "Choose a darker colour."
        )
        text = words(view("checks", replace(state, problems=(problem,))))
        assert "In another file: templates/styles.css:12:3" in text

    def test_a_page_without_problems_says_so(self, small: IssueState) -> None:
        assert small.problems == ()
        assert "No problems found." in words(view("checks", small))

    def test_a_stale_issue_claims_no_passed_rule(self, with_problems: IssueState, never_built: IssueState) -> None:
        stale = replace(with_problems, problems=never_built.problems, is_outdated=True)
        text = words(view("checks", stale))
        assert "rules found no problems" not in text
        assert "run when there are no errors that stop the page" in text

    def test_every_explanation_is_whole(self) -> None:
        for rule in all_rules():
            text = " ".join(" ".join(passage.text.split()) for passage in passages(rule.explanation))
            assert text == " ".join(rule.explanation.partition("\n")[2].split()), rule.id

    def test_examples_are_not_words(self) -> None:
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
    def test_every_line_as_it_is_saved(self, state: IssueState) -> None:
        lines = view("source", state).xpath(".//ol/li/code")
        assert [line.text_content().rstrip() for line in lines] == [
            line.rstrip() for line in state.source.split("\n")[:-1]
        ]

    def test_a_problem_is_below_its_line(self, never_built: IssueState) -> None:
        line = view("source", never_built).get_element_by_id("line-2")
        assert "Error: Unknown key “titel”." in words(line)
        (article,) = view("checks", never_built).xpath("//article")
        assert line.xpath(".//a/@href") == [f"checks#{article.get('id')}"]

    def test_a_problem_after_the_end_is_below_the_last_line(self) -> None:
        problem = Problem(Location(FILE, 9, 1), "yaml", "The quotes are not closed.")
        state = IssueState("a", FILE, problems=(problem,), source='a: "b\n')
        assert "The quotes are not closed." in words(view("source", state).get_element_by_id("line-1"))

    def test_problems_in_other_files_have_their_own_list(self, never_built: IssueState) -> None:
        brand = Problem(Location("templates/brand.yaml", 1, 1), "brand", "The brand has no name.")
        text = words(view("source", replace(never_built, problems=(*never_built.problems, brand))))
        assert "Problems in other files Error: The brand has no name." in text

    def test_lines_end_where_yaml_ends_them(self) -> None:
        assert split_lines("a\r\nb\rc\nd\x85e\u2028f\x0bg\n\n") == ["a", "b", "c", "d", "e", "f\x0bg", ""]
        assert split_lines("") == []


class TestMessage:
    def test_headers_decoded_and_as_sent(self, large: IssueState) -> None:
        text = view("message", large)
        assert large.edition
        assert large.edition.issue.subject in words(text)
        raw = text.get_element_by_id("raw-headers").text_content()
        assert "Subject: =?utf-8?" in raw

    def test_the_parts_as_a_tree(self, state: IssueState) -> None:
        assert state.edition
        tree = view("message", state).xpath(".//ul[@class='tree']")[0]
        assert tree.xpath("./li/p/strong/text()") == ["multipart/alternative"]
        assert tree.xpath("./li/ul/li/p/strong/text()") == ["text/plain", "text/html"]
        text = words(tree)
        assert "utf-8, quoted-printable" in text
        assert f"{len(state.edition.inlined.replace(chr(10), chr(13) + chr(10)).encode()):,} bytes" in text

    def test_it_can_be_downloaded(self, state: IssueState) -> None:
        assert view("message", state).xpath(".//a/@href") == [f"/issues/{state.slug}.eml"]

    def test_it_cannot_be_while_there_is_an_error(self, with_problems: IssueState) -> None:
        text = words(view("message", with_problems))
        assert "You cannot download it yet. Fix 1 error first." in text
        assert view("message", with_problems).xpath(".//a/@href") == ["/issues/a/checks"]

    def test_it_cannot_be_before_it_is_checked(self, small: IssueState) -> None:
        message_page = view("message", replace(small, all_editions_built=False))
        assert "being checked" in words(message_page) and not message_page.xpath(".//a/@href")


def test_a_provisional_page_has_its_own_address(small: IssueState) -> None:
    """It may be withdrawn, and a frame that has it under another address would keep it."""
    assert small.edition and small.built_at
    newer = replace(small.edition, inlined=InlinedPage("newer"))
    state = replace(small, provisional=ProvisionalPage(newer, small.built_at + timedelta(milliseconds=5)))
    assert state.page_for(state.stamp["v"]) is newer
    assert state.page_for(small.stamp["v"]) is small.edition
    assert state.page_for(None) is small.edition
    assert small.page_for(state.stamp["v"]) is small.edition


def test_text_between_backticks_is_code(never_built: IssueState) -> None:
    problem = Problem(Location(FILE, 2), "unknown-key", "`titel` <is> wrong.", 'Write `title: "…"` or `label`.')
    page = pages.issue(replace(never_built, problems=(problem,)), VIEWS[0], {}, Settings())
    assert "<code>titel</code> &lt;is&gt; wrong." in page
    assert "Write <code>title: &#34;…&#34;</code> or <code>label</code>." in page
    assert str(pages.code_spans("One ` alone <b>")) == "One ` alone &lt;b&gt;"


def test_the_list_claims_nothing_that_needs_a_script(tmp_path: Path) -> None:
    builder = IssueBuilder(tmp_path, lambda state: None, lambda: False)
    page: Any = html.document_fromstring(pages.index(builder, MetadataCache(), OpenItems(), {}))
    assert "Reload the page after each save" in words(page.xpath("//noscript")[0])
    assert "by itself" not in words(page) and "by themselves" not in words(page)


class TestFacts:
    def test_of_a_shipped_issue(self, small: IssueState) -> None:
        edition = small.edition
        assert edition
        values = {fact.label: (fact.value, fact.note) for fact in facts(small, Settings())}
        assert values["Size"][0] == f"{html_kb(edition):.0f} KB of 100 KB"
        assert values["Size"][1] == f"This is the HTML. The whole message has {len(edition.message) / 1000:.0f} KB."
        html_part = edition.inlined.replace("\n", "\r\n")
        assert html_kb(edition) == len(html_part.encode()) / 1000
        assert ParsedMessage(edition, ParsedPage(edition, IssueText(edition.issue, edition.brand))).html == html_part
        assert values["Time to read"] == (
            "about 6 minutes",
            f"{reading_time.word_count(edition.issue):,} words, read aloud",
        )
        assert values["Pictures"] == ("4", "1 of them decorative")
        addresses = re.findall(r'<a href="(?!#)', edition.reading)
        assert values["Links"] == (str(len(addresses)), "and 3 to places inside the email")
        by_phone = len(re.findall(r'<a href="tel:', edition.reading))
        assert values["Links in the plain text"] == (
            f"{len(addresses) - by_phone}",
            f"and {by_phone} telephone numbers as words",
        )
        # Grade 5.6 of schools in the USA, which begin at the age of six.
        assert values["Reading age"] == ("about age 11", "Hardest: “Stem cells and MS: what Sweden found”")

    def test_a_long_issue_has_advice(self, small: IssueState, monkeypatch: pytest.MonkeyPatch) -> None:
        def note(minutes: int) -> str:
            monkeypatch.setattr(reading_time, "minutes", lambda issue: minutes)
            return next(fact.note for fact in facts(small, Settings()) if fact.label == "Time to read")

        assert "long" not in note(9) and "move articles to a web page or to the next issue" in note(10)

    def test_a_fact_says_what_to_do_only_if_a_rule_reports_a_problem(self, small: IssueState) -> None:
        def verdicts(state: IssueState, edition: str = "") -> list[str]:
            query = {"edition": edition} if edition else {}
            page: Any = html.document_fromstring(pages.issue(state, VIEWS[1], query, Settings()))
            links = [link for verdict in page.find_class("verdict") for link in verdict.xpath(".//a/@href")]
            return [words(verdict) for verdict in page.find_class("verdict")] + links

        assert verdicts(small) == []
        other = Problem(Location(FILE, 1), "a", "Something else.")
        large = Problem(Location(FILE, 1), "html-size", "This email is 101 KB.")
        hard = Problem(Location(FILE, 9), "reading-grade", "“A” has reading grade 9.1.", severity="warning")
        assert verdicts(replace(small, problems=(other, large, hard))) == [
            "Hard to read. What to do about the reading age",
            "Too large for Gmail. What to do about the size",
            f"/issues/{small.slug}/checks#{anchor_of(hard)}",
            f"/issues/{small.slug}/checks#{anchor_of(large)}",
        ]
        other_edition = replace(large, editions=("large-print",))
        assert verdicts(replace(small, problems=(other_edition,))) == []

    def test_a_telephone_number_that_is_also_an_address_is_counted_once(self, small: IssueState) -> None:
        edition = small.edition
        assert edition
        before = next(fact for fact in facts(small, Settings()) if fact.label == "Links in the plain text")
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
        assert values["Size"].endswith(" of 9 KB")
        assert values["Reading age"] == "unknown"

    @pytest.mark.parametrize(
        ("grade", "age"),
        [(-2, "about age 6"), (13.4, "about age 18"), (13.6, "over 18: as hard as a text for university")],
    )
    def test_a_reading_age_is_one_of_a_school(
        self, small: IssueState, grade: float, age: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("newsletter.check.readability._measure", lambda *_: ("grade", grade))
        assert next(fact.value for fact in facts(small, Settings()) if fact.label == "Reading age") == age

    def test_short_articles_are_measured_together(self, small: IssueState) -> None:
        assert small.edition
        text = IssueText(small.edition.issue, small.edition.brand)
        longest = max(len(each.words) for each in grades(text, 1))
        fact = facts(small, Settings(rules={"reading-grade": {"fewest_words": longest + 1}}))[0]
        assert fact.value.startswith("about age ")
        assert fact.note == "Each article is too short to measure, so this is of all of them."

    def test_an_issue_that_was_never_built_has_no_facts(self, never_built: IssueState) -> None:
        assert facts(never_built, Settings()) == ()


@pytest.fixture(scope="module")
def with_editions(project: Project, brand: Brand) -> IssueState:
    """A shipped issue in every edition."""
    path = project.issues / "2023-09-26-stem-cell-hope.yaml"
    first, *others = build_editions(build_issue(path, project, brand), project, EDITION_KINDS)
    built = datetime(2026, 12, 3, 9, 31, tzinfo=UTC)
    return replace(state_of(first), kinds=tuple(EDITION_KINDS), others=tuple(others), others_built_at=built)


class TestEditions:
    def test_a_text_only_edition_has_no_facts_of_a_page(self, with_editions: IssueState) -> None:
        values = {fact.label: fact.value for fact in facts(with_editions.in_edition("text-only"), Settings())}
        assert "of" not in values["Size"]
        assert not {"Pictures", "Links"} & values.keys()

    def test_an_edition_has_a_frame_of_its_own_and_keeps_the_other_choices(self, with_editions: IssueState) -> None:
        inbox_page = view("email", with_editions, edition="large-print", scheme="dark")
        (frame,) = inbox_page.iter("iframe")
        assert frame.get("src", "").startswith("page?edition=large-print&scheme=dark&v=")
        assert {"email?scheme=dark", "email?scheme=dark&edition=text-only"} <= set(inbox_page.xpath(".//a/@href"))

    def test_text_alone_is_framed_with_its_addresses_as_links(self, with_editions: IssueState) -> None:
        edition = with_editions.in_edition("text-only").edition
        assert edition
        page: Any = html.document_fromstring(email.frame_page(edition, {}))
        assert page.xpath("//pre")[0].text_content() == edition.text.removeprefix("\n")
        assert any(address.startswith("/link?to=https://") for address in page.xpath("//a/@href"))

    def test_an_edition_that_is_not_there_yet_is_being_built(self, with_editions: IssueState) -> None:
        page = pages.issue(
            replace(with_editions, others=(), all_editions_built=False),
            VIEWS[0],
            {"edition": "large-print"},
            Settings(),
        )
        assert "Building this edition…" in page

    def test_a_broken_save_when_an_edition_was_never_built(
        self, with_editions: IssueState, never_built: IssueState
    ) -> None:
        broken = replace(
            with_editions, others=(), others_built_at=None, problems=never_built.problems, is_outdated=True
        )
        page = pages.issue(broken, VIEWS[0], {"edition": "large-print"}, Settings())
        assert "Fix 1 error to update the preview" in page

    def test_each_counts_its_own_problems(self, with_editions: IssueState) -> None:
        problem = Problem(Location(FILE, 1), "a", "Too small.", editions=("large-print",))
        states = {
            item.kind: item.summary for item in pages.edition_summaries(replace(with_editions, problems=(problem,)))
        }
        assert states == {"standard": "No problems", "large-print": "1 to fix", "text-only": "No problems"}

    def test_a_newer_save_ends_a_check(self, with_editions: IssueState, project: Project, brand: Brand) -> None:
        assert with_editions.edition
        calls: list[bool] = []

        def is_superseded() -> bool:
            calls.append(True)
            return len(calls) == 3

        assert check_in_steps([with_editions.edition], ProjectState(project, brand, Settings()), is_superseded) is None
        assert len(calls) == 3
