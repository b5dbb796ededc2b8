"""Keep numbers in order among words that run from right to left.

In Arabic words, 01632-960-001 would be shown as 001-960-01632, and +44 as 44+ (Unicode Standard Annex 9). So each
number with such signs is put into `<span dir="ltr">`. Gmail and Outlook remove `<bdi>`, but keep `dir`.

The same goes for 10^9 in plain text, for short numbers of telephones, such as *123#, and for 1+1=2 and 2.0-beta.

A number in which there are only no-break spaces, full stops, commas, colons or slashes keeps its order by itself. A
range with a dash (10:00 – 12:00) runs in the direction of the words, as its readers expect. A range with a hyphen is
one number, also with a unit or a currency: 5-7, £5-£7, 5% - 7%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.edition import SOURCE

_DIGITS = r"\d++(?:[.,:/]\d++)*+"
_UNIT = r"(?:[%‰٪]|°[CF]?)"
_CURRENCY = r"[$£¢¥\u20a0-\u20cf]"
_AMOUNT = rf"(?:(?<!\w)[-−+±])?+(?:{_CURRENCY}[ \u00a0]?{_DIGITS}|{_DIGITS}[ \u00a0]?(?:{_UNIT}|{_CURRENCY}))"
_HYPHEN = r"[ \u00a0]?[-‐‑−][ \u00a0]?"
# A number alone in brackets, such as (2026), needs nothing.
_FIRST_GROUP = rf"(?:\(\+?\d++\)(?=[ \u00a0]?[-‐‑]?\d{{3}})|{_DIGITS})"
_NEXT_GROUP = rf"(?:\(\d++\)|{_DIGITS})"
_GAP = r"[ \u00a0]\u200b?|[-‐‑−]|[+×÷*=]|(?=\()|(?<=\))"
# Between the groups of a phone number, which begins with +, ( or 0, there may also be a dash or slash with spaces.
_PHONE_GAP = rf"[ \u00a0]?[-–/][ \u00a0]?|{_GAP}"
_NUMBER = re.compile(
    # Numbers in addresses, codes and Latin words are in order: COVID-19, a-1@example.org, example.org/2026-12-03.
    r"(?:https?:|mailto:|tel:|sms:|www\.)\S++"
    r"|(?<![\w.])(?P<power>\d++\^[-+−]?\d++)"
    r"|(?<![A-Za-z\d_/=#?&@.])(?<![A-Za-z\d][-+−])"
    r"(?P<number>(?<!\w)\*\d{3,}(?:[*#]\d++)*+#?"
    rf"|{_AMOUNT}(?:{_HYPHEN}{_AMOUNT})++|{_CURRENCY}{_DIGITS}(?:[-‐‑−]{_DIGITS})++"
    rf"|(?:(?<!\w)\+|(?=\(|0\d\d)){_FIRST_GROUP}(?:(?:{_PHONE_GAP}){_NEXT_GROUP})*+"
    rf"|(?:(?<!\w)[-−±])?+{_FIRST_GROUP}(?:(?:{_GAP}){_NEXT_GROUP})*+)"
    rf"(?:[ \u00a0]?{_UNIT})?+"
    # A Latin word after it is a part of it, such as 2.0-beta or 3-D.
    r"(?P<word>[-‐‑−+][A-Za-z][A-Za-z\d]*+)?+(?P<is_part>[A-Za-z@/=_]|\.[A-Za-z])?"
)
_SIGN = re.compile(r"[-+−±‐‑–()*×÷=]| /|/ ")


def isolate_numbers(root: etree._Element) -> None:
    """Put each number that would be shown in another order into `<span dir="ltr">`.

    Args:
        root: the html element of a page. Each text is in the direction of the nearest `dir` around it.
    """
    directions: dict[etree._Element | None, str] = {}
    for element in list(root.iter(etree.Element)):
        direction = directions[element] = element.get("dir") or directions.get(element.getparent(), "")
        if direction != "rtl" or element.tag in ("head", "title", "style"):
            continue
        for child in reversed(element):
            child.tail, spans = _isolated(child.tail, element)
            for span in reversed(spans):
                element.insert(element.index(child) + 1, span)
        element.text, spans = _isolated(element.text, element)
        for span in reversed(spans):
            element.insert(0, span)


def _isolated(text: str | None, around: etree._Element) -> tuple[str | None, list[etree._Element]]:
    """Return the text before the first number, and a span for each number, with the text after it as its tail."""
    numbers = list(_numbers(text or ""))
    if text is None or not numbers:
        return text, []
    ends = [*(number.start() for number in numbers[1:]), len(text)]
    spans = []
    for number, end in zip(numbers, ends, strict=True):
        span = etree.Element("span", {SOURCE: around.get(SOURCE, ""), "dir": "ltr"})
        span.text, span.tail = number[0], text[number.end() : end]
        spans.append(span)
    return text[: numbers[0].start()], spans


def _numbers(text: str) -> Iterator[re.Match[str]]:
    return (
        match
        for match in _NUMBER.finditer(text)
        if match["power"]
        or (match["number"] and not match["is_part"] and (match["word"] or _SIGN.search(match["number"])))
    )
