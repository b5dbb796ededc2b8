"""The reading view: what a screen reader meets, in its order."""

import logging
from html.parser import HTMLParser

import mjml
import premailer
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsletter.edition import InlinedPage
from newsletter.stages.linearise import linearise

LAYOUT = '<table role="presentation"><tbody><tr><td>{}</td></tr></tbody></table>'


def reading(body: str) -> str:
    return linearise(InlinedPage(f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Layout goes, and stays an edge between words.
        (LAYOUT.format("One"), "<p>One</p>"),
        ('<table role="presentation"><tr><td>One</td><td>Two</td></tr></table>', "<p>One</p>\n<p>Two</p>"),
        ('<table role="none"><tr><td>One</td></tr></table>Two', "<p>One</p>\n<p>Two</p>"),
        ("<div>One</div><div>Two</div>Three", "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
        ("One<div>Two</div>Three", "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
        ('<span style="display:block">One</span><span>Two</span>', "<p>One</p>\n<p>Two</p>"),
        ('<div style="color:red" class="x" align="left">One</div>', "<p>One</p>"),
        ("<center>One<font>Two</font></center>", "<p>OneTwo</p>"),
        # White space is what a browser shows.
        ("<p>  One \n two\t<b> three </b> four</p>", "<p>One two <b>three</b> four</p>"),
        ("<p>One<b> two</b></p>", "<p>One <b>two</b></p>"),
        ("<p><b>One</b><i>Two</i></p>", "<p><b>One</b><i>Two</i></p>"),
        ("<p>5\u00a0mg \u2003 x\u200dy</p>", "<p>5\u00a0mg \u2003 x\u200dy</p>"),
        ("<p>One <br> two<br></p>", "<p>One<br>two</p>"),
        ("<p><br><br>One<br><br>Two</p>", "<p>One<br><br>Two</p>"),
        ("<pre>One\n  Two</pre>", "<p>One<br>Two</p>"),
        ("<pre><code>One\nTwo</code></pre>", "<p><code>One<br>Two</code></p>"),
        ("<p>1 &lt; 2 &amp; 3 &gt; 2</p>", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        # What nobody meets is not there.
        ('<div style="color:red; DISPLAY : none">Hidden</div>Seen', "<p>Seen</p>"),
        ("<div hidden>Hidden</div>Seen", "<p>Seen</p>"),
        ('<span aria-hidden="true">\u2192</span>Seen', "<p>Seen</p>"),
        ('<div style="mso-hide:all">Hidden</div>Seen', "<p>Seen</p>"),
        ('<div style="visibility:hidden">Hidden</div>Seen', "<p>Seen</p>"),
        ('<p style="background:url(display:none.png)">Seen</p>', "<p>Seen</p>"),
        ('<p style="color:red;/* ;display:none */">Seen</p>', "<p>Seen</p>"),
        ('<p style="display:none;display:block">Seen</p>', "<p>Seen</p>"),
        ('<p style="display:none!important;display:block">Hidden</p>Seen', "<p>Seen</p>"),
        ("<style>p {}</style><script>x</script>Seen<!-- comment --> on", "<p>Seen on</p>"),
        ("<!--[if mso]><table><tr><td>Outlook</td></tr></table><![endif]-->Seen", "<p>Seen</p>"),
        ("<!--[if !mso]><!-->Seen<!--<![endif]-->", "<p>Seen</p>"),
        ("<p></p><div><p> </p></div><ul></ul><h2></h2>One", "<p>One</p>"),
        ("<p>&nbsp;&#847;&zwnj;</p>One", "<p>One</p>"),
        # Images.
        ('<img src="a.png" alt="A nurse" width="9">', '<p><img src="a.png" alt="A nurse"></p>'),
        ('<img src="a.png" alt="">One', "<p>One</p>"),
        ('<img src="a.png" alt="Line" role="presentation">One', "<p>One</p>"),
        ('<img src="a.png">', '<p><img src="a.png"></p>'),
        ('<img alt="A &quot;b&quot; &amp; c">', '<p><img alt="A &quot;b&quot; &amp; c"></p>'),
        (
            '<a href="u"><img style="display:block" alt="A"></a>One',
            '<p><a href="u"><img alt="A"></a></p>\n<p>One</p>',
        ),
        # Links, and where they lead on the page.
        ('<a href="u" target="_blank" style="x">One</a>', '<p><a href="u">One</a></p>'),
        ('<a href="u"></a>', '<p><a href="u"></a></p>'),
        ('<a href="u" aria-label="Us"><img alt=""></a>', '<p><a href="u" aria-label="Us"></a></p>'),
        ('<a href="#a">One</a><h2 id="a">Two</h2>', '<p><a href="#a">One</a></p>\n<h2 id="a">Two</h2>'),
        ('<h2 id="a">Two</h2>', "<h2>Two</h2>"),
        (
            '<a href="#a">One</a><a id="a"></a><h2>Two</h2>',
            '<p><a href="#a">One</a></p>\n<h2><span id="a"></span>Two</h2>',
        ),
        (
            '<a href="#a">One</a><div id="a"></div><h2>Two</h2>',
            '<p><a href="#a">One</a></p>\n<h2><span id="a"></span>Two</h2>',
        ),
        (
            '<a href="#a">One</a><p><span id="a">&nbsp;</span></p><h2>Two</h2>',
            '<p><a href="#a">One</a></p>\n<h2><span id="a"></span>Two</h2>',
        ),
        (
            '<a href="#a">One</a><table role="presentation"><tr><td id="a">Two</td></tr></table>',
            '<p><a href="#a">One</a></p>\n<div id="a">\n<p>Two</p>\n</div>',
        ),
        (
            '<a href="u"><h2>One</h2><p>Two</p></a>',
            '<h2><a href="u">One</a></h2>\n<p><a href="u">Two</a></p>',
        ),
        (
            '<a href="#a">One</a><b id="a"><div>Two</div><div>Three</div></b>',
            '<p><a href="#a">One</a></p>\n<p><b id="a">Two</b></p>\n<p><b>Three</b></p>',
        ),
        # Language, direction, roles and names.
        ('<p lang="cy">Un</p>', '<p lang="cy">Un</p>'),
        ('<div lang="en">One <span lang="en">two</span></div>', '<div lang="en">\n<p>One two</p>\n</div>'),
        (
            '<div lang="en" dir="ltr"><td lang="ar" dir="rtl">A</td> <i lang="cy">un</i></div>',
            '<div lang="en" dir="ltr">\n<div lang="ar" dir="rtl">\n<p>A</p>\n</div>\n'
            '<p><i lang="cy">un</i></p>\n</div>',
        ),
        (
            '<div role="article" aria-label="News"><p>One</p></div>',
            '<div role="article" aria-label="News">\n<p>One</p>\n</div>',
        ),
        ('<ul role="presentation"><li>One</li><li>Two</li></ul>', "<p>One</p>\n<p>Two</p>"),
        ('<h2 role="presentation">One</h2>', "<p>One</p>"),
        # Lists, quotations, rules.
        (
            '<ol start="3" type="a"><li>One<ul><li>Two</ul></ol>',
            '<ol start="3">\n<li>One\n<ul>\n<li>Two</li>\n</ul>\n</li>\n</ol>',
        ),
        ("<ul><li><p>One</p><p>Two</p></li></ul>", "<ul>\n<li>One\n<p>Two</p>\n</li>\n</ul>"),
        ("<ul>Stray<li>One</li></ul>", "<ul>\n<li>Stray</li>\n<li>One</li>\n</ul>"),
        ("<ol><li></li><li>Two</li></ol>", "<ol>\n<li></li>\n<li>Two</li>\n</ol>"),
        ("<dl><dt>A<dd>B</dl>", "<dl>\n<dt>A</dt>\n<dd>B</dd>\n</dl>"),
        (
            "<blockquote>One<cite>Two</cite></blockquote>",
            "<blockquote>\n<p>One<cite>Two</cite></p>\n</blockquote>",
        ),
        ("One<hr>Two", "<p>One</p>\n<hr>\n<p>Two</p>"),
        ('One<hr role="presentation">Two', "<p>One</p>\n<p>Two</p>"),
        ("<h2>One<div>Two</div></h2>", "<h2>One Two</h2>"),
        ("<p>One<span style='display:block'>Two</span>Three</p>", "<p>One<br>Two<br>Three</p>"),
        # Data tables are kept whole.
        (
            '<table style="x"><caption>C</caption><thead><tr><th scope="col" width="9">A</th></tr></thead>'
            '<tbody><tr><td colspan="2" rowspan="3">B</td><td></td></tr></tbody></table>',
            '<table>\n<caption>C</caption>\n<thead>\n<tr>\n<th scope="col">A</th>\n</tr>\n</thead>\n<tbody>\n'
            '<tr>\n<td colspan="2" rowspan="3">B</td>\n<td></td>\n</tr>\n</tbody>\n</table>',
        ),
        (
            f"<table><tr><td>{LAYOUT.format('One')}{LAYOUT.format('Two')}</td></tr></table>",
            "<table>\n<tr>\n<td>One\n<p>Two</p>\n</td>\n</tr>\n</table>",
        ),
        (
            LAYOUT.format("<table><tr><th>One</th><td>Two</td></tr></table>"),
            "<table>\n<tr>\n<th>One</th>\n<td>Two</td>\n</tr>\n</table>",
        ),
        (
            "<table><tr>Stray<td>One</td></tr></table>",
            "<table>\n<tr>\n<td>Stray</td>\n<td>One</td>\n</tr>\n</table>",
        ),
        ("", ""),
    ],
)
def test_reading(body: str, expected: str) -> None:
    assert reading(body) == expected + "\n"


def test_language_of_the_document_is_kept() -> None:
    page = InlinedPage('<html lang="cy" dir="ltr"><body><div lang="cy" role="article">Un</div></body></html>')
    assert linearise(page) == '<div lang="cy" dir="ltr">\n<div role="article">\n<p>Un</p>\n</div>\n</div>\n'


def test_a_meta_element_cannot_change_the_encoding() -> None:
    page = InlinedPage('<html><head><meta charset="latin-1"></head><body>caf\u00e9 \U0001f469\u200d\u2695\ufe0f</body>')
    assert linearise(page) == "<p>caf\u00e9 \U0001f469\u200d\u2695\ufe0f</p>\n"


def compiled(mjml_source: str) -> InlinedPage:
    """Return a page as the pipeline builds it, by the same two engines."""
    page = mjml.mjml2html(mjml_source, fonts={})
    return InlinedPage(
        premailer.Premailer(
            str(page).replace("<!doctype html>", "<!DOCTYPE html>"),
            strip_important=False,
            keep_style_tags=True,
            allow_network=False,
            disable_basic_attributes=["width", "height"],
            align_floating_images=False,
            cssutils_logging_level=logging.CRITICAL,
        ).transform()
    )


SAMPLE = """
<mjml lang="en-GB" dir="ltr"><mj-head><mj-title>News</mj-title></mj-head><mj-body>
<mj-raw><div style="display:none">Hidden preheader</div></mj-raw>
<mj-wrapper><mj-section><mj-column>
<mj-text><h1>Neuro News</h1><ol><li><a href="#a1">Stem cell hope</a></li></ol></mj-text>
</mj-column></mj-section></mj-wrapper>
<mj-section><mj-column><mj-text><h2 id="a1">Stem cell hope</h2><p>Count: 10<sup>9</sup>/L</p></mj-text>
<mj-image src="https://example.org/a.png" alt="A nurse" />
<mj-button href="https://example.org/starms">StarMS trial website</mj-button>
<mj-table><caption>Clinics</caption><tr><th scope="col">Place</th><th scope="col">Date</th></tr>
<tr><th scope="row">Leeds</th><td>3 December</td></tr></mj-table>
<mj-divider /><mj-spacer height="10px" />
</mj-column><mj-column><mj-text>Plain <span lang="cy">Cymraeg</span></mj-text></mj-column></mj-section>
</mj-body></mjml>"""


def test_a_page_from_mjml() -> None:
    assert linearise(compiled(SAMPLE)) == (
        '<div lang="en-GB" dir="ltr">\n<div role="article" aria-label="News">\n'
        "<h1>Neuro News</h1>\n"
        '<ol>\n<li><a href="#a1">Stem cell hope</a></li>\n</ol>\n'
        '<h2 id="a1">Stem cell hope</h2>\n'
        "<p>Count: 10<sup>9</sup>/L</p>\n"
        '<p><img src="https://example.org/a.png" alt="A nurse"></p>\n'
        '<p><a href="https://example.org/starms">StarMS trial website</a></p>\n'
        "<table>\n<caption>Clinics</caption>\n"
        '<tr>\n<th scope="col">Place</th>\n<th scope="col">Date</th>\n</tr>\n'
        '<tr>\n<th scope="row">Leeds</th>\n<td>3 December</td>\n</tr>\n</table>\n'
        '<p>Plain <span lang="cy">Cymraeg</span></p>\n</div>\n</div>\n'
    )


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "ul"])
def test_deep_nesting_is_no_trouble(tag: str) -> None:
    # Twice what premailer lets through, and more than libxml2 reads when left to itself.
    assert "deep" in reading(f"<{tag}>" * 500 + "deep" + f"</{tag}>" * 500)


# Pages made at random. The oracle knows three things only: which elements are blocks, that text is split at
# white space, and that hidden elements are not read.

# fmt: off
BLOCKS = {
    "div", "p", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "tr", "td", "th",
}
# fmt: on
# fmt: off
WORDS = st.sampled_from([
    "one", "two", "*", "**", "_x_", "![]", "[a](b)", "\\", "\\.", "1.", "12.", "-", "+", "++", "#", ">", "`c`",
    "~~", "|", "---", "&", "&amp;", "<", "<b>", "AT&T;", "10^9", "[Quote]", ";", ":", "\u00a0", "a\u00a0b",
    "e\u0301", "\u05d0\u05d1", "\u0627\u0644", "\U0001f469\u200d\u2695\ufe0f", "\u200fx", "\u2003y",
])
# fmt: on
TEXTS = st.lists(WORDS | st.sampled_from(["", "\n"]), min_size=1, max_size=4).map(" ".join)
Node = str | tuple[str, list["Node"]]


def pages(tags: list[str], texts: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[Node]:
    def inside(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        return st.tuples(st.sampled_from(tags), st.lists(children, max_size=4))

    return st.recursive(texts, inside, max_leaves=25)


def as_html(node: Node) -> str:
    if isinstance(node, str):
        return node.replace("&", "&amp;").replace("<", "&lt;")
    tag, children = node
    inner = "".join(map(as_html, children))
    if tag == "layout":
        return f'<table role="presentation"><tr><td>{inner}</td></tr></table>'
    if tag == "hidden":
        return f'<div style="display:none">{inner}</div>'
    return f'<a href="https://example.org/">{inner}</a>' if tag == "a" else f"<{tag}>{inner}</{tag}>"


def html(node: Node) -> str:
    """Return the page as it leaves premailer: once parsed, so that each element ends where libxml2 says it does."""
    body = etree.HTML(f"<body><main>{as_html(node)}</main></body>")[0][0]
    for element in body.iter():
        element.text = element.text or " "  # without its words, libxml2 leaves out the end of an <li>
    return str(etree.tostring(body, encoding="unicode", method="html"))


class VisibleText(HTMLParser):
    """Collects the visible text of a page, with an end of line at each edge of a block."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = [False]
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden.append(self.hidden[-1] or ("style", "display:none") in attrs)
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)
        self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden[-1]:
            self.text += data

    def _edge(self, tag: str) -> None:
        # What is hidden has no box at all, so that the words around it touch, as they do on a screen.
        if tag in BLOCKS and not self.hidden[-1]:
            self.text += "\n"


def visible_text(body: str) -> str:
    parser = VisibleText()
    parser.feed(body)
    parser.close()
    return parser.text


def words(text: str) -> list[str]:
    # Those of the browser's white space; a word of nothing but invisible signs may go with an empty block.
    return [word for word in text.replace("\n", " ").split(" ") if word.strip()]


class Checker(HTMLParser):
    """Reads a reading again, strictly: balanced, and nothing where HTML does not allow it."""

    ONLY = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "tr": {"td", "th"}, "table": {"tr"}}

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        parent = self.stack[-1] if self.stack else ""
        is_block = tag in BLOCKS | {"hr"}
        assert not is_block or not {"p", "h2", "h3", "dt", "a", "b", "span", "sup"} & set(self.stack)
        assert tag in self.ONLY.get(parent, {tag})
        self.text += "\n" if is_block else ""
        if tag not in ("img", "br", "hr"):
            self.stack.append(tag)
        elif tag == "br":
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag
        self.text += "\n" if tag in BLOCKS else ""

    def handle_data(self, data: str) -> None:
        assert not data.strip(" \n") or not self.stack or self.stack[-1] not in {*self.ONLY, "blockquote", "div"}
        assert data.strip(" \n") == "" or self.stack
        self.text += data


def check(fragment: str) -> Checker:
    checker = Checker()
    checker.feed(fragment)
    checker.close()
    assert checker.stack == []
    return checker


ALL_TAGS = [*sorted(BLOCKS), "layout", "hidden", "a", "b", "span", "sup"]


@given(pages(ALL_TAGS))
def test_every_word_once_in_order_in_its_place(page: Node) -> None:
    body = html(page)
    assert words(check(reading(body)).text) == words(visible_text(body))


@given(pages(ALL_TAGS))
def test_linearising_twice_changes_nothing(page: Node) -> None:
    first = reading(html(page))
    assert reading(first) == first
