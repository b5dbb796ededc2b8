"""The plain-text part, shaped after the TEN Standard."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_linearise import SAMPLE, Node, compiled, html, pages, reading, visible_text, words

from newsletter.edition import Reading
from newsletter.stages.linearise import linearise
from newsletter.stages.text import to_text
from support.examples import TEXT_MARKS

CASES = {
    # Headings and paragraphs.
    "<h1>News</h1><h3>Part</h3><p>Words.</p><h2>Next</h2><h6>Deep</h6>": (
        "+ News\n\n+++ Part\n\nWords.\n\n\n++ Next\n\n++++++ Deep"
    ),
    f"<p>{'word ' * 200}</p>": ("word " * 200).strip(),
    "<p>Line one<br>Line two</p>": "Line one\nLine two",
    "<p>One</p><hr><p>Two</p>": "One\n\nTwo",
    # An address is below the words that introduce it, after a colon or a sign that ends a sentence.
    '<p><a href="https://example.org/">Our guide</a></p>': "Our guide:\nhttps://example.org/",
    '<p><a href="https://example.org/">Is it new?</a></p>': "Is it new?\nhttps://example.org/",
    '<p><a href="https://example.org/">यह नया है।</a></p>': "यह नया है।\nhttps://example.org/",
    '<p><a href="https://example.org/">这是新的。</a></p>': "这是新的。\nhttps://example.org/",
    '<p><a href="https://example.org/">最新消息：</a></p>': "最新消息：\nhttps://example.org/",
    # Signs are the writer's own.
    "<p><b>Bold</b>, <em>soft</em>, <code>x_y</code>, <cite>Title</cite>.</p>": "Bold, soft, x_y, Title.",
    r"<p>1. One</p><p>- a \ b * c _d_ # e | f `g` &lt;h&gt; &amp;amp; [i](j)</p><p># x</p><p>2020. + y</p>": (
        "1. One\n\n" r"- a \ b * c _d_ # e | f `g` <h> &amp; [i](j)" "\n\n# x\n\n2020. + y"
    ),
    "<p>AT&amp;T; BP &lt;140/90, p &lt; 0.05</p>": "AT&T; BP <140/90, p < 0.05",
    "<p>5\u00a0mg\u2003x \u00adsoft \U0001f469\u200d\u2695\ufe0f e\u0301 \u200f\u05d0 \u0627</p>": (
        "5\u00a0mg\u2003x \u00adsoft \U0001f469\u200d\u2695\ufe0f e\u0301 \u200f\u05d0 \u0627"
    ),
    # Powers: in medicine, 109 for 10^9 is a mistake of ten million.
    "<p>10<sup>9</sup>/L, s<sup>-1</sup>, m<sup>\u22122</sup>, Ca<sup>2+</sup>, x<sup>1.5</sup></p>": (
        "10^9/L, s^-1, m^\u22122, Ca^2+, x^1.5"
    ),
    "<p>1<sup>st</sup>, H<sub>2</sub>O, 10<sup><b>9</b></sup></p>": "1st, H2O, 10^9",
    # If a page may break a long number, the text does not.
    "<p>18001\u00a0\u200b0808\u00a0157\u00a00100, a\u200bb</p>": "18001\u00a00808\u00a0157\u00a00100, a\u200bb",
    # Links.
    '<p>Ask about the <a href="https://e.org/s">StarMS trial website</a>.</p><p>Next</p>': (
        "Ask about the StarMS trial website.\n\nStarMS trial website:\nhttps://e.org/s\n\nNext"
    ),
    '<p><a href="https://e.org/s"><b>StarMS</b> site</a></p>': "StarMS site:\nhttps://e.org/s",
    '<p><a href="https://e.org/s">Will you help?</a></p>': "Will you help?\nhttps://e.org/s",
    '<h3><a href="https://e.org/s">Trial</a></h3>': "+++ Trial:\nhttps://e.org/s",
    '<h3>A <a href="https://e.org/s">trial</a></h3><p>x</p>': "+++ A trial\n\ntrial:\nhttps://e.org/s\n\nx",
    '<p>See <a href="https://e.org/a">A</a>, <a href="https://e.org/b">B</a>, <a href="https://e.org/a">A</a>.</p>': (
        "See A, B, A.\n\nA:\nhttps://e.org/a\n\nB:\nhttps://e.org/b"
    ),
    '<p>See <a href="https://e.org/a_b*c?d=1&amp;e=_">one<br>two</a> now</p>': (
        "See one\ntwo now\n\none two:\nhttps://e.org/a_b*c?d=1&e=_"
    ),
    '<p>At <a href="https://e.org/">https://e.org/</a></p>': "At https://e.org/",
    '<p>At <a href="https://e.org/">e.org</a></p>': "At e.org\n\ne.org:\nhttps://e.org/",
    '<p><a href="https://e.org/"></a></p>': "https://e.org/",
    '<p><a href="https://e.org/" aria-label="Our site"></a></p>': "Our site:\nhttps://e.org/",
    '<p>Write to <a href="mailto:Help@e.org?subject=Hi">help@e.org</a></p>': "Write to help@e.org",
    '<p>Or <a href="mailto:a@e.org">write to us</a></p>': "Or write to us\n\nwrite to us:\nmailto:a@e.org",
    '<p>Call <a href="tel:0808 800-1234">0808 8001 234</a></p>': "Call 0808 8001 234",
    '<p>Call <a href="tel:+448088001234">0808 800 1234</a></p>': "Call 0808 800 1234",
    '<p>Call <a href="tel:+448088001234">+44 (0)808 800 1234</a></p>': "Call +44 (0)808 800 1234",
    '<p dir="rtl"><a href="tel:+448088001234">٠٨٠٨ ٨٠٠ ١٢٣٤</a></p>': "٠٨٠٨ ٨٠٠ ١٢٣٤",
    '<p>Text <a href="sms:+447700900123?body=Yes%205">07700 900123</a></p>': "Text 07700 900123",
    '<p>Call <a href="tel:+448088001234">0808 800 1235</a></p>': (
        "Call 0808 800 1235\n\n0808 800 1235:\ntel:+448088001234"
    ),
    '<p>Call <a href="tel:+441632960111">111</a></p>': "Call 111\n\n111:\ntel:+441632960111",
    '<p>Go <a href="#x">down</a></p>': "Go down",
    '<ul><li>Ask <a href="https://e.org/a">them</a> now<ul><li><a href="https://e.org/b">Us</a></li></ul></li></ul>': (
        "- Ask them now\n  them:\n  https://e.org/a\n  - Us:\n    https://e.org/b"
    ),
    # Images.
    '<p><img alt="A nurse smiles"></p><p>Then<img alt="a chart">there</p><p><img src="x.png"></p>': (
        "[Image: A nurse smiles]\n\nThen [Image: a chart] there\n\n[Image]"
    ),
    '<p><a href="https://e.org/"><img alt="A nurse"></a></p>': "[Image: A nurse]:\nhttps://e.org/",
    # Lists and quotations.
    "<p>x</p><ul><li>One</li><li>Two<ol start='9'><li>Three<br>lines</li><li>Four</li></ol></li></ul><p>y</p>": (
        "x\n\n- One\n- Two\n  9. Three\n    lines\n  10. Four\n\ny"
    ),
    "<ul><li>One</li></ul><ol><li>Two</li></ol>": "- One\n\n1. Two",
    "<ul><li>One<p>More</p></li></ul>": "- One\n\n  More",
    "<ul><li></li><li><ul><li>In</li></ul></li></ul>": "-\n-\n  - In",
    '<div role="list"><div role="listitem"><p>One</p></div><div role="listitem"><p>Two</p></div></div>': (
        "- One\n- Two"
    ),
    '<ul><li><p lang="cy">Un</p></li><li>Dau</li></ul>': "- Un\n- Dau",
    "<blockquote><p>Words</p><p>More</p></blockquote>": "[Quote]\n\nWords\n\nMore\n\n[Quote ends]",
    '<div role="note" aria-label="Important"><p>Words</p></div>': "Words",
    "<dl><dt>MRI</dt><dd>a scan</dd><dt>When?</dt><dd>Now<p>Or later</p></dd><dt>A</dt><dt>B</dt><dd>x</dd></dl>": (
        "MRI: a scan\nWhen? Now\nOr later\nA, B: x"
    ),
    "<dl><dd>Loose</dd><dt>Term</dt></dl>": "Loose\nTerm",
    # Data tables.
    "<table><caption>Clinics</caption><thead><tr><th>Place</th><th>Date</th></tr></thead><tbody>"
    "<tr><th>Leeds</th><td>3 December</td></tr><tr><th>York</th><td></td></tr></tbody></table><p>Next</p>": (
        "Table: Clinics\n\nPlace: Leeds\nDate: 3 December\n\nPlace: York\nDate:\n\n[Table ends]\n\nNext"
    ),
    "<table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>": (
        "[Table]\n\nOne; Two\nThree\n\n[Table ends]"
    ),
    "<table><tr><th>Leeds</th><td>Monday</td><td>Noon</td></tr></table>": (
        "[Table]\n\nLeeds: Monday; Noon\n\n[Table ends]"
    ),
    "<table><tr><th>A</th><th>B</th></tr></table>": "[Table]\n\nA; B\n\n[Table ends]",
    "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>": "[Table]\n\nA: 1\nB:\n\n[Table ends]",
    "<table><tr><th rowspan='2'>Year</th><th colspan='2'>People</th></tr><tr><th>Men</th><th>Women</th></tr>"
    "<tr><td rowspan='2'>2020</td><td>1</td><td>2</td></tr><tr><td colspan='2'>3</td></tr>"
    "<tr><td colspan='3'>Estimates</td></tr></table>": (
        "[Table]\n\nYear: 2020\nPeople, Men: 1\nPeople, Women: 2\n\n"
        "Year: 2020\nPeople, Men, Women: 3\n\nEstimates\n\n[Table ends]"
    ),
    "<table><tr><th>Place</th><th>Site</th></tr><tr><td>Leeds<ul><li>in</li></ul></td>"
    '<td>The <a href="https://e.org/">map</a></td></tr></table>': (
        "[Table]\n\nPlace: Leeds\n- in\nSite: The map\nmap:\nhttps://e.org/\n\n[Table ends]"
    ),
    "<table><thead><tr><th rowspan='9'>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>": (
        "[Table]\n\nA: 1\n\n[Table ends]"
    ),
    "<table><tr><td colspan='x' rowspan='-1'>1</td><td colspan='99999999999'>2</td></tr></table>": (
        "[Table]\n\n1; 2\n\n[Table ends]"
    ),
    "<ul><li>Item<table><tr><td>A<br>B</td></tr></table></li></ul>": (
        "- Item\n\n  [Table]\n\n  A\n  B\n\n  [Table ends]"
    ),
    "<table><tr><td><table><tr><td>In</td></tr></table></td><td>Out</td></tr></table>": (
        "[Table]\n\n[Table]; Out\nIn\n[Table ends]\n\n[Table ends]"
    ),
    "": "",
}


@pytest.mark.parametrize(("body", "expected"), CASES.items())
def test_text(body: str, expected: str) -> None:
    assert to_text(Reading(reading(body)), TEXT_MARKS) == expected + "\n"


CONTENTS = '<ol><li><a href="#a">First</a></li><li><a href="#b">Second</a></li></ol>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            CONTENTS + '<h2 id="a">First</h2><p>x</p><h2 id="b">Second</h2><p>y</p>',
            "1. First\n2. Second\n\n\n++ 1. First\n\nx\n\n[Article 1 ends]\n\n\n++ 2. Second\n\ny\n\n[Article 2 ends]",
        ),
        (
            CONTENTS.replace("<ol>", '<ol start="4">') + '<h2 id="b">Second</h2><hr><p>y</p><h2>Help</h2>',
            "4. First\n5. Second\n\n\n++ 5. Second\n\ny\n\n[Article 5 ends]\n\n\n++ Help",
        ),
        (
            CONTENTS + '<h2 id="a">First</h2><hr><p>x</p><div id="b"><h2>Second</h2></div><h1>End</h1>',
            "1. First\n2. Second\n\n\n++ 1. First\n\nx\n\n[Article 1 ends]\n\n\n"
            "++ 2. Second\n\n[Article 2 ends]\n\n+ End",
        ),
        (
            CONTENTS + '<h2><a id="a"></a>First</h2><h3 id="b">Second</h3>',
            "1. First\n2. Second\n\n\n++ 1. First\n\n+++ Second\n\n[Article 1 ends]",
        ),
        ('<ul><li><a href="#a">First</a></li></ul><h2 id="a">First</h2>', "- First\n\n\n++ First"),
    ],
)
def test_articles_are_numbered_as_in_the_contents(body: str, expected: str) -> None:
    assert to_text(Reading(reading(body)), TEXT_MARKS) == expected + "\n"


def test_a_page_from_mjml() -> None:
    assert to_text(linearise(compiled(SAMPLE)), TEXT_MARKS) == (
        "+ Neuro News\n\n1. Stem cell hope\n\n\n++ 1. Stem cell hope\n\nCount: 10^9/L\n\n[Image: A nurse]\n\n"
        "StarMS trial website:\nhttps://example.org/starms\n\nTable: Clinics\n\n"
        "Place: Leeds\nDate: 3 December\n\n[Table ends]\n\n"
        "Plain Cymraeg\n\n[Article 1 ends]\n"
    )


def test_deep_nesting_is_no_trouble() -> None:
    assert "deep" in to_text(Reading(reading("<ul><li>" * 250 + "deep" + "</li></ul>" * 250)), TEXT_MARKS)


def tidy(text: str) -> bool:
    return (
        text.endswith("\n")
        and text.strip("\n") + "\n" == text
        and "\n\n\n\n" not in text
        and not any(line.endswith(" ") for line in text.split("\n"))
    )


# A link writes its words twice, and a table and a list of terms change the order: their cases are above.
PLAIN = ["div", "p", "h2", "h3", "ul", "ol", "li", "blockquote", "layout", "hidden", "b", "span"]


@given(pages(PLAIN))
def test_every_word_in_order_and_no_sign_that_was_not_written(page: Node) -> None:
    body = html(page)
    text = to_text(Reading(reading(body)), TEXT_MARKS)
    assert tidy(text)
    remaining = iter(text.replace("\n", " ").split(" "))
    for word in words(visible_text(body)):
        assert word in remaining, f"{word!r} is lost, glued, or in the wrong place in {text!r}"
    actual, expected = Counter(text), Counter(visible_text(body))
    for sign in "*_`\\|#>~!=&<^(){}":
        assert actual[sign] == expected[sign]


@given(
    pages(
        [*PLAIN, "a", "table", "tr", "td", "th", "dl", "dt", "dd", "sup"],
        st.sampled_from(["one ", " two", "3"]),
    )
)
def test_nothing_but_words_and_the_signs_of_the_scheme(page: Node) -> None:
    text = to_text(Reading(reading(html(page))), TEXT_MARKS)
    assert tidy(text)
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyz QTIA0123456789.+-:;,/[]^\n")


def numbered(page: Node, numbers: Iterator[int]) -> Node:
    """Return the same page, each text a word that is nowhere else."""
    if isinstance(page, str):
        return f" w{next(numbers)} "
    tag, children = page
    return tag, [numbered(child, numbers) for child in children]


@given(pages([*PLAIN, "table", "tr", "td", "th", "dl", "dt", "dd"]))
def test_no_word_is_lost_in_a_table(page: Node) -> None:
    body = html(numbered(page, count()))
    texts = re.findall(r"(?<![^\s])w\d+(?=[:;,]?\s)", to_text(Reading(reading(body)), TEXT_MARKS))
    assert set(texts) == set(words(visible_text(body)))
