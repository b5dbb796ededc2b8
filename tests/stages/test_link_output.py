"""Links go out as they are meant, in the page and in the plain text."""

import pytest
from lxml import html

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.project import Project
from support.examples import SHORT

ISSUE = (
    SHORT
    + """\
      - text: |
          Please %s now.
"""
)


@pytest.mark.parametrize(
    ("typed", "sent", "words"),
    [
        ("[visit us](https://bücher.example/seite)", "https://xn--bcher-kva.example/seite", "visit us"),
        ("[visit us](https://مثال.إختبار/)", "https://xn--mgbh0fb.xn--kgbechtv/", "visit us"),
        ("<https://bücher.example/>", "https://xn--bcher-kva.example/", "https://bücher.example/"),
        ("[write](mailto:jo@bücher.example)", "mailto:jo@xn--bcher-kva.example", "write"),
        ("[tell a friend](mailto:?subject=Neuro%20News)", "mailto:?subject=Neuro%20News", "tell a friend"),
        ("[ask both](mailto:a@example.org,b@example.org)", "mailto:a@example.org,b@example.org", "ask both"),
        ("[ring us](tel:+441632960000;ext=5)", "tel:+441632960000;ext=5", "ring us"),
        ("[text us](sms:60777)", "sms:60777", "text us"),
    ],
)
def test_a_link_arrives(typed: str, sent: str, words: str, project: Project, brand: Brand) -> None:
    edition = build(project.issues / "winter.yaml", project, brand, text=ISSUE % typed)
    page = html.document_fromstring(edition.inlined)
    links = {link.get("href"): "".join(map(str, link.itertext())) for link in page.iter("a")}
    assert links[sent] == words
    assert sent in edition.text.split()


@pytest.mark.parametrize(
    "typed",
    [
        "[07700 900001](sms:+447700900001)",
        "[٠٧٧٠٠ ٩٠٠٠٠١](sms:+447700900001)",
        "[07700 900001](sms:+447700900001?body=Tea%20at%205)",
        "[60777](sms:60777)",
        "[01632–960–002](tel:+441632960002)",
        "[+44 1632 960000 ext 5](tel:+441632960000;ext=5)",
        "[27 12 34](tel:+352271234)",
    ],
)
def test_a_number_as_words_needs_no_address(typed: str, project: Project, brand: Brand) -> None:
    edition = build(project.issues / "winter.yaml", project, brand, text=ISSUE % typed)
    assert typed.rpartition("(")[2][:-1] not in edition.text
