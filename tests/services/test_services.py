"""Each mailing service gets every word: its engine fills the export, and the email is the one that `merge` writes."""

from __future__ import annotations

import email
import email.policy
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, unquote

import html5lib
import pytest

from newsletter.characters import is_blank
from newsletter.export.exporting import export
from newsletter.export.registry import all_services, service_ids
from newsletter.export.service import Content, MessagePart, Service, SizeLimit, TagPlace
from newsletter.export.tagging import with_tags
from newsletter.issue.field_syntax import FieldUse
from newsletter.issue.load import load_brand
from newsletter.personal.escape_values import ENCODERS, ValueForm
from newsletter.personal.field_tokens import TokenMaker
from newsletter.personal.template import MessageTemplate
from newsletter.pipeline import build_editions, build_filled_issue
from newsletter.prepare import PreparedIssue
from newsletter.problems import Problems
from newsletter.project import Project
from support.case_files import read_cases
from support.template_engines import ENGINES, Parts, words_of_notify

CASES = Path(__file__).parents[1] / "cases/services"
SLUG = "2026-12-03-everything-at-once"
FIELDS = """\
fields:
  first_name: {example: Sam, fallback: 'friend & "reader"'}
  town: {example: York, fallback: "your town's hall"}
"""
OWN = "https://www.example.org/neuro-news/unsubscribe"
LINK = "https://service.example.org/u/a-1"
SIGNS = "{{7*7}} *|X|* [name] %recipient.x% @FIRSTNAME@ $UNSUB$ {% x %} {# y #} ((x)) <% z %> {{{z}}}"
WELCOME = (
    f"  Signs: {' '.join(f'`{each}`' for each in re.split(r' (?=[{*[%@$(<])', SIGNS))}\n\n"
    "  Brace: &#123;{town}. Dear {first_name|you <&> co}, see [walks near {town}](https://www.example.org/w/{town}/x?n={town}&a={address|you}).\n\n"
).replace("<&>", "&")
READERS: list[dict[str, str]] = [
    {"address": "zoe@example.org", "first_name": "Zoë O’Brien", "town": "Bath & Wells", "token": "k3"},
    {"address": "al@example.org", "token": "k/4"},
    {
        "address": "bo@example.org",
        "first_name": "<b>&\"'{{7*7}}",
        "town": "*|X|* 100%/?#\\ %recipient.y% [z]",
        "token": "{{.}}",
    },
]


@dataclass(frozen=True)
class Case:
    """The expectations of a service."""

    id: str
    expected: Mapping[str, Any]

    @property
    def service(self) -> Service:
        return all_services()[self.id]


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.yaml")):
        yield Case(path.stem, read_cases(path))


every_case = pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.id)


@pytest.fixture(scope="module")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what an engine compiles once."""
    return tmp_path_factory.mktemp("engine")


def built(project: Project, images: str) -> PreparedIssue:
    """Return an issue with fields in every kind of place, and with what services read as tags.

    Args:
        project: the project of the shipped issues.
        images: where the pictures are: “link” or “embed”.
    """
    brand_text = project.template_file("brand.yaml").read_text("utf-8")
    brand_text = brand_text.replace("/unsubscribe\n", "/unsubscribe/{token}\n", 1).replace(
        "images: link", f"images: {images}"
    )
    path = project.issues / f"{SLUG}.yaml"
    text = path.read_text("utf-8").replace("  You can read each part", f"{WELCOME}  You can read each part", 1)
    text = text.replace('subject: "Warm', 'subject: "{first_name|Everybody}, {{ [x] warm')
    text = re.sub(r'alt: "Zo.+?Marsh', r'alt: "{first_name}, \\"near\\" us', text)
    assert text.count("{first_name") >= 3
    make_token = TokenMaker([text, brand_text])
    build = build_filled_issue(path, project, load_brand(project, brand_text + FIELDS), text, make_token)
    return PreparedIssue(build_editions(build, project, ["standard"]), make_token.uses)


@pytest.fixture(scope="module")
def issue(project: Project) -> PreparedIssue:
    return built(project, "link")


def exported(issue: PreparedIssue, service: Service) -> Content:
    return with_tags(issue.editions[0], issue.tokens, service, {})


def values_for(content: Content, reader: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a service with the values of a reader, as the table of fields says."""
    values = {}
    for variable in content.variables:
        value = reader.get(variable.field, "")
        values[variable.name] = variable.fallback if is_blank(value) else ENCODERS[variable.form](value)
    return values


def merged(issue: PreparedIssue, reader: Mapping[str, str], link: str | None) -> Parts:
    """Return the parts of the email that `newsletter merge` writes, with the link of a service."""
    template = MessageTemplate.from_message(issue.editions[0].message, issue.tokens)
    message = email.message_from_bytes(template.fill(reader), policy=email.policy.default)
    text, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text and page
    own = f"{OWN}/{quote(reader['token'], safe='')}"
    return Parts(
        message["Subject"],
        text.get_content().replace("\r\n", "\n").replace(own, link or own),
        page.get_content().replace("\r\n", "\n").replace(own, link or own),
    )


def everything(page: str) -> list[str]:
    """Return all that a page has, in order: words, tags with attributes, and comments."""
    walker = html5lib.getTreeWalker("etree")
    pieces = []
    for token in walker(html5lib.parse(page)):
        if "data" in token and token["type"] not in ("StartTag", "EmptyTag"):
            pieces.append(token["data"] if token["type"] != "SpaceCharacters" else " ")
        elif token["type"] in ("StartTag", "EmptyTag"):
            pieces.append(token["name"])
            pieces += [f"{name[1]}={_attribute(name[1], value)}" for name, value in sorted(token["data"].items())]
    return "".join(f"\n{each}" if "=" in each else each for each in pieces).split()


def _attribute(name: str, value: str) -> str:
    """Return an attribute; of an address each piece, so that other ways to percent-encode it are the same."""
    return str([[unquote(each) for each in re.split("([/?#&=])", value)]]) if name == "href" else value


def test_each_service_has_a_case() -> None:
    assert [case.id for case in cases()] == sorted(service_ids())


@every_case
def test_every_word_is_in_the_filled_email(case: Case, issue: PreparedIssue, engine_folder: Path) -> None:
    content = exported(issue, case.service)
    link = case.expected["brand_tags"].get("unsubscribe")
    readers = [values_for(content, reader) | case.expected.get("service_values", {}) for reader in READERS]
    parts = Parts(content.subject, content.text, content.page)
    filled_parts = ENGINES[case.expected["engine"]](parts, readers, engine_folder)
    # SendGrid writes its link after Handlebars is done.
    emails = [Parts(*(part.replace(link or LINK, LINK) for part in each)) for each in filled_parts]
    dropped = case.expected.get("dropped", [])
    for reader, filled in zip(READERS, emails, strict=True):
        direct = merged(issue, reader, LINK if link else None)
        assert filled.subject.replace("\u2060", "") == direct.subject
        if "page" not in dropped:
            assert everything(filled.page.replace("\u2060", "")) == everything(direct.page)
        if case.id == "govuk-notify":
            assert words_of_notify([filled.text]) == [without_marks(direct.text)]
        elif "text" not in dropped:
            assert filled.text.replace("\u2060", "") == direct.text


@every_case
def test_attributes_with_values_are_in_double_quotes(case: Case, issue: PreparedIssue) -> None:
    assert " alt='" in f"{issue.editions[0].html_part}"
    page = exported(issue, case.service).page
    assert ", &quot;near&quot; us" in page and not re.search(" (?:alt|title|href|content|aria-label)='", page)


def without_marks(text: str) -> list[str]:
    """Return the words of our plain text, without the marks of headings and lists."""
    return re.sub(r"^(?:\+{1,3}| *-| *\d+\.) (?=\S)", "", text, flags=re.MULTILINE).split()


ALPHABET = [
    *("{", "{{", "}}", "{%", "%}", "{#", "#}", "{{{", "}}}", "{{/", "<%", "%>", "*|", "|*", "[", "]", "[[", "((", "))"),
    *("@", "@A@", "$", "$UNSUB$", "%", "%recipient.", "%unsubscribe_url%", "\\", "\\{{", '"', "'", "`", "<", ">", "&"),
    *("#", "-", "+", "=", "1.", ":", "_", "~~", "**", "^", "!", "http://a.example.org", "](", "[^1]", "[a]: b", "---"),
    *("&amp;", "<!--", "-->", "a", "Zoë", "name", " ", "🧑🏾‍🦽", ".", "(", ")", "|", "\u00a0"),
]
"""What somebody's own words can be made of, so that a service could read them as a tag."""


@every_case
def test_any_words_come_back(case: Case, engine_folder: Path) -> None:
    random = Random(case.id)
    lines = ["".join(random.choices(ALPHABET, k=random.randint(1, 9))).strip() + "." for _ in range(1_000)]
    page = "".join(f"<p title='{html.escape(line)}'>{html.escape(line)}</p>\n" for line in lines)
    service = case.service
    tag = service.write_tag(FieldUse("first_name", "friend"), TagPlace("text", ValueForm.TEXT))
    own = {part: service.escape(text, part) for part, text in _same("\n".join(lines), page)}
    parts = Parts(own["subject"], f"{own['text']}\n{tag.text}", own["page"])
    values = {tag.variable.name: "Zoë"} | case.expected.get("service_values", {})
    (filled,) = ENGINES[case.expected["engine"]](parts, [values], engine_folder)
    plain = [filled.subject, filled.text.rpartition("\n")[0]]
    if case.id == "govuk-notify":  # which has marks for more than tags
        paragraphs_of_notify = plain[1].split("\n")
        for line, words in zip(lines, words_of_notify(paragraphs_of_notify), strict=True):
            assert unquote(" ".join(words)) == unquote(" ".join(without_marks(line))), line
        return
    # In an address, a sign of a tag is percent-encoded.
    assert [unquote(text.replace("\u2060", "")).split("\n") for text in plain] == [list(map(unquote, lines))] * 2
    paragraphs = html5lib.parse(filled.page, namespaceHTMLElements=False).iter("p")
    assert [(each.text, each.get("title")) for each in paragraphs] == [(line, line) for line in lines]


def _same(text: str, page: str) -> Iterator[tuple[MessagePart, str]]:
    yield from (("subject", text), ("text", text), ("page", page))


@every_case
def test_tags_links_and_limits_are_those_of_the_case(case: Case) -> None:
    places = {
        "subject": TagPlace("subject", ValueForm.TEXT),
        "text": TagPlace("text", ValueForm.TEXT),
        "text address": TagPlace("text", ValueForm.URL_PART),
        "page": TagPlace("page", ValueForm.HTML),
        "page path": TagPlace("page", ValueForm.URL_PART),
        "page query": TagPlace("page", ValueForm.URL_PART, in_query=True),
    }
    use = FieldUse("town", "your town")
    service = case.service
    assert {name: service.write_tag(use, place).text for name, place in places.items()} == case.expected["tags"]
    assert service.write_tag(FieldUse("address", ""), places["text"]).text == case.expected["address"]
    assert {name: value for name, value in vars(service.brand_tags).items() if value} == case.expected["brand_tags"]
    assert (service.limit.bytes if service.limit else None) == case.expected["limit"]
    for words in case.expected["lost"]:
        assert words in " ".join(service.losses)
    assert len(service.losses) == len(case.expected["lost"])


@every_case
def test_the_files_of_a_service(case: Case, issue: PreparedIssue, project: Project, tmp_path: Path) -> None:
    result, too_large = export(issue, case.id, case.service, None, project, tmp_path)
    folder = tmp_path / SLUG / "export" / case.id
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == set(result.names) and not too_large
    assert {name for name in names if not name.startswith("pictures/")} == {*case.expected["files"], "fields.csv"}
    for name in names:
        if name.endswith(".json"):
            assert json.loads((folder / name).read_text("utf-8"))
    header, *rows = (folder / "fields.csv").read_text("utf-8").splitlines()
    assert header == "variable,field,form,fallback" and len(rows) >= 3


@pytest.mark.parametrize("images", ["link", "embed"])
def test_the_archive_has_the_pictures_that_the_page_names(images: str, project: Project, tmp_path: Path) -> None:
    export(built(project, images), "mailchimp", all_services()["mailchimp"], None, project, tmp_path)
    path = tmp_path / SLUG / "export/mailchimp/email.zip"
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert archive.testzip() is None
        page = archive.read("index.html").decode()
        pictures = set(re.findall(r'src="([^"]+)"', page))
        assert pictures and pictures == {*archive.namelist()} - {"index.html"}
    assert "*|LIST:ADDRESSLINE|*" in page and "Lantern House, 12 Example Street, L" not in page


def test_pictures_inside_the_email(project: Project, tmp_path: Path) -> None:
    issue = built(project, "embed")
    export(issue, "mailgun", all_services()["mailgun"], None, project, tmp_path)
    raw = (tmp_path / SLUG / "export/mailgun/message.eml").read_bytes()
    parts = list(email.message_from_bytes(raw, policy=email.policy.default).walk())
    assert len([part for part in parts if part.get_content_maintype() == "image"]) == len(issue.editions[0].pictures)
    with pytest.raises(Problems, match="SendGrid takes no pictures that are inside the email"):
        export(issue, "sendgrid", all_services()["sendgrid"], None, project, tmp_path)


def test_the_tags_of_a_message_are_whole(issue: PreparedIssue, project: Project, tmp_path: Path) -> None:
    export(issue, "mailgun", all_services()["mailgun"], None, project, tmp_path)
    raw = (tmp_path / SLUG / "export/mailgun/message.eml").read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    content = exported(issue, all_services()["mailgun"])
    assert message["Subject"] == content.subject
    assert b"Subject: %recipient.first_name%, " in raw and "List-Unsubscribe" not in message
    text, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text and text.get_content().replace("\r\n", "\n") == content.text
    assert page and page.get_content().replace("\r\n", "\n") == content.page
    tags = content.text.count("%recipient.") + content.page.count("%recipient.")
    assert len(re.findall(rb"%recipient\.\w+%", raw.partition(b"\r\n\r\n")[2])) == tags
    assert max(map(len, raw.splitlines())) <= 998


def test_a_file_that_is_too_large(issue: PreparedIssue, project: Project, tmp_path: Path) -> None:
    service = replace(all_services()["ses"], limit=SizeLimit("template.json", 10_000))
    _, (problem,) = export(issue, "ses", service, None, project, tmp_path)
    assert re.fullmatch(r"template\.json has \d+ KB, and Amazon SES takes 10 KB\.", problem.message)


def content_with(issue: PreparedIssue, name: str) -> PreparedIssue:
    return PreparedIssue(issue.editions, {token: FieldUse(f"{name}{n}", "x") for n, token in enumerate(issue.tokens)})


def test_two_fields_with_one_name_there(issue: PreparedIssue, project: Project, tmp_path: Path) -> None:
    with pytest.raises(Problems, match="are both “LONG_FIELD” there"):
        other = content_with(issue, "long_field_")
        export(other, "mailchimp", all_services()["mailchimp"], None, project, tmp_path)


def test_an_edition_that_is_not_offered(issue: PreparedIssue, project: Project, tmp_path: Path) -> None:
    with pytest.raises(Problems, match="offers no large-print edition"):
        export(issue, "ses", all_services()["ses"], "large-print", project, tmp_path)


@pytest.mark.parametrize("part", ["subject", "text"])
def test_nothing_is_escaped_where_there_are_no_tags(part: MessagePart) -> None:
    words = "5 > 4 & 100% of “you”, at 2 @ 3 (see $ 4)"
    for service in all_services().values():
        assert service.escape(words, part) == words


@every_case
@pytest.mark.parametrize("sign", ["{{x}}", "[x]", "((x))", "*|x|*", "%recipient.x%", "@X@", "$UNSUB$", "{%"])
def test_a_sign_in_an_address_of_the_text_leaves_it_the_same_address(case: Case, sign: str) -> None:
    if case.id in ("buttondown", "listmonk"):
        return  # these have a tag that writes the sign, which `test_any_words_come_back` fills in
    url = f"https://www.example.org/a%20b/{sign}?y=100%25"
    address = case.service.escape(f"See {url} today.", "text").split()[1].replace("\\", "")
    assert "\u2060" not in address
    assert unquote(address) == unquote(url)
