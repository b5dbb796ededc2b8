"""A term of the brand is explained if it is a word of the issue, and not if it only looks like one."""

import pytest

from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.issue.text_fields import Text
from newsletter.pipeline import build
from newsletter.project import Project
from newsletter.stages.compose.glossary import glossary
from newsletter.verify.brand import expected_brand
from newsletter.verify.expected import expected_text

ISSUE = """\
subject: "Winter news for everybody"
preheader: "Words before the news"
title: "Neuro News"
date: 2026-12-03
articles:
  - title: "One thing that is new"
    summary: "It says in one sentence what is new here."
    content:
      - text: |
          %s
"""
IN = [
    ("MS", "People with MS, and those without."),
    ("MS", "Both\n          MSs and **MS**es."),
    ("MS", "An MS-like illness."),
    ("relapse", "Relapses can end."),
    ("relapse", "A “relapse”."),
    ("mRNA", "It is an mRNA vaccine."),
    ("immune system", "The immune\n          system."),
    ("Multiple sclerosis", "What multiple sclerosis is."),
    ("干细胞", "干细胞移植是一种治疗方法。"),
    ("幹細胞", "これは幹細胞です。"),
    ("สเต็มเซลล์", "การรักษาด้วยสเต็มเซลล์ใหม่"),
    ("दवा", "यह दवा है।"),
]
NOT_IN = [
    ("MS", "Ms Smith teaches us. It is up to ms and us."),
    ("US", "It is up to us."),
    ("AIDS", "She aids us."),
    ("mRNA", "The word mrna is none."),
    ("MS", "You can [book a room](https://www.MS-trust.example.co.uk/MS) for your visit."),
    ("MS", "Write to MS@example.org, or see www.example.org/MS/ or example.org/MS."),
    ("MS", "Send [an email](mailto:help@example.org?subject=MS)."),
    ("MS", "ATMS and MSF."),
    ("relapse", "It relapsed."),
    ("दवा", "यह दवाई है।"),
    ("दव", "यह दवा है।"),
]


def explained(term: str, words: str, project: Project, brand: Brand) -> tuple[bool, bool]:
    """Return whether the page explains a term, and whether the check expects it."""
    text = ISSUE % words
    changed = brand.model_copy(update={"glossary": {Text(term): Text("What it means")}})
    source = f'glossary: {{"{term}": "What it means"}}\n'
    build(project.issues / "winter.yaml", project, changed.remember(type(brand.file)("brand.yaml", source)), text=text)
    issue = load(project.issues / "winter.yaml", project, brand, text)
    return term in glossary(issue, changed), bool(expected_brand(source, expected_text(text)).parts)


@pytest.mark.parametrize(("term", "words"), IN)
def test_a_term_that_is_a_word_is_explained(term: str, words: str, project: Project, brand: Brand) -> None:
    page, _ = explained(term, words, project, brand)
    assert page


@pytest.mark.parametrize(("term", "words"), NOT_IN)
def test_a_term_that_is_no_word_is_not_explained(term: str, words: str, project: Project, brand: Brand) -> None:
    assert explained(term, words, project, brand) == (False, False)


@pytest.mark.parametrize("words", ["People with MS.", "干细胞移植是一种治疗方法。"])
def test_an_explanation_that_a_template_leaves_out_is_noticed(words: str, project: Project, brand: Brand) -> None:
    term = "MS" if "MS" in words else "干细胞"
    assert explained(term, words, project, brand) == (True, True)


@pytest.mark.parametrize(
    ("term", "words", "is_in"),
    [
        ("MS", "MS는 병입니다.", True),
        ("MS", "אנשים עם MS, או בMS.", True),
        ("RRMS", "患者使用RRMS治疗。", True),
        ("РС", "Что такое РС?", True),
        ("РС", "Это рс.", False),
        ("신경", "신경과에 갑니다.", False),
        ("B1", "Vitamin B12.", False),
    ],
)
def test_two_scripts_are_two_words(term: str, words: str, is_in: bool, project: Project, brand: Brand) -> None:
    changed = brand.model_copy(update={"glossary": {Text(term): Text("What it means")}})
    assert (term in glossary(load(project.issues / "winter.yaml", project, brand, ISSUE % words), changed)) is is_in
