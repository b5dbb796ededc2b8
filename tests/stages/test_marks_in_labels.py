"""Links and emphasis in labels, names of columns and the brand's explanations arrive in every part of an email."""

from __future__ import annotations

import pytest

from newsletter.check.context import CheckContext
from newsletter.edition import Edition
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue
from newsletter.project import DEFAULT_TEMPLATES, Project

ISSUE = """\
subject: "What helps when you are tired"
preheader: "Small changes that people with MS told us about"
title: "Neuro News"
date: 2026-12-03
contents: never
articles:
  - title: "A chair by the cooker"
    label: "[Energy saving](https://www.example.org/energy)"
    summary: "Small changes help people with MS."
    content:
      - table:
          caption: "Our groups"
          columns: ["Town", "[How **much**?](https://www.example.org/cost)", "*Day*"]
          rows: [["Saltby", "£2", "Monday"], ["Leeds", "£3", "Friday"]]
      - items:
          - title: "A ramp"
            label: "**New** [near you](https://www.example.org/near)"
            text: "The side door has a ramp."
  - title: "Sit down to cook"
    label: "From *our* [blog](https://blog.example.org/)"
    summary: "A stool is enough."
"""
BRAND = (
    (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8").partition("\nglossary:")[0]
    + """
colours: "#0B4A53"
glossary:
  MS: "[multiple sclerosis](https://www.example.org/ms), a condition of the **nerves**"
"""
)


@pytest.fixture(scope="module")
def edition(project: Project) -> Edition:
    brand = load_brand(project, BRAND)
    return build_editions(build_issue(project.issues / "winter.yaml", project, brand, ISSUE), project, ["standard"])[0]


@pytest.mark.parametrize(
    "html",
    [
        ">Energy saving</a></p>",
        "From <em",
        "How <strong",
        ">near you</a>",
        ">multiple sclerosis</a>, a condition of the <strong",
    ],
)
def test_the_page_has_them(html: str, edition: Edition) -> None:
    assert html in edition.inlined
    assert "](" not in edition.inlined and "**" not in edition.inlined


@pytest.mark.parametrize(
    "lines",
    [
        "\n\n\nEnergy saving:\nhttps://www.example.org/energy\n\n++ A chair by the cooker\n",
        "\n\n\nFrom our blog\nblog:\nhttps://blog.example.org/\n\n++ Sit down to cook\n",
        "How much?\nhttps://www.example.org/cost\n\nTown: Saltby\nHow much? £2\nDay: Monday\n",
        "New near you\n\nnear you:\nhttps://www.example.org/near\n",
        "MS: multiple sclerosis, a condition of the nerves\nmultiple sclerosis:\nhttps://www.example.org/ms\n",
    ],
)
def test_the_plain_text_has_them(lines: str, edition: Edition) -> None:
    assert lines in edition.text


def test_bold_words_of_a_link_have_the_colour_of_links_in_dark_mode(edition: Edition) -> None:
    nodes = CheckContext(edition).page.find("strong")
    colours = {node.dark.color == link.dark.color for node in nodes if (link := node.inside("a"))}
    assert colours == {True}


def test_every_cell_of_a_table_that_is_a_list_names_its_column(edition: Edition) -> None:
    assert edition.inlined.count(">How <strong") == 3
    assert "</a>:" not in edition.inlined.partition("How <strong")[2].partition("</table>")[0]
