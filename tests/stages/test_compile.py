"""Compiling and inlining: each trap of the engines (see the comments in `compile` and `inline`) is avoided."""

import re

import pytest
from lxml import etree

from newsletter import stages
from newsletter.edition import SOURCE, Mjml, Page, TemplateSource
from newsletter.problems import Location, Problems
from newsletter.stages.compile import compile_page
from newsletter.stages.inline import inline

HEAD = "<mj-head><mj-title>\n  A title\n</mj-title>{}</mj-head>"
BODY = "<mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body>"


def compiled(content: str, head: str = "") -> Page:
    return compile_page(Mjml(f'<mjml lang="en" dir="ltr">\n{HEAD.format(head)}\n{BODY.format(content)}\n</mjml>'))


def parsed(page: str) -> etree._Element:
    return etree.fromstring(page, etree.HTMLParser())


AWKWARD = [
    "no\N{NO-BREAK SPACE}break",
    "narrow\N{NARROW NO-BREAK SPACE}space",
    "Zoe\N{COMBINING DIAERESIS}",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{STAFF OF AESCULAPIUS}\N{VARIATION SELECTOR-16}",
    "\N{WAVING BLACK FLAG}\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    'she said "yes"',
    "it's",
    "p < 0.05 & p > 0.01",
    "\\u{a0}",
    "الصحة \N{RIGHT-TO-LEFT MARK}1",
    "soft\N{SOFT HYPHEN}hyphen",
]


@pytest.mark.parametrize("words", AWKWARD)
def test_attributes_and_words_come_through(words: str) -> None:
    image = etree.Element("mj-image", src="https://example.org/a.png", alt=words)
    text = etree.Element("mj-text")
    text.text = words
    page = compiled(etree.tostring(image, encoding="unicode") + etree.tostring(text, encoding="unicode"))
    for html in (page, inline(page).page):
        root = parsed(html)
        assert [image.get("alt") for image in root.iter("img")] == [words]
        assert words in "".join(map(str, root.itertext()))


@pytest.mark.parametrize(
    "subject",
    [
        *AWKWARD,
        'A "warm" room for each of us',
        'x" tabindex=0 autofocus onfocus=document.title=1+1 y="z',
        "x' onclick='1",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "&quot; onload=&quot;1",
    ],
)
def test_a_title_stays_in_its_attribute(subject: str) -> None:
    title = etree.Element("mj-title")
    title.text = subject
    head = f"<mj-head>{etree.tostring(title, encoding='unicode')}</mj-head>"
    page = compile_page(Mjml(f'<mjml lang="en" dir="ltr">{head}{BODY.format("<mj-text>x</mj-text>")}</mjml>'))
    for html in (page, inline(page).page):
        root = parsed(html)
        wrapper = root.find("body/div")
        assert wrapper is not None
        assert wrapper.get("aria-label") == root.findtext("head/title") == subject
        assert set(wrapper.attrib) == {"aria-label", "aria-roledescription", "role", "lang", "dir"}


def test_words_on_either_side_of_a_new_line_are_not_glued() -> None:
    page = compiled("<mj-text>one <b>two</b>\n  <i>three</i>\n<a href='https://example.org/'>four</a></mj-text>")
    assert "one two three four" in " ".join("".join(map(str, parsed(page).itertext())).split())


def test_the_title_is_one_line() -> None:
    root = parsed(compiled("<mj-text>x</mj-text>"))
    assert root.findtext("head/title") == "A title"
    assert root.find("body/div").get("aria-label") == "A title"  # type: ignore[union-attr]


def test_empty_elements_keep_their_ends() -> None:
    page = compiled("<mj-text><p></p>words<br />more<span></span></mj-text>")
    assert "<p></p>words<br>more<span></span>" in page


def test_named_characters_of_html_can_be_used() -> None:
    assert "a\N{NO-BREAK SPACE}b \N{COPYRIGHT SIGN} &lt;" in compiled("<mj-text>a&nbsp;b &copy; &lt;</mj-text>")


def test_attributes_by_class() -> None:
    head = (
        '<mj-html-attributes><mj-selector path=".welsh"><mj-html-attribute name="lang"> cy </mj-html-attribute>'
        "</mj-selector></mj-html-attributes>"
    )
    page = compiled('<mj-text css-class="welsh">x</mj-text>', head)
    assert parsed(page).xpath("//*[contains(@class, 'welsh')]/@lang") == ["cy"]


def test_rules_to_inline_are_inlined_and_others_are_kept() -> None:
    head = (
        '<mj-style inline="inline">p { color: #123456; }</mj-style>'
        "<mj-style>@media (prefers-color-scheme: dark) { .page > p { color: #ffffff !important; } }</mj-style>"
    )
    page = inline(compiled("<mj-text><p>x</p></mj-text>", head)).page
    assert '<p style="color:#123456">x</p>' in page
    assert ".page > p { color: #ffffff !important; }" in page
    assert "p { color: #123456; }" not in page


def test_no_fonts_and_no_new_windows_by_themselves() -> None:
    page = compiled('<mj-button href="https://example.org/" target="_self">x</mj-button>')
    assert "fonts.googleapis.com" not in page
    assert "_blank" not in page


def test_doctype_survives_inlining() -> None:
    page = inline(compiled("<mj-text>x</mj-text>", '<mj-style inline="inline">p { margin: 0; }</mj-style>')).page
    assert page.startswith("<!DOCTYPE html>")


def test_widths_survive_inlining() -> None:
    page = inline(compiled('<mj-image src="https://example.org/a.png" alt="x" width="300px" />')).page
    assert parsed(page).xpath("//img/@width") == ["300"]


def test_words_are_not_split() -> None:
    assert "word-break" not in compiled("<mj-text>x</mj-text>")


def test_outlook_comments_survive_inlining() -> None:
    page = compiled("<mj-text>x</mj-text>")
    count = page.count("<!--[if mso | IE]>")
    assert count > 0
    assert inline(page).page.count("<!--[if mso | IE]>") == count


def test_comments_of_templates_do_not_end_those_for_outlook() -> None:
    section = "<mj-section><mj-column><mj-text>x<!-- kept --></mj-text></mj-column></mj-section>"
    wrapper = f"<mj-wrapper><!-- note -->{section}</mj-wrapper>"
    page = compile_page(Mjml(f"<mjml lang='en' dir='ltr'><mj-body><!-- note -->{wrapper}</mj-body></mjml>"))
    assert "note" not in page
    assert "x<!-- kept -->" in page


def test_elements_in_comments_know_their_lines_and_leave_no_mark() -> None:
    comment = "<!--[if mso]>\n<b>1</b>\n\n<v:rect\nfilled='f'><i>2</i></v:rect><![endif]-->"
    text = f"<mjml lang='en' dir='ltr'><mj-body><mj-raw>\n{comment}</mj-raw></mj-body></mjml>"
    origins = tuple((line, "", TemplateSource(Location("t", line))) for line in range(1, 9))
    page = compile_page(Mjml(text, origins))
    comment = page.with_marks.rpartition("<!--[if mso]>")[2]
    marks = [int(mark) for mark in re.findall(rf'{SOURCE}="(\d+)"', comment)]
    assert [page.sources[mark].location.line for mark in marks] == [3, 5, 6]
    assert '<b>1</b><v:rect filled="f"><i>2</i></v:rect><![endif]-->' in page


@pytest.mark.parametrize(
    "comment",
    [
        "<!--[if mso | IE]{></tr></table><![endif]-->",
        "<!--[if-->",
        "<!--[if mso]x-->",
        "<!--[if mso]<!-->",
        "<!--[if mso] >x<![endif]-->",
        "<!--[if mso]]>x<![endif]-->",
        "<!--[if mso>x<![endif]-->",
        "<!--[if mso]>x-->",
        "<!--[if mso]>\nx\n<![endif]>-->",
    ],
)
def test_a_condition_that_nobody_can_read_is_reported_at_its_line(comment: str) -> None:
    origins = tuple((line, "", TemplateSource(Location("t", line))) for line in range(1, 12))
    text = f"<mjml lang='en' dir='ltr'><mj-body>\n<mj-raw>\n{comment}</mj-raw></mj-body></mjml>"
    with pytest.raises(Problems) as error:
        compile_page(Mjml(text, origins))
    assert [(item.id, item.location.line) for item in error.value.problems] == [("mjml", 3)]


@pytest.mark.parametrize("comment", ["<!--[if !mso]><!-->x<!--<![endif]-->", "<!--[if (gte mso 9)|(IE)]>x<![endif]-->"])
def test_a_condition_that_outlook_reads_is_kept(comment: str) -> None:
    assert comment in compiled(f"<mj-text>{comment}</mj-text>")


def test_a_panic_of_mrml_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object, **__: object) -> str:
        raise PanicException

    monkeypatch.setattr(stages.compile, "mjml2html", panic)
    with pytest.raises(Problems, match="cannot be compiled"):
        compiled("<mj-text>x</mj-text>")


def test_a_comment_takes_no_words_with_it() -> None:
    page = compiled("", head="<mj-style>.a {color: red} <!-- x -->.b {color: blue}</mj-style>")
    assert ".b {color: blue}" in page
