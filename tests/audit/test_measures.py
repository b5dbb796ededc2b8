"""What the audit's measure sees in a page, fault by fault, and what it leaves alone; two states are enough for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from newsletter.audit import audit
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES
from newsletter.check.settings import Settings
from newsletter.edition import SOURCE, Edition, InlinedPage, TemplateSource
from newsletter.problems import Location
from support.browser import require_browser
from support.seeded import edition_of, page

SEEN_IN = [state for state in STATES if state.name in ("light", "images off")]
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
DARK = "background-color:#16252B"
LOUD = "font-size:18px;line-height:1.6;color:#16252B"

# Pages, each with its problems: the rule and the beginning of the message.
CASES: Mapping[str, tuple[str, list[tuple[str, str]]]] = {
    "a dark box slid over words": (
        f'<p style="margin:0">Under the box</p><div style="position:relative;margin-top:-29px;height:40px;{DARK}">'
        "</div>",
        [("overlapping-text", "“Under the box” is covered by something without text.")],
    ),
    "a picture laid over words": (
        f'<p style="margin:0">Under the picture</p>'
        f'<img src="{DOT}" alt="A dog" style="width:300px;height:40px;margin-top:-40px;position:relative;{LOUD}">',
        [("overlapping-text", "“Under the picture” is covered by “A dog”.")],
    ),
    "a dark background moved behind dark words": (
        f'<p style="margin:0">On a strange background</p><div style="margin-top:-29px;height:40px;{DARK}"></div>',
        [("contrast-on-screen", "The contrast of “On a strange background” on the screen is 1")],
    ),
    "white words that leave their dark box": (
        f'<div style="height:30px;{DARK};color:#FFFFFF">Inside<br>outside</div>',
        [("contrast-on-screen", "The contrast of “outside” on the screen is 1:1.")],
    ),
    "a box that covers nothing": (
        f'<div style="position:relative;{DARK}"><p style="position:relative;margin:0;color:#FFFFFF">On top</p></div>',
        [],
    ),
    "text scaled down": (
        '<p style="transform:scale(.5)">Half as large</p>',
        [("text-size-on-screen", "“Half as large” is only 9 px large.")],
    ),
    "text zoomed down": (
        '<p style="zoom:.5">Half as near</p>',
        [("text-size-on-screen", "“Half as near” is only 9 px large.")],
    ),
    "small words that a style adds": (
        '<style>.more::after { content: "small more"; font-size: 9px; }</style><p class="more">There is</p>',
        [("text-size-on-screen", "“small more” is only 9 px large.")],
    ),
    "pale numbers of a list": (
        "<style>.pale::marker { color: #FFFFFF; }</style><ol><li class='pale'>Item</li></ol>",
        [("contrast-on-screen", "The contrast of “Item” on the screen is 1:1.")],
    ),
    "pale signs of a list": ("<style>.dots::marker { color: #FFFFFF; }</style><ul><li class='dots'>Item</li></ul>", []),
    "a description whose lines lie on each other": (
        f'<img src="{DOT}" alt="Many words about the way to the hall" width="120" height="200"'
        ' style="display:block;font-size:18px;line-height:1px;color:#16252B">',
        [
            (
                "alt-shown",
                "The lines of the description “Many words about the way to the hall” overlap.",
            )
        ],
    ),
    "a description that the box around it cuts": (
        f'<div style="width:120px;height:90px;overflow:hidden"><img src="{DOT}" alt="The way to the hall" width="400"'
        f' height="90" style="display:block;{LOUD}"></div>',
        [("alt-shown", "The box around the description “The way to the hall” cuts it off.")],
    ),
    "a picture that is out of its order": (
        '<div style="display:flex;flex-direction:column-reverse"><p>Then the words</p>'
        f'<div><img src="{DOT}" alt="First a dog" width="90" height="90" style="{LOUD}"></div></div>',
        [("visual-order", "“First a dog” comes after “Then the words” in the HTML, but is shown before it.")],
    ),
    "a picture with a caption at the end of its text": (
        f'<div style="direction:rtl"><div style="display:inline-block;width:40%;direction:ltr;vertical-align:top">'
        f'<img src="{DOT}" alt="A dog" width="90" height="90" style="display:block;width:100%;{LOUD}"><p>Its words</p>'
        '</div><div style="display:inline-block;width:40%;direction:ltr;vertical-align:top"><p>A text</p></div></div>',
        [],
    ),
    "a text that is above the text before it": (
        f'<img src="{DOT}" alt="A dog" width="90" height="90" style="display:block;{LOUD}"><div style="direction:rtl">'
        '<div style="display:inline-block;width:40%;direction:ltr;padding-top:60px"><p>The first</p></div><div '
        'style="display:inline-block;width:40%;direction:ltr;vertical-align:top"><p>The second</p></div></div>',
        [("visual-order", "“The second” comes after “The first” in the HTML, but is shown before it.")],
    ),
    "words that are hardly see-through": ('<p style="opacity:.97">Nearly solid</p>', []),
    "words that are all but gone": (
        '<p style="opacity:.3">Nearly gone</p>',
        [("contrast-on-screen", "The contrast of “Nearly gone” on the screen is 1.")],
    ),
    "the number of a list that the window cuts": (
        '<ol start="9" style="margin:0 0 0 24px;padding:0"><li>Nine</li><li>Ten</li></ol>',
        [("clipped-text", "The number or sign before “Ten” in a list is cut off.")],
    ),
    "the Roman number of a list that its box cuts": (
        '<div style="overflow:hidden"><ol start="7" type="i" style="margin:0 0 0 36px;padding:0"><li>Seven</li>'
        "<li>Eight</li><li>Nine</li></ol></div>",
        [("clipped-text", "The number or sign before “Eight” in a list is cut off.")],
    ),
    "the signs of a list without room": (
        '<div style="overflow:hidden"><ul style="margin:0;padding:0"><li>Item</li></ul></div>',
        [("clipped-text", "The number or sign before “Item” in a list is cut off.")],
    ),
    "a number in a list from right to left": (
        '<div style="overflow:hidden"><ol start="100" dir="rtl" style="margin:0 24px 0 0;padding:0"><li>Item</li></ol>'
        "</div>",
        [
            ("clipped-text", "“Item” is cut off at the edge of its box."),
            ("clipped-text", "The number or sign before “Item” in a list is cut off."),
        ],
    ),
    "lists with enough room": (
        '<ol start="9" style="margin:0 0 0 40px;padding:0"><li>Nine</li><li>Ten'
        '<ul style="margin:0 0 0 28px;padding:0"><li>In it</li></ul></li></ol>'
        '<ul style="margin:0;padding:0;list-style-type:none"><li>No sign</li></ul>',
        [],
    ),
    "a table that scrolls in its box": (
        '<div style="overflow-x:auto"><table width="900"><caption>Opening hours</caption>'
        "<tr><th>Day</th><td>Time</td></tr></table></div>",
        [("sideways-scroll", "“Opening hours Day Time” is ")],
    ),
    "a line that does not break": (
        '<p style="white-space:pre;margin:0">One line that is far too long for a window of six hundred pixels</p>',
        [
            ("clipped-text", "“One line that is far too long for a window of six hundred pi…” sticks out of its box."),
            ("sideways-scroll", "“One line that is far too long for a window of six hundred pi…” makes the page "),
        ],
    ),
    "a box that scrolls": (
        '<div style="height:60px;overflow-y:scroll"><p>First</p><p>Second</p><p>Third</p></div><p>Behind it</p>'
        "<p>And further on</p>",
        [("clipped-text", "“First Second Third” is cut off at the edge of its box.")],
    ),
    "a word that no-break spaces break": (
        '<h2 style="width:200px;font:32px/1.3 monospace;overflow-wrap:break-word">In December\u00a02026:</h2>',
        [("split-words", "is broken in the middle.")],
    ),
    **{
        f"{number} among Arabic words": (
            f'<p lang="ar" dir="rtl">\u0627\u062a\u0635\u0644 {number} \u0627\u0644\u064a\u0648\u0645</p>',
            [("right-to-left", f"The digits and signs of the number {number} are in the wrong order.")],
        )
        for number in ("01632-960-001", "+44 1632 960 001", "(01632) 960 001", "+20")
    },
    "numbers that an element keeps in order": (
        '<p lang="ar" dir="rtl">\u0627\u062a\u0635\u0644 <span dir="ltr">01632-960-001</span>, '
        '<span dir="ltr">+44 1632 960 001</span>, <span dir="ltr">(01632) 960 001</span> (2026)</p>',
        [],
    ),
    "words in the middle of what runs to the left": (
        '<table><tr><td width="300" align="center" dir="rtl" lang="ar">\u0645\u0631\u062d\u0628\u0627</td></table>',
        [],
    ),
}


@pytest.fixture(scope="module")
def audits(editions: dict[str, Edition]) -> Mapping[str, Audit]:
    require_browser()
    base = next(iter(editions.values()))
    pages = [edition_of(base, page(html)) for html, _ in CASES.values()]
    return dict(zip(CASES, audit(pages, Settings(), states=SEEN_IN), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_its_problems_are_reported(audits: Mapping[str, Audit], case: str) -> None:
    problems = sorted(
        (item.problem.id, item.problem.message) for item in audits[case].problems_by_state if item.problem.id != "axe"
    )
    wanted = sorted(CASES[case][1])
    assert [rule for rule, _ in problems] == [rule for rule, _ in wanted]
    assert all(words in message for (_, words), (_, message) in zip(wanted, problems, strict=True)), problems


def test_a_problem_is_reported_once_with_its_worst_number(editions: dict[str, Edition]) -> None:
    require_browser()
    low_contrast = '<p style="color:#999999">Faint</p><p style="width:700px">Wide</p>'
    states = [state for state in STATES if state.name in ("light", "phone", "forced inversion")]
    (one,) = audit([edition_of(next(iter(editions.values())), page(low_contrast))], Settings(), states=states)
    problems = {
        item.problem.id: item
        for item in one.problems_by_state
        if item.problem.id in ("contrast-on-screen", "sideways-scroll")
    }
    assert len([item for item in one.problems_by_state if item.problem.id in problems]) == len(problems)
    assert {item.states for item in problems.values()} == {("light", "phone", "forced inversion")}
    assert {item.problem.severity for item in problems.values()} == {"error"}
    assert "380 px wider than a screen of 320 px" in problems["sideways-scroll"].problem.message


def test_a_background_picture_of_the_project_is_measured(editions: dict[str, Edition]) -> None:
    require_browser()
    base = next(iter(editions.values()))
    address, picture = next(iter(base.pictures.items()))
    on_it = page(
        f'<div style="background-image:url(\'{address}\')"><p style="color:#5A6B70">In a style</p></div>'
        f'<table><tr><td background="{address}" style="color:#5A6B70">In an attribute</td></tr></table>'
    )
    with_picture = replace(edition_of(base, on_it), pictures={address: picture})
    (without, with_it) = audit([edition_of(base, on_it), with_picture], Settings(), states=STATES[:1])
    assert [item for item in without.problems_by_state if item.problem.id == "contrast-on-screen"] == []
    messages = " ".join(
        item.problem.message for item in with_it.problems_by_state if item.problem.id == "contrast-on-screen"
    )
    assert "In a style" in messages
    assert "In an attribute" in messages


def test_a_fault_for_outlook_alone_is_at_the_line_of_its_comment(editions: dict[str, Edition]) -> None:
    require_browser()
    html = page('<p>Before</p><!--[if mso]><p style="color:#BBBBBB">Pale in Outlook</p><![endif]-->')
    sources = [TemplateSource(Location("templates/fault.mjml", line)) for line in (7, 13)]
    numbered = html.replace("<h1", f'<h1 {SOURCE}="0"').replace(
        '<p style="color:#B', f'<p {SOURCE}="1" style="color:#B'
    )
    edition = replace(next(iter(editions.values())), inlined=InlinedPage(numbered, tuple(sources)), pictures={})
    (one,) = audit([edition], Settings(), states=[state for state in STATES if state.name == "Outlook view"])
    (low,) = [item for item in one.problems_by_state if item.problem.id == "contrast-on-screen"]
    assert low.problem.location == Location("templates/fault.mjml", 13)


def test_only_measured_contrast_is_called_measured(editions: dict[str, Edition]) -> None:
    require_browser()
    html = page(
        '<p style="background-image:linear-gradient(#FFFFFF,#F4F4F4)">On a gradient</p><img alt="A dog" hidden>'
    )
    edition = edition_of(next(iter(editions.values())), html)
    off = Settings(rules={"contrast-on-screen": {"severity": "off"}})
    (measured,) = audit([edition], Settings(), states=STATES[:1])
    (unmeasured,) = audit([edition], off, states=STATES[:1])
    resolutions = [{item.rule: item.resolution for item in one.incomplete} for one in (measured, unmeasured)]
    assert resolutions[0]["color-contrast"] == "The rule contrast-on-screen measured each of these."
    assert resolutions[1]["color-contrast"] == ""
    assert resolutions[0]["hidden-content"] == "", "no other picture says what the hidden one does"


def test_a_hidden_picture_may_say_what_a_visible_one_does(editions: dict[str, Edition]) -> None:
    """Such as a logo for dark mode."""
    require_browser()
    html = page('<img alt="A dog" width="40" height="40"><p hidden><img alt="A dog"></p>')
    (one,) = audit([edition_of(next(iter(editions.values())), html)], Settings(), states=STATES[:1])
    (item,) = [item for item in one.incomplete if item.rule == "hidden-content"]
    assert item.resolution
