"""One issue in three editions: the same words, each whole, each within its own promise."""

from __future__ import annotations

import email
import email.policy
import itertools
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import fast_mail_parser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Browser

from conftest import ISSUES
from newsletter.check.engine import check, check_editions
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings
from newsletter.edition import SOURCE, Edition, InlinedPage, Page, TemplateSource
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.brand_file import BrandFile
from newsletter.issue.load import load_brand
from newsletter.outbox import edition_files, stale_files
from newsletter.pipeline import build, build_editions, build_issue
from newsletter.problems import Location, Problem, Problems, merge_by_edition
from newsletter.project import Project
from newsletter.stages.data_urls import browser_page
from newsletter.stages.large_print import SMALLEST_TEXT, enlarge
from newsletter.stages.linearise import linearise
from newsletter.stages.text import to_text
from newsletter.verify.received import read_page, read_plain_text
from support.axe import WCAG, run_axe
from support.browser import Measured, View, opened
from support.class_names import with_long_names
from support.command import run
from support.examples import write_every_block
from support.generated import issue_texts
from support.own_brand import write_own_brand

Editions = dict[str, dict[EditionKind, Edition]]

each_slug = pytest.mark.parametrize("slug", ISSUES)
each_kind = pytest.mark.parametrize("kind", EDITION_KINDS)


# The words


@each_slug
def test_every_edition_says_the_same_words(every_edition: Editions, slug: str) -> None:
    """All of them, in one order: pictures without a description say nothing."""
    editions = [every_edition[slug][kind] for kind in EDITION_KINDS]
    (text,) = {edition.text for edition in editions}
    pages = [read_page(edition.inlined).by_stream for edition in editions]
    assert all(page == pages[0] for page in pages)
    assert len(read_plain_text(text).by_stream["words"]) > 500


@pytest.mark.parametrize("kind", ["standard", "large-print"])
def test_gmail_shows_all_of_the_longest_issue(every_edition: Editions, kind: EditionKind) -> None:
    assert len(every_edition["2026-12-03-everything-at-once"][kind].inlined.encode()) < 98_000


@each_slug
def test_each_edition_is_a_message_of_its_own(every_edition: Editions, slug: str) -> None:
    parsed = [parse(edition) for edition in every_edition[slug].values()]
    assert len({message["Message-ID"] for message in parsed}) == 3
    for header in ("Subject", "Date", "From", "List-Id", "List-Unsubscribe"):
        assert len({str(message[header]) for message in parsed}) == 1
        assert parsed[0][header]


def parse(edition: Edition) -> EmailMessage:
    message = email.message_from_bytes(edition.message, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


@each_slug
def test_the_footer_says_how_to_get_the_other_editions(every_edition: Editions, brand: Brand, slug: str) -> None:
    for edition in every_edition[slug].values():
        footer = edition.text[edition.text.index("Other ways to read this email") :]
        for words in ("Standard: ", "Large print: ", "Text only: "):
            assert f"- {words}" in footer
        assert f"Choose your edition:\n{brand.preferences_url}" in footer
        assert not edition.has_page or "Other ways to read this email</h3>" in edition.inlined


def test_without_a_page_for_it_the_footer_gives_an_address(project: Project, brand: Brand) -> None:
    path = project.issues / f"{ISSUES[0]}.yaml"
    writing = without(brand, "preferences_url")
    sentence = "To get another edition, reply to this email or write to: "
    assert f"{sentence}{brand.reply_to}\n" in build(path, project, writing).text
    assert f"{sentence}{brand.sender.address}\n" in build(path, project, without(writing, "reply_to")).text


def without(brand: Brand, key: str) -> Brand:
    """Return a brand without a key, in its file, too."""
    text = re.sub(rf"^{key}:.*\n", "", brand.file.text, flags=re.MULTILINE)
    return brand.model_copy(update={key: None}).remember(BrandFile(brand.file.name, text))


def test_a_brand_with_one_edition_says_nothing_of_others(project: Project, brand: Brand) -> None:
    alone = brand.model_copy(update={"editions": ("standard",)})
    assert "Other ways" not in build(project.issues / f"{ISSUES[0]}.yaml", project, alone).text


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_the_footer_speaks_the_language_of_the_issue(
    project: Project, brand: Brand, tmp_path: Path, language: str
) -> None:
    path = write_every_block(project, tmp_path)
    path.write_text(f"language: {language}\n{path.read_text('utf-8')}", "utf-8")
    text = build(path, Project(tmp_path), brand).text
    assert "Other ways" not in text
    assert {"cy": "Dewiswch eich ffurf:\n", "ar": "اختر الشكل الذي يناسبك:\n"}[language] in text


# Text only


@each_slug
def test_text_only_is_one_part_of_plain_text(every_edition: Editions, slug: str) -> None:
    """Two parsers that share no code agree on it."""
    edition = every_edition[slug]["text-only"]
    message = parse(edition)
    assert (message.get_content_type(), message.is_multipart()) == ("text/plain", False)
    assert message.get_content().replace("\r\n", "\n") == edition.text
    other = fast_mail_parser.parse_email(edition.message)
    assert [part.replace("\r\n", "\n") for part in other.text_plain] == [edition.text]
    assert (other.text_html, other.attachments) == ([], [])
    assert other.subject == edition.issue.subject
    assert b"<html" not in edition.message.lower()
    assert re.search(rb"^List-Unsubscribe: <https://", edition.message, re.MULTILINE)


@each_kind
def test_pictures_travel_with_the_editions_that_show_them(project: Project, brand: Brand, kind: EditionKind) -> None:
    embedding = brand.model_copy(update={"images": "embed"})
    edition = build(project.issues / f"{ISSUES[0]}.yaml", project, embedding, kind)
    content_ids = set(re.findall(r'src="(cid:[^"]+)"', edition.inlined)) if edition.has_page else set()
    assert set(edition.pictures) == content_ids
    assert bool(content_ids) == edition.has_page
    assert len(fast_mail_parser.parse_email(edition.message).attachments) == len(content_ids)


# Large print


PAGE = """<!DOCTYPE html>
<html><head><style>p { font-size: 18px } .a { font: bold 12px/1.5 Arial; line-height: 20px }
.b { content: "}"; font-size: 18px }
@media (max-width: 479px) { h1 { font-size: 26px !important; } }
@media only screen and (min-width:480px) { .mj-column-per-50 { width:50% !important; max-width:50%; } }</style></head>
<body><table><tbody><tr><td style="font-size:0px"><img src="a.png" alt=""></td></tr></tbody></table>
<p style="font-size:13px;line-height:20px">font-size: 18px</p><div style="font-size:1px;line-height:14px">&nbsp;</div>
<p><img src="b.png" alt="">words</p><p><img src="c.png" alt="A dog"></p><img src="d.png"></body></html>"""


def test_text_grows_and_decorative_pictures_are_left_out() -> None:
    count = itertools.count()
    numbered = re.sub(r"(<[a-z]\w*)(?![^{]*</style>)", lambda tag: f'{tag[1]} {SOURCE}="{next(count)}"', PAGE)
    large = enlarge(Page(numbered, (TemplateSource(Location("t")),)), "b { margin: 0 }")
    body = next(etree.HTML(large).iter("body"))
    assert [element.tag for element in body.iter()] == ["body", "p", "div", "p", "p", "img", "img"]
    marks = [int(element.get(SOURCE, "")) for element in next(etree.HTML(large.with_marks).iter("body")).iter()]
    assert [mark - marks[0] for mark in marks] == [0, 6, 7, 8, 10, 11, 12]
    assert "p { font-size: 24px }" in large
    assert ".a { font: bold 24px/1.5 Arial; line-height: 27px }" in large
    assert '.b { content: "}"; font-size: 24px }' in large
    assert "h1 { font-size: 35px !important; }" in large
    assert ".mj-column-per-50 { width:100% !important; max-width:100%; }" in large
    assert '<p style="font-size:24px;line-height:27px">font-size: 18px</p>' in large
    assert '<div style="font-size:1px;line-height:14px">' in large
    assert "<p>words</p>" in large
    assert large.index("b { margin: 0 }") > large.index("mj-column")


def test_a_projects_own_block_need_not_know_of_editions(brand: Brand, project: Project, tmp_path: Path) -> None:
    path = write_every_block(project, tmp_path)
    blocks = tmp_path / "templates/blocks"
    blocks.mkdir(parents=True)
    (blocks / "quote.mjml").write_text(
        '<mj-text font-size="18px" line-height="29px" padding="0"><div style="font-size: 18px">{{ block.text }}'
        "{{ block.by }}, {{ block.role }}</div></mj-text>\n",
        "utf-8",
    )
    edition = build(path, Project(tmp_path), brand, "large-print")
    assert check(edition, Settings(), only=["text-size"]).problems == ()
    assert "line-height:39px" in edition.inlined


def test_small_text_in_large_print_is_an_error(every_edition: Editions) -> None:
    edition = every_edition[ISSUES[0]]["large-print"]
    small = edition.inlined.replace("font-size:24px", "font-size:23px", 1)
    assert small != edition.inlined
    (rule,) = (rule for rule in all_rules() if rule.id == "text-size")
    lax = Settings(rules={"text-size": {"smallest": 10, "body": 10}})  # no project changes what large print is
    assert lax.options(rule, "large-print")["smallest"] == SMALLEST_TEXT
    strict = Settings(rules={"text-size": {"smallest": 28}})  # but it may ask for more
    assert strict.options(rule, "large-print")["smallest"] == 28
    problems = check(replace(edition, inlined=InlinedPage(small)), lax, only=["text-size"]).problems
    assert problems
    assert all("23 px" in problem.message and problem.severity == "error" for problem in problems)


@pytest.mark.parametrize(
    ("rule", "find", "instead"),
    [
        ("line-height", "line-height:1.6", "line-height:1.2"),
        ("contrast", "color:#1B2733", "color:#808080"),  # 3.9:1 on white
        ("image-text-size", "font-size:24px", "font-size:20px"),
    ],
)
def test_what_is_large_elsewhere_is_text_in_large_print(
    every_edition: Editions, rule: str, find: str, instead: str
) -> None:
    edition = every_edition[ISSUES[0]]["large-print"]
    assert find in edition.inlined
    worse = replace(edition, inlined=InlinedPage(edition.inlined.replace(find, instead)))
    assert check(edition, Settings(), only=[rule]).errors == ()
    assert check(worse, Settings(), only=[rule]).errors != ()
    assert check(replace(worse, kind="standard"), Settings(), only=[rule]).errors == ()


# The rules


@each_slug
@each_kind
def test_every_edition_passes_the_rules_for_it(every_edition: Editions, slug: str, kind: EditionKind) -> None:
    edition = every_edition[slug][kind]
    assert [str(problem) for problem in check(edition, Settings()).errors] == []


def test_rules_about_the_page_need_a_page(every_edition: Editions) -> None:
    editions = every_edition[ISSUES[0]]
    pages = sum(rule.scope == "page" for rule in all_rules())
    count = {kind: check(edition, Settings()).rules for kind, edition in editions.items()}
    assert count["standard"] == count["large-print"] == count["text-only"] + pages
    assert check_editions(list(editions.values()), Settings()).rules == count["standard"]


def test_one_cause_with_another_number_in_each_edition_is_one_problem() -> None:
    small, large = (Problem(Location("a.yaml"), "html-size", f"This email is {size} KB.") for size in ("94", "110.5"))
    assert list(merge_by_edition({"standard": [small], "large-print": [large]})) == [small]
    merged = list(merge_by_edition({"standard": [small], "large-print": [large], "text-only": []}))
    assert merged == [replace(small, editions=("standard", "large-print"))]
    # Two problems of one edition are two, even if only their numbers differ.
    assert list(merge_by_edition({"standard": [small, large], "large-print": [small, large]})) == [small, large]
    for one, other in (("This email is 94 KB.", "This email has 110 links."), ("“94” is lost.", "“110” is lost.")):
        first, second = (replace(small, message=message) for message in (one, other))
        assert len(list(merge_by_edition({"standard": [first], "large-print": [second]}))) == 2


def test_a_problem_of_all_editions_is_reported_once_and_others_name_their_edition() -> None:
    everywhere, somewhere = (Problem(Location("a.yaml", line), "id", "Wrong.", "Do.") for line in (1, 2))
    merged = list(merge_by_edition({"standard": [everywhere], "large-print": [everywhere, somewhere]}))
    assert merged == [everywhere, replace(somewhere, editions=("large-print",))]
    assert str(merged[0]) == "a.yaml:1: error: Wrong. (id)\n    Do."
    assert str(merged[1]) == "a.yaml:2: error: Wrong. (id)\n    Do.\n    Only in the large-print edition."


def test_what_fails_in_one_edition_alone_names_it(
    project: Project, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(page: Page, rules: str) -> Page:
        return Page(page.with_marks.replace("Sweden", "Norway"), page.sources)

    monkeypatch.setattr("newsletter.stages.large_print.enlarge", lossy)
    with pytest.raises(Problems) as error:
        build_editions(build_issue(project.issues / "2023-09-26-stem-cell-hope.yaml", project, brand), project)
    assert {problem.editions for problem in error.value.problems} == {("large-print",)}
    assert "Only in the large-print edition." in str(error.value)


def test_an_allowance_that_one_edition_needs_is_not_idle(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = write_every_block(project, tmp_path)
    blocks = tmp_path / "templates/blocks"
    blocks.mkdir(parents=True)
    (blocks / "quote.mjml").write_text(
        '<mj-text font-size="17px">{{ block.text }}{{ block.by }}, {{ block.role }}</mj-text>\n', "utf-8"
    )
    allowing = '    allow: {text-size: "The poet asked for it."}\n    content:\n'
    path.write_text(path.read_text("utf-8").replace("    content:\n", allowing), "utf-8")
    editions = build_editions(build_issue(path, Project(tmp_path), brand), Project(tmp_path))
    assert check_editions(editions, Settings(), only=["text-size", "allow"]).problems == ()
    ids = [problem.id for problem in check(editions[1], Settings(), only=["text-size", "allow"]).problems]
    assert ids == ["allow"]


# The outbox


def test_the_files_of_each_edition(every_edition: Editions) -> None:
    slug = ISSUES[0]
    outbox = {kind: edition_files(edition) for kind, edition in every_edition[slug].items()}
    assert list(outbox["standard"]) == [f"{slug}.txt", f"{slug}.html", f"{slug}.eml"]
    assert list(outbox["large-print"]) == [f"{slug}.large-print.html", f"{slug}.large-print.eml"]
    assert list(outbox["text-only"]) == [f"{slug}.text-only.txt", f"{slug}.text-only.eml"]
    for kind, edition in every_edition[slug].items():
        assert list(outbox[kind].values())[-1] == edition.message
        assert not set(stale_files(slug, [kind])) & set(outbox[kind])
    assert stale_files(slug, EDITION_KINDS) == []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_own_brand(tmp_path)
    run("new", "winter")
    return tmp_path


def in_outbox(home: Path) -> set[str]:
    return {path.name.removeprefix("winter.") for path in (home / "outbox").iterdir() if path.is_file()}


def with_editions(home: Path, line: str) -> None:
    brand = home / "templates/brand.yaml"
    text = re.sub(r"^editions: .*$", line, brand.read_text("utf-8"), count=1, flags=re.MULTILINE)
    brand.write_text(text, "utf-8")


def test_an_edition_that_is_no_longer_built_leaves_the_outbox(home: Path) -> None:
    run("render")
    (home / "outbox/summer.large-print.eml").write_bytes(b"another issue")
    assert {"eml", "large-print.eml", "text-only.eml"} < in_outbox(home)
    with_editions(home, "editions: [standard]")
    run("render")
    assert in_outbox(home) == {"txt", "html", "eml", "web.html", "summer.large-print.eml"}


def test_an_edition_asked_for_leaves_the_others_as_they_were(home: Path) -> None:
    with_editions(home, "")
    run("render")
    before = (home / "outbox/winter.eml").read_bytes()
    result = run("render", "--edition", "large-print", "--edition", "large-print")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()[:-1]] == ["outbox/winter.large-print.eml"]
    assert in_outbox(home) == {"txt", "html", "eml", "web.html", "large-print.html", "large-print.eml"}
    assert (home / "outbox/winter.eml").read_bytes() == before


def test_an_edition_that_is_stopped_stops_the_others(home: Path) -> None:
    blocks = home / "templates/blocks"
    blocks.mkdir()
    # Sizes in pt are not enlarged: 15 pt are 20 px.
    (blocks / "text.mjml").write_text('<mj-text><div style="font-size: 15pt">{{ block }}</div></mj-text>\n', "utf-8")
    result = run("render", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["written"]) == (1, [])
    assert not (home / "outbox").exists()
    assert {tuple(item["editions"]) for item in report["problems"] if item["id"] == "text-size"} == {("large-print",)}
    assert "Only in the large-print edition." in run("check").stdout
    assert run("check", "--edition", "standard").exit_code == 0
    assert run("render", "--edition", "standard").exit_code == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("editions: [standard, braille]", f"should be one of {', '.join(EDITION_KINDS)}, but it is “braille”"),
        ("editions: [standard, standard]", "An edition is named twice in “editions”."),
        ("editions: []", "“editions” is empty."),
        ("editions: large-print", "“editions” should be a list, but it is “large-print”."),
    ],
)
def test_a_mistake_in_the_list_is_reported_at_its_line(home: Path, line: str, message: str) -> None:
    with_editions(home, line)
    result = run("render")
    assert result.exit_code == 1
    assert message in result.stderr
    assert re.match(r"templates/brand\.yaml:\d+:\d+: error: ", result.stderr)


def test_an_unknown_edition_is_wrong_usage(home: Path) -> None:
    result = run("render", "--edition", "braille")
    assert result.exit_code == 2
    assert ", ".join(f"'{kind}'" for kind in EDITION_KINDS) in result.stderr


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_ordinary_issues_hold_in_every_edition(
    project: Project, brand: Brand, tmp_path: Path, data: st.DataObject
) -> None:
    if not (tmp_path / "issues").exists():
        shutil.copytree(project.issues / "images", tmp_path / "issues/images")
    path = tmp_path / "issues/made-up.yaml"
    path.write_text(data.draw(issue_texts(issue_model(read_blocks(project)), "tame")), "utf-8")
    for edition in build_editions(build_issue(path, project, brand), project, EDITION_KINDS):
        assert edition.text == linearised_text(edition)
        assert not check(edition, Settings(), only=["text-size"]).problems


def linearised_text(edition: Edition) -> str:
    return to_text(linearise(edition.inlined), edition.build.text_marks)


# Large print in a browser


@pytest.fixture(scope="module")
def large_pages(every_edition: Editions, project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("every-block")
    path, examples = write_every_block(project, folder), Project(folder)
    every_block = build(path, examples, load_brand(examples), "large-print")
    shipped = {slug: editions["large-print"] for slug, editions in every_edition.items()}
    editions = {**shipped, "every-block": every_block}
    return {slug: browser_page(with_long_names(edition)) for slug, edition in editions.items()}


@pytest.mark.parametrize("slug", [*ISSUES, "every-block"])
@pytest.mark.parametrize("view", [View(width, scheme) for width in (600, 320) for scheme in ("light", "dark")], ids=str)
def test_large_print_in_a_browser(
    chromium: Browser, large_pages: dict[str, str], slug: str, view: View, tmp_path: Path
) -> None:
    with opened(chromium, large_pages[slug], view, tmp_path) as tab:
        measured = tab.measure()
        violations = run_axe(tab.page, WCAG)["violations"]
    assert len(measured.visible) > 100
    assert min(text["size"] for text in measured.visible) >= SMALLEST_TEXT
    assert [text["words"] for text in measured.visible if text["contrast"] < 7] == []
    assert measured["sideways"] == 0
    assert [split for split in measured["split"] if split["width"] <= split["room"]] == []
    assert (measured["clipped"], measured["overlaps"], measured["positioned"]) == ([], [], [])
    assert {text["align"] for text in measured.visible if "button" not in text["classes"]} <= {
        "left",
        "right",
        "start",
    }
    lines = [text for text in measured.visible if {"p", "li"} & {*text["tags"]} and "button" not in text["classes"]]
    assert min(text["line"] for text in lines if "strong" not in text["tags"]) >= 1.5
    buttons = [link for link in measured["links"] if link["button"]]
    assert all(link["height"] >= 44 for link in buttons)
    assert measured.asked_for == []
    assert violations == []


def test_headings_grow_in_proportion(
    chromium: Browser, every_edition: Editions, large_pages: dict[str, str], tmp_path: Path
) -> None:
    def sizes(page: str) -> dict[str, float]:
        with opened(chromium, page, View(), tmp_path) as tab:
            measured: Measured = tab.measure()
        tags = ("h1", "h2", "h3", "p")
        return {tag: max(text["size"] for text in measured.visible if tag in text["tags"]) for tag in tags}

    usual, large = (
        sizes(page) for page in (browser_page(every_edition[ISSUES[0]]["standard"]), large_pages[ISSUES[0]])
    )
    assert Counter(usual) < Counter(large)
    assert all(large[tag] / usual[tag] == pytest.approx(4 / 3, abs=0.02) for tag in usual)
