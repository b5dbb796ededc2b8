"""Numbers among words that run from right to left: which of them are kept in order, in the page and in the text."""

import re
from email import message_from_bytes, policy

import pytest
from lxml import etree

from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.text_fields import Text
from newsletter.pipeline import build, build_issue, read_issue
from newsletter.project import Project
from newsletter.stages.left_to_right import isolate_numbers


def isolated(text: str, language: str = "ar") -> list[str]:
    """Return the numbers that are isolated in a paragraph."""
    root = parse_html(f'<div lang="{language}" dir="rtl"><p></p></div>')
    paragraph = next(root.iter("p"))
    paragraph.text = text
    isolate_numbers(root)
    assert "".join(map(str, paragraph.itertext())) == text
    return [span.text or "" for span in root.iter("span") if span.get("dir") == "ltr"]


@pytest.mark.parametrize(
    "number",
    [
        "01632-960-001",
        "+44 1632 960 001",
        "+44\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}1632\N{NO-BREAK SPACE}960\N{NO-BREAK SPACE}001",
        "(01632) 960 001",
        "(01632)960-001",
        "+44 (0)1632 960001",
        "(+44) 1632 960 001",
        "+44-1632-960-001",
        "01632 - 960 001",
        "01632 / 960 001",
        "01632–960–001",
        "2026-12-03",
        "٠١٦٣٢-٩٦٠-٠٠١",
        "-5",
        "±2",
        "+5%",
        "-5 °C",
        "−5.5",
        "+20",
        "*6050",
        "*123#",
        "*100*5#",
        "10^9",
        "10^-9",
        "1+1=2",
        "10-5=5",
        "3×4",
        "2.0-beta",
        "3-D",
        "£5-£7",
        "£5 - £7",
        "£5-7",
        "5€-7€",
        "₪5.50-₪7",
        "5%-7%",
        "5% - 7%",
        "٥٪ - ٧٪",
        "5-7%",
        "20-25 °C",
        "20 °C - 25 °C",
        "-5 °C - -2 °C",
    ],
)
def test_a_number_with_signs_is_isolated(number: str) -> None:
    for text in (f"اتصل على {number} اليوم.", number, f"({number})", f"אחד:{number}, שניים"):
        assert isolated(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "01632\N{NO-BREAK SPACE}960\N{NO-BREAK SPACE}001",  # in order by its no-break spaces
        "من 1,200 إلى 1.7 في 10:30 يوم 3/12/2026",
        "(2026) و (412)",
        "10:00 – 12:00",  # a range runs in the direction of the words
        "1914–1918",
        "في 2026. 5 أشخاص، 3, 4",
        "COVID-19 و B-12 و a-1@example.org و 12-34@example.org و https://example.org/2026-12-03/5-6 و H-2",
        "https://example.org/1,2-3 و https://example.org?a=1;2-3 و 1-2.example.org و www.example.org/a;1-2",
        "50% و 7°",
        "£5 و 7 € و 10 - 12",
        "ב-5 לחודש",
        "no number",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert isolated(text) == []


def test_the_hyphen_of_a_hebrew_prefix_is_no_sign() -> None:
    assert isolated("ב-01632-960-001 היום", "he") == ["01632-960-001"]


def test_only_words_from_right_to_left_need_it() -> None:
    page = '<div dir="rtl"><p>أ <b>1-2</b> 3-4<br>5-6</p><p dir="ltr">7-8</p></div><p>9-10</p>'
    root = parse_html(page)
    isolate_numbers(root)
    assert re.findall(r">([\d-]+)</span>", etree.tostring(root, encoding="unicode")) == ["1-2", "3-4", "5-6"]


ISSUE = """\
subject: "أخبار الشتاء، اتصل على 01632-960-001"
preheader: "كلمات قبل الأخبار: اتصل على +44 1632 960 003 أو (01632) 960 004"
title: "أخبار الأعصاب"
date: 2026-12-03
language: ar
articles:
  - title: "خبر جديد للجميع +44 1632 960 001"
    summary: "تقول هذه الجملة ما هو الجديد اليوم."
    content:
      - text: |
          اتصل على 01632-960-001 أو **(01632) 960 001** اليوم، أو
          [+44 1632 960 002](tel:+441632960002). <https://example.org/2026-12-03>
      - image: {src: images/clinic.png, alt: "لوحة عليها 01632-960-005 و 5.1 x 10^9/L"}
      - table:
          caption: "أرقام"
          columns: ["اليوم", "الهاتف"]
          rows:
            - ["الإثنين", "01632-960-181"]
            - ["الخميس", "+44 1632 960 182"]
"""


@pytest.fixture(scope="module")
def arabic(project: Project, brand: Brand) -> Edition:
    return build(project.issues / "numbers.yaml", project, brand, text=ISSUE)


def test_an_issue_keeps_its_numbers_in_order_in_each_part(arabic: Edition) -> None:
    spans = re.findall(r'<span dir="ltr">([^<]*)</span>', arabic.inlined)
    texts = {re.sub("\N{ZERO WIDTH SPACE}", "", span).replace("\N{NO-BREAK SPACE}", " ") for span in spans}
    isolates = re.findall("\N{LEFT-TO-RIGHT ISOLATE}(.*?)\N{POP DIRECTIONAL ISOLATE}", arabic.text)
    numbers = {"01632-960-001", "(01632) 960 001", "01632-960-181", "(01632) 960 004"} | {
        f"+44 1632 960 {last}" for last in ("001", "002", "003", "182")
    }
    assert texts == numbers
    # In a page, a description is no element, and 10⁹ is in order.
    assert {isolate.replace("\N{NO-BREAK SPACE}", " ") for isolate in isolates} == numbers | {"01632-960-005", "10^9"}


def test_no_isolate_is_in_a_header_an_attribute_or_an_address(arabic: Edition) -> None:
    assert not re.search(r"[\u2066-\u2069]", arabic.inlined)
    message = message_from_bytes(arabic.message, policy=policy.default)
    assert message["Subject"] == "أخبار الشتاء، اتصل على 01632-960-001"
    assert not any(re.search(r"[\u2066-\u2069]", str(value)) for value in message.values())
    assert "https://example.org/2026-12-03" in arabic.text.split()


def test_a_helpline_that_begins_with_a_country_code_is_in_order(project: Project, brand: Brand) -> None:
    assert brand.helpline
    helpline = brand.helpline.model_copy(update={"phone": Text("+44 808 157 0100")})
    issue = build_issue(
        project.issues / "numbers.yaml", project, brand.model_copy(update={"helpline": helpline}), ISSUE
    )
    assert re.search(r'<a href="tel:\+448081570100"[^>]*><span dir="ltr">\+44[^<]*</span></a>', issue.inlined)
    assert "\N{LEFT-TO-RIGHT ISOLATE}+44\N{NO-BREAK SPACE}808" in read_issue(issue).text
