"""Markdown means what the editor wrote: no number and no sign at the start of a line changes without a problem."""

import re
from html.parser import HTMLParser
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsletter.issue.markdown import escapes, parse_markdown, to_html, typeset_numbers


class _VisibleText(HTMLParser):
    """What a browser shows: each item after its bullet or number, each paragraph in a line of its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self._lists: list[count[int] | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "h3", "h4", "h5", "h6", "br", "li", "hr", "blockquote"):
            self.text += "\n"
        if tag in ("ol", "ul"):
            self._lists.append(count(int(dict(attrs).get("start") or 1)) if tag == "ol" else None)
        elif tag == "li":
            numbers = self._lists[-1]
            self.text += f"{next(numbers)}. " if numbers else "• "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        self.text += data.strip("\n")


def visible_lines(source: str) -> list[str]:
    """Return the lines that a reader sees of a text without faults."""
    html, _, faults = to_html(source)
    assert not faults
    lines = (" ".join(line.replace("\N{NO-BREAK SPACE}", " ").split()) for line in _VisibleText(html).text.split("\n"))
    return [line for line in lines if line]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # Years and dates are no items of a list.
        ("1986. First.\n\n2004. Then.\n\n2026. Now.", ["1986. First.", "2004. Then.", "2026. Now."]),
        ("17. 05. 2026 treffen wir uns.", ["17. 05. 2026 treffen wir uns."]),
        ("- 17. 05. 2026\n- 3.4. 2026", ["• 17. 05. 2026", "• 3.4. 2026"]),
        ("17. Mai 2026 in Leeds.", ["17. Mai 2026 in Leeds."]),
        ("> In\n> 2026. That was the year.", ["In 2026. That was the year."]),
        ("It began at\n1. Then it went on.", ["It began at 1. Then it went on."]),
        ("3. May, at noon.", ["3. May, at noon."]),
        ("- 3. Mai: Ausflug\n- 7. Juni: Fest", ["• 3. Mai: Ausflug", "• 7. Juni: Fest"]),
        ("- 3) May\n- 1. June", ["• 3) May", "• 1. June"]),
        ("- * star\n- - and a hyphen", ["• * star", "• - and a hyphen"]),
        # Lists stay lists.
        ("3. How?\n4. Why?", ["3. How?", "4. Why?"]),
        ("0. Nought\n1. One", ["0. Nought", "1. One"]),
        ("9) Nine\n10) Ten", ["9. Nine", "10. Ten"]),
        ("Do this:\n1. Sit down.\n2. Stir.", ["Do this:", "1. Sit down.", "2. Stir."]),
        ("4. Let it cool.", ["4. Let it cool."]),
        ("1. May 2026\n2. June 2026", ["1. May 2026", "2. June 2026"]),
        ("1. One\n   - a\n   - b\n2. Two", ["1. One", "• a", "• b", "2. Two"]),
        ("- Fruit\n    - an apple\n- Bread", ["• Fruit", "• an apple", "• Bread"]),
        ("1. Ask\n   * your nurse\n2. Wait", ["1. Ask", "• your nurse", "2. Wait"]),
        ("- a\n    - b\n        1. c", ["• a", "• b", "1. c"]),
        ("- Fruit\n    1. Apples", ["• Fruit", "1. Apples"]),
        ("- About\n  - 3 kg", ["• About - 3 kg"]),
        ("Bring with you\n- a flask\n- a hat", ["Bring with you", "• a flask", "• a hat"]),
        ("Note:\n- Bring a hat.", ["Note:", "• Bring a hat."]),
        ("- 3 kg of flour\n- 2 eggs", ["• 3 kg of flour", "• 2 eggs"]),
        ("* one\n* two", ["• one", "• two"]),
        ("+ one\n+ two", ["• one", "• two"]),
        # Signs are words.
        ("It was small, p\n> 0.05, and fair.", ["It was small, p > 0.05, and fair."]),
        ("> 9", ["> 9"]),
        ("> .5 is much", ["> .5 is much"]),
        ("> 50: three\n> 60: four", ["> 50: three > 60: four"]),
        ("> She said that\n> 9 in 10 agree.", ["She said that 9 in 10 agree."]),
        ("> 9 in 10 agree,\n> she said.", ["9 in 10 agree, she said."]),
        ("It weighs about\n- 3 kg less.", ["It weighs about - 3 kg less."]),
        ("- 3 degrees is cold.", ["- 3 degrees is cold."]),
        ("Ring\n+ 44 20 7946 now.", ["Ring + 44 20 7946 now."]),
        ("- Ring us\n+ 44 20 7946", ["• Ring us", "+ 44 20 7946"]),
        ("It helped 73 in 100.*\n\n* In one small study.", ["It helped 73 in 100.*", "* In one small study."]),
        ("*", ["*"]),
        ("- one\n    - a", ["• one", "• a"]),
        ("1. one\n   - a\n2. two", ["1. one", "• a", "2. two"]),
        (">= 5 of us", [">= 5 of us"]),
        ("> £5 each", ["> £5 each"]),
        ("Come.\n- Bring tea.", ["Come.", "• Bring tea."]),
        ("if a is\n> b", ["if a is > b"]),
        ("She said:\n> It helps.", ["She said:", "It helps."]),
    ],
)  # fmt: skip
def test_a_line_begins_as_it_was_typed(source: str, expected: list[str]) -> None:
    assert visible_lines(source) == expected


@pytest.mark.parametrize(
    ("words", "html"), [("10^9", "10⁹"), ("0^9^9", "0^9⁹"), ("2^10^3^4", "2^10^3⁴"), ("10^-3 and 2^5", "10⁻³ and 2⁵")]
)
def test_only_the_last_power_of_a_row_is_raised(words: str, html: str) -> None:
    assert typeset_numbers(words) == html


_NUMBERS = ["1. ", "2. ", "3. ", "7. ", "9) ", "10) ", "02. ", "1986. ", "2004) ", "17. 05. 2026 ", "3. Mai 2026 "]
_SIGNS = ["> 0.05 ", "> ", "> 1. ", "- 3 ", "- ", "- 2. ", "+ 44 ", "+ ", "* ", "* 5 ", "### ", "> > 4 ", "- > 6 "]
_SIGNS += [">= 5 ", "> £5 ", "− 3 ", "– 3 ", "#1 ", "5*4*3 ", "+3 ", "-3 ", "± 3 ", "§ 3 "]
_STARTS = st.sampled_from([*_NUMBERS, *_SIGNS, "", "  ", "   1. "])
_ENDS = st.sampled_from(["", ".", ":", ","])
_GAPS = st.sampled_from(["\n", "\n\n", "\\\n", "\n\n   ", "\n  "])


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Generate lines that begin in many ways, each with a word of its own."""
    return "".join(
        f"{draw(_STARTS)}word{letter}{draw(_ENDS)}{draw(_GAPS)}" for letter in "abcdefgh"[: draw(st.integers(1, 8))]
    ).rstrip("\\\n ")


@settings(max_examples=600, deadline=None)
@given(source=_texts())
@example("- worda\n+ 44 wordb\n2004. wordc")
@example("3. worda\n\n7. wordb")
@example("+ worda\n+ 44 wordb")
def test_numbers_and_signs_at_the_start_of_lines_are_shown_or_are_a_problem(source: str) -> None:
    html, _, faults = to_html(source)
    lines = {source.count("\n", 0, fault.offset) for fault in faults}
    text = re.sub(r"\s+", " ", _VisibleText(html).text)
    for number, line in enumerate(source.split("\n")):
        start = re.match(r"[\s>*-]*(.*?)(word\w)", line)
        if start is None or number in lines:
            continue
        # A ) after the number of an item becomes a full stop; a bullet is a bullet, and a quotation has its own looks.
        words = re.sub(r"^\+ (?!\d)|^### ", "", start[1]).replace(")", ".")
        signs = re.match(r"(?:[\s>*-]*> )?(?=0\.05|4 |6 |=|£)", line)
        is_quoted = re.match(r"[\s-]*> ", source.split("\n")[number - 1]) is not None if number else False
        sign = "> " if signs and signs[0] and not is_quoted and "<blockquote" not in html else ""
        assert f"{sign}{words}{start[2]}" in text.replace(")", "."), (source, html)
        # A hyphen, a star or a plus is a bullet or is shown, and never only gone.
        if item := re.match(r"(?:\s|> )*([-*+]) ((?:\d+ )?word\w)", line):
            assert f"• {item[2]}" in text or f"{item[1]} {item[2]}" in text, (source, html)


@pytest.mark.parametrize("piece", ["\\\\", "5\\. ", "a\\*", "\\-"])
def test_many_escapes_keep_no_more_text_than_there_is_of_them(piece: str) -> None:
    short, long = ((f"Hello {piece * count}there", count) for count in (500, 1_000))
    lengths = [
        sum(len(each.before) for _, line in escapes(parse_markdown(source)) for each in line) / count
        for source, count in (short, long)
    ]
    assert lengths[1] < 1.5 * lengths[0]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Dear all,\\\n\\\nwe meet at seven.", 2),
        ("Dear all,\\\n\\\n\\\nwe meet at seven.", 2),
        ("Dear all,\\\n&nbsp;\\\nwe meet at seven.", 2),
        ("Words.\n\n- One,\\\n  \\\n  two", 4),
    ],
)
def test_a_line_with_only_a_line_break_is_a_fault_at_its_place(source: str, line: int) -> None:
    fault = to_html(source)[2][0]
    assert (fault.message, source.count("\n", 0, fault.offset) + 1) == ("This line has no words.", line)


@pytest.mark.parametrize(
    "source", ["Dear all,\\\nwe meet.", "One\\\n\\*\\\ntwo", "One\\\n<https://example.org/>\\\ntwo"]
)
def test_lines_with_words_are_no_fault(source: str) -> None:
    assert not to_html(source)[2]
