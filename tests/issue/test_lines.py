"""The block `lines` and the blocks that say whom to ask and who has paid, as readers get them."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.dom.tree import parse_html
from newsletter.issue.blocks import read_blocks
from newsletter.issue.brand import Brand, Social
from newsletter.issue.fields import Language
from newsletter.issue.markdown import breakable
from newsletter.issue.text_fields import Lines
from newsletter.pipeline import build
from newsletter.problems import Problems
from newsletter.project import Project
from support.examples import SHORT

ISSUE = (
    SHORT
    + """\
      - lines: |
          Lantern House
            12 Example Street\\
          **Larkmoor** LK1 0XX
          1. January

              Rose [Alpha](https://www.example.org/alpha)
          - Tulip
      - sponsor: {kind: sponsor, name: Saltby Bakery}
      - sponsor: {kind: advertisement, name: Saltby Shoes, text: "Wide shoes in all sizes."}
"""
)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("a\nb", "<p>a<br />\nb</p>\n"),
        ("  a  \n\tb\\\nc ", "<p>a<br />\nb<br />\nc</p>\n"),
        ("a\n\n \n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("- a\n> b\n1. c\n---\n+ d", "<p>- a<br />\n&gt; b<br />\n1. c<br />\n---<br />\n+ d</p>\n"),
        ("        a\n        b", "<p>a<br />\nb</p>\n"),
        (
            "**a\nb** <c@example.org>",
            '<p><strong>a<br />\nb</strong> <a href="mailto:c@example.org">'
            '<span class="part">c@</span><span class="part">example.</span>org</a></p>\n',
        ),
    ],
)
def test_each_line_stays_a_line(typed: str, html: str) -> None:
    assert Lines.check(typed).__html__() == html.replace("<p>", '<p class="lines">')


def test_lines_and_labels_are_in_the_page_and_in_the_plain_text(tmp_path: Path, project: Project, brand: Brand) -> None:
    path = tmp_path / "lines.yaml"
    path.write_text(ISSUE, "utf-8")
    edition = build(path, project, brand)
    address = "Lantern House\n12 Example Street\nLarkmoor LK1 0XX\n1. January\n\nRose Alpha\n- Tulip\n"
    assert address in edition.text.replace("\N{NO-BREAK SPACE}", " ")
    assert edition.page.count("<br") >= 4
    assert "+++ Sponsored by Saltby Bakery\n" in edition.text
    assert "+++ Advertisement: Saltby Shoes\n\nWide shoes" in edition.text


def test_a_link_leads_to_the_whole_email_address(tmp_path: Path, project: Project, brand: Brand) -> None:
    """Signs that are rare but allowed in an address must not begin another part of the link."""
    path = tmp_path / "contact.yaml"
    path.write_text(SHORT + '      - contact: {name: Jo, email: "jo+b?c#d&e%f@example.org"}\n', "utf-8")
    edition = build(path, project, brand)
    assert 'href="mailto:jo+b%3Fc%23d%26e%25f@example.org"' in edition.inlined
    assert "- Email: jo+b?c#d&e%f@example.org\n" in edition.text


def test_only_a_page_says_where_an_email_address_may_break(tmp_path: Path, project: Project, brand: Brand) -> None:
    """A sign for it in a text or in a link would be copied with the address, and then no message arrives."""
    path = tmp_path / "contact.yaml"
    contact = "      - contact: {name: Jo, email: jo.b-c@mail.example.org}\n"
    path.write_text(f"{SHORT}{contact}      - text: Write to <jo@mail.example.org>\n", "utf-8")
    edition = build(path, project, brand)
    all_links = parse_html(edition.inlined).iter("a")
    links = {link.get("href", ""): link for link in all_links if "@" in str(link.xpath("string()"))}
    assert {href: list(link.itertext()) for href, link in links.items()} == {
        "mailto:jo.b-c@mail.example.org": ["jo.", "b-c@", "mail.", "example.", "org"],
        "mailto:jo@mail.example.org": ["jo@", "mail.", "example.", "org"],
        "mailto:helpline@example.org": ["helpline@", "example.", "org"],
    }
    assert all(href.removeprefix("mailto:") in edition.text for href in links)
    assert "\N{ZERO WIDTH SPACE}" not in edition.text


@pytest.mark.parametrize(
    "words", ["10.30", "www.example.org", "@ 9.30", "a@b", "5 @ £2.50", "Ms. A.@home", "a.b. @c.d"]
)
def test_only_email_addresses_break(words: str) -> None:
    assert breakable(words) == words


SOCIAL = {
    "en": "Larkmoor Neuro Trust on Meadow:\nhttps://meadow.example/trust",
    "cy": "Larkmoor Neuro Trust ar Meadow:\nhttps://meadow.example/trust",
    "ar": "Larkmoor Neuro Trust على Meadow:\nhttps://meadow.example/trust",
    "de": "Larkmoor Neuro Trust on Meadow:\nhttps://meadow.example/trust",
}


@pytest.mark.parametrize("language", SOCIAL)
def test_a_social_link_says_where_it_goes(tmp_path: Path, project: Project, brand: Brand, language: str) -> None:
    page = Social.model_validate({"name": "Meadow", "url": "https://meadow.example/trust"})
    path = tmp_path / "social.yaml"
    path.write_text(f"language: {language}\n{SHORT}      - text: x\n", "utf-8")
    edition = build(path, project, brand.model_copy(update={"social": (page,)}))
    assert SOCIAL[language] in "\n".join(line.strip().removeprefix("- ") for line in edition.text.splitlines())
    is_marked = '<span lang="en-GB" dir="ltr">Larkmoor Neuro Trust</span>' in edition.inlined
    assert is_marked is not Language(language).startswith("en")


@pytest.mark.parametrize(
    ("declared", "line"),
    [("[name]", 3), ("[nosuch]", 3), ("phone", 3), ("[phone, [email]]", 3), ("{phone: email}", 3)],
)
def test_at_least_one_names_optional_keys(tmp_path: Path, declared: str, line: int) -> None:
    blocks = tmp_path / "templates/blocks"
    blocks.mkdir(parents=True)
    (blocks / "desk.mjml").write_text("<mj-text>{{ block.name }}</mj-text>\n")
    fields = "{name: text, phone?: phone, email?: email}"
    (blocks / "desk.yaml").write_text(
        f"about: A desk\nfields: {fields}\nat_least_one: {declared}\nexample: {{name: x, phone: 01632 960 144}}\n"
    )
    with pytest.raises(Problems) as error:
        read_blocks(Project(tmp_path))
    (problem,) = error.value.problems
    assert (problem.location.line, problem.message) == (line, "This is not an optional key of the block.")
