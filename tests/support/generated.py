"""Issues generated from the model: every block and every field there is, filled with text that breaks things.

A walk through the pydantic model finds what an editor can write, so a block that is added is covered by itself. All
chance comes from one `random.Random`: Hypothesis' own, which it can shrink, or a seeded one for `bench/fuzz.py`.
"""

from __future__ import annotations

import datetime
import itertools
import typing
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, Literal

import yaml
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from newsletter.characters import is_blank
from newsletter.issue import address_fields, date_fields, event, fields, model, text_fields
from newsletter.issue.documents import Document
from newsletter.issue.pictures import Picture
from newsletter.project import DEFAULT_TEMPLATES

YamlValue = Any
"""What YAML can hold: strings, and lists and mappings of them."""

# What breaks emails, and the ordinary words between.
# fmt: off
_PLAIN = [
    "a", "I", "the", "nurse", "relapse", "MS", "Zoë", "73%", "£5.10", "10:30", "2026-12-03", "03069 990 100", "10^9/L",
    "5.1x10^-3", "2^n", "word" * 100,
]
_SIGNS = [
    "p < 0.05", "<140/90", "5 > 4", "AT&T", "Q&amp;A", "&lt;", "&#8212;", "&nbsp", "&", "<", ">", '"', "'", "''", '""',
    "“no”", "‘a’", "–", "…", "\\", "\\\\", "\\n", "\\u{a0}", "C:\\temp", "%20", "=20", "=?utf-8?q?=41?=", "{", "}",
    "{{ brand.name }}", "{% if %}", "{#", "#}", "${x}", "%s", "{0}", "]]>", "<![CDATA[", "-- ", ".", "From ", "$1",
    "#1", ": ", "- ", "# ", "> ", "1. ", "2) ", "| a | b |", "---", "===", "+", "@", "`", "!", "?", ";", "(a", "b)",
]
_STARS = [
    "**bold**", "*soft*", "_soft_", "_", "`code`", "``", "\\*", "\\_", "1\\.", "~~x~~", "a_b_c", "[x]", "[ ]", "](",
    "&copy;", "&eacute;", "***both***", "**a*", "[a][b]", "[a]: b", "2 * 3 * 4", "f(x)", "(a)[b]",
]
_SCRIPTS = [
    "עברית", "العربية 5", "हिन्दी", "ไทย", "中文", "日本語", "한국어", "Ελληνικά", "Straße", "İstanbul", "ﬁn", "naïve",
    "e\u0301", "a\u0308\u0323", "\u0300", "👩🏽\u200d🦯", "🧑\u200d🧑\u200d🧒", "❤️", "🇬🇧",
    "🏴\U000e0067\U000e0062\U000e007f", "\u00a0", "5\u00a0mg", "\u202f", "\u2009", "\u3000", "\u200b", "\u00ad",
    "\u2060", "\u200e", "\u200f",
    "می\u200cخواهم", "क्\u200dष", "H₂O", "10⁹", "x²", "½", "°C", "−5", "𝒳", "\ufffd", "ǅ", "٣",
]
_MARKDOWN = [
    "[words](https://www.example.org/a_b?c=d&e=f#g)", "[call](tel:+441632960000)",
    "[write *to* us](mailto:a@example.org)", "**[b](tel:1)**", "  \n", "\\\n",
]
_BARE = ["<https://example.org/>", "<a.b@example.org>"]
_LINES = [
    "\n\n", "\n", "\n\n### Heading\n\n", "\n\n- item\n- item\n\n", "\n\n1. one\n2. two\n\n", "\n\n> said\n\n",
    "\n\n---\n\n",
]
# Each of these is a problem at its place.
_REFUSED = [
    "<b>", "<!-- note -->", "<br>", "</td>", "<script>alert(1)</script>", "![alt](a.png)", "\n\n# One\n\n",
    "\n\n## Two\n\n",
    "\x00", "\x07", "\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\ue000", "\ufffe", "\t", "\r", "&#x202e;",
    "[x](javascript:alert(1))", "[](https://example.org)", '[x](https://example.org "t")',
]
_URLS = [
    "https://www.example.org/", "https://example.org/a_b/(c)?d=e&f=%20%26#g", "http://example.org", "tel:+441632960000",
    "mailto:a.b+c@example.org?subject=Zo%C3%AB%20%26%20co", "https://exämple.org/ü", "https://example.org/" + "x" * 300,
    "https://example.org/?q=**a**&amp;b='c'", "https://example.org/~a/*b*/_c_", "HTTPS://EXAMPLE.ORG/A;b=c,d!$",
]
_LANGUAGES = ["en-GB", "cy", "ar", "he", "fr", "ur", "fa", "zh-Hant-TW", "hi", "th", "pl", "EN-gb", "de-CH", "ga"]
_PICTURES = ["images/clinic.png", "images/portrait-zoe.png", "images/../images/clinic.png"]
_NUMBERS = ["0", "1", "38", "18.5", "1,200", "999999999999999", "0.0001", "007"]
# fmt: on


_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Mood = Literal["tame", "hostile", "wild"]
"""Text that has to come out whole; text that looks for trouble; text that also holds what is always refused."""


def issue(random: Random, kind: type[BaseModel], mood: Mood | None = None) -> dict[str, YamlValue]:
    """Generate an issue as an editor could have written it."""
    moods: list[Mood] = [mood] if mood else ["tame", "hostile", "hostile", "wild"]
    return dict(_Maker(random, random.choice(moods)).value(kind))


def filled(seed: str, kind: type[BaseModel], words: Iterator[str], prose: str) -> dict[str, YamlValue]:
    """Generate an issue whose plain texts are these words, one after the other, and whose Markdown is always `prose`.

    The same seed gives the same blocks and fields.
    """
    return dict(_Filler(Random(seed), words, prose).value(kind))


def as_yaml(random: Random, value: YamlValue) -> str:
    """Write it as YAML, in any of the ways in which YAML can be written."""
    options: dict[str, Any] = {
        "allow_unicode": random.random() < 0.8,
        "default_style": random.choice([None, None, None, '"', "'", "|", ">"]),
        "default_flow_style": random.choice([False, False, None, True]),
        "width": random.choice([20, 80, 120, 10_000]),
        "indent": random.choice([2, 2, 4]),
        "sort_keys": False,
    }
    text: str = yaml.safe_dump(value, **options)
    if yaml.load(text, _LOADER) == value:
        return text
    # PyYAML changes some texts when it breaks their lines.
    quoted: str = yaml.safe_dump(value, **options | {"default_style": '"', "width": 10_000})
    return quoted


def mutated(random: Random, data: bytes, tokens: Sequence[str] = ()) -> bytes:
    """Damage a file as editors, programs and disks do. Some of the damage is one of these tokens, put in anywhere."""
    for _ in range(random.randint(1, 4)):
        if tokens and random.random() < 0.4:
            data = _put_in(random, data, random.choice(tokens))
        else:
            data = random.choice(_MUTATIONS)(random, data)
    return data


def issue_texts(kind: type[BaseModel], mood: Mood | None = None) -> st.SearchStrategy[str]:
    """Issues as YAML."""
    return st.randoms(use_true_random=False).map(lambda random: as_yaml(random, issue(random, kind, mood)))


def damaged(originals: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Files that were issues once."""
    return st.tuples(st.randoms(use_true_random=False), st.sampled_from(originals)).map(lambda pair: mutated(*pair))


class _Maker:
    """Makes a value for every kind of field that the model knows."""

    def __init__(self, random: Random, mood: Mood) -> None:
        self.random = random
        self.mood = mood

    def value(self, kind: Any) -> YamlValue:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Annotated:
            return self.value(arguments[0])
        if origin is typing.Literal:
            return self.random.choice(arguments)
        if origin is tuple:
            return [self.value(arguments[0]) for _ in range(self.random.choice([1, 1, 2, 3]))]
        if origin is dict:
            return {self.text(): self.value(arguments[1]) for _ in range(self.random.randint(0, 3))}
        if arguments:  # X | None
            return self.value(arguments[0])
        if issubclass(kind, model.Block):
            name = self.random.choice([name for name in kind.model_fields if name != "allow"])
            allow = {"allow": self.value(kind.model_fields["allow"].annotation)} if self.random.random() < 0.1 else {}
            return {name: self.value(kind.model_fields[name].annotation), **allow}
        return self.group(kind) if issubclass(kind, BaseModel) else self.scalar(kind)

    def group(self, kind: type[model.IssueModel]) -> dict[str, YamlValue]:
        titled = {"title"} if issubclass(kind, model.Article) else set[str]()  # one of several needs it
        names = [
            name
            for name, field in kind.model_fields.items()
            if field.is_required() or name in titled or self.random.random() < 0.4
        ]
        self.random.shuffle(names)
        values = {name: self.value(kind.model_fields[name].annotation) for name in names}
        if issubclass(kind, model.Image):
            values.pop("decorative" if "alt" in values else "alt", None)
            values |= {} if "alt" in values else {"decorative": "true"}
            if "decorative" in values:
                values.pop("link", None)
        if issubclass(kind, model.LinkedDocument):
            values.pop("file", None)
            values["url"] = self.scalar(address_fields.Url)
        if issubclass(kind, event.Event):
            values = {name: each for name, each in values.items() if name not in _WHEN} | self.random.choice(_EVENTS)
        if "columns" in values and "rows" in values:
            values["rows"] = [[self.inline() for _ in values["columns"]] for _ in values["rows"]]
        if kind.at_least_one and not values.keys() & {*kind.at_least_one} - {"image"}:  # which may only decorate
            first = kind.at_least_one[0]
            values[first] = self.value(kind.model_fields[first].annotation)
        return values

    def scalar(self, kind: type) -> str:
        if issubclass(kind, address_fields.PhoneNumber):
            return self.random.choice(["01632 960 144", "+44 808 157 0100"])
        if issubclass(kind, text_fields.Text):
            return self.text()
        if issubclass(kind, text_fields.InlineMarkdown):
            return self.inline()
        if issubclass(kind, text_fields.Lines):
            return f"{self.text()}\n{self.text()}"
        if issubclass(kind, text_fields.Markdown):
            return self.markdown()
        if kind is datetime.date:
            return str(datetime.date(1980, 1, 1) + datetime.timedelta(days=self.random.randint(0, 40_000)))
        if kind is date_fields.Time:
            return f"{self.random.randint(0, 23):02}:{self.random.randint(0, 59):02}"
        return str(self.random.choice(_CHOICES[kind]))

    def text(self) -> str:
        if self.mood == "tame":
            return self.tame([_PLAIN, _SIGNS, _SCRIPTS])
        return self.joined([_PLAIN, _PLAIN, _SIGNS, _SCRIPTS, _STARS], [" ", " ", " ", "", "\n"])

    def inline(self) -> str:
        return self.text()

    def markdown(self) -> str:
        if self.mood == "tame":
            return self.random.choice(_LINES).join(
                self.tame([_PLAIN, _SCRIPTS, _MARKDOWN]) for _ in range(self.random.randint(1, 3))
            )
        return self.joined([_PLAIN, _PLAIN, _SIGNS, _SCRIPTS, _STARS, _MARKDOWN, _BARE], [" ", " ", "", *_LINES])

    def tame(self, pools: Sequence[Sequence[str]]) -> str:
        """Words between ordinary words, as people write them."""
        # Each piece once: the plain text has the same words with the same link once, which `verify` reports as lost.
        pieces = self.random.sample(list(itertools.chain(*pools)), self.random.choice([0, 1, 3]))
        return " ".join(["Zoë", *(word for piece in pieces for word in (piece, self.random.choice(_PLAIN)))])

    def joined(self, pools: Sequence[Sequence[str]], glue: Sequence[str]) -> str:
        text = ""
        for _ in range(self.random.choice([1, 1, 2, 3, 5, 8])):
            if self.mood == "wild" and self.random.random() < 0.02:
                text += self.random.choice(_REFUSED)
            elif self.random.random() < 0.05:
                text += self.character()
            else:
                text += self.random.choice(self.random.choice(pools))
            text += self.random.choice(glue)
        if is_blank(text) and self.mood == "hostile":
            text += "x"
        return text if self.random.random() < 0.1 else text.strip()

    def character(self) -> str:
        """Any character at all that a file can hold."""
        character = chr(self.random.randint(0x20, self.random.choice([0x17F, 0x2FFF, 0xFFFF, 0x1FFFF, 0x10FFFF])))
        if "\ud800" <= character <= "\udfff" or not (self.mood == "wild" or character.isprintable()):
            return "x"
        return character


class _Filler(_Maker):
    """Writes given words into every field of text."""

    def __init__(self, random: Random, words: Iterator[str], prose: str) -> None:
        super().__init__(random, "tame")
        self.words, self.prose = words, prose
        self.replaced_words: list[str] = []

    def text(self) -> str:
        return self.replaced_words.pop() if self.replaced_words else next(self.words)

    def inline(self) -> str:
        words = self.text()
        try:
            if text_fields.InlineMarkdown.check(words).words == words:
                return words
        except PydanticCustomError:
            pass
        self.replaced_words.append(words)  # marks of Markdown are words only in a plain text
        return self.prose

    def markdown(self) -> str:
        return self.prose


_WHEN = frozenset(["date", "week", "time", "every", "until"])
_EVENTS = [
    {"date": "2027-01-12"},
    {"date": "Tuesday 12 January 2027", "time": "6 to 7.30pm"},
    {"date": "12.1.2027", "until": "2027-01-14", "time": "10:00-17:00"},
    {"date": "2027-01-12", "time": "noon", "until": "14 January 2027, 2pm"},
    {"date": "January 12, 2027", "every": "week", "until": "30/03/2027"},
    {"date": "2027-01-12", "every": "second Tuesday", "time": "21:00 to midnight"},
    {"every": "last Friday of the month"},
    {"date": "TBC", "time": "to be confirmed"},
    {"week": "2027-02-08", "time": "tbc"},
]
"""What an editor can write about the time of an event: not every key goes with every other."""

_CHOICES: dict[type, list[str]] = {
    fields.Layout: sorted(path.stem for path in (DEFAULT_TEMPLATES / "layouts").glob("*.mjml")),
    date_fields.Times: ["18:00"],
    date_fields.Repetition: ["Tuesday"],
    date_fields.LastDay: ["2027-01-14"],
    address_fields.Url: _URLS,
    address_fields.EmailAddress: ["hello@example.org", "O'Brien+groups@mail.example.org"],
    address_fields.DisplayedEmailAddress: [
        "hello@example.org",
        "zoe@gärten.example.org",
        "O'Brien+groups@mail.example.org",
    ],
    fields.Language: _LANGUAGES,
    fields.Number: _NUMBERS,
    text_fields.Reason: ["This was decided with the readers' panel."],
    Picture: _PICTURES,
    Document: ["files/guide.pdf"],
    int: ["1", "2", "12"],
    bool: ["true", "false", "True"],
}


def _cut(random: Random, data: bytes) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.choice([1, 1, 1, 2, 5, 20]))


def _flip(random: Random, data: bytes) -> bytes:
    start, _ = _cut(random, data)
    return data[:start] + bytes([random.randint(0, 255)]) + data[start + 1 :]


def _delete(random: Random, data: bytes) -> bytes:
    start, end = _cut(random, data)
    return data[:start] + data[end:]


def _truncate(random: Random, data: bytes) -> bytes:
    return data[: random.randint(0, len(data))]


def _insert(random: Random, data: bytes) -> bytes:
    return _put_in(
        random,
        data,
        random.choice([*_SIGNS, *_REFUSED, *_SCRIPTS, "&a ", "*a", "!!x ", "|", ">", "[", "]", "{", "}", ",", "  "]),
    )


def _put_in(random: Random, data: bytes, token: str) -> bytes:
    start = random.choice([_cut(random, data)[0], data.rfind(b"\n", 0, random.randint(0, len(data))) + 1])
    return data[:start] + token.encode() + data[start:]


def _lines(change: Callable[[Random, list[bytes], int], None]) -> Callable[[Random, bytes], bytes]:
    def mutate(random: Random, data: bytes) -> bytes:
        lines = data.splitlines(keepends=True) or [b""]
        change(random, lines, random.randrange(len(lines)))
        return b"".join(lines)

    return mutate


def _duplicate_line(random: Random, lines: list[bytes], at: int) -> None:
    lines.insert(random.randrange(len(lines)), lines[at])


def _delete_line(random: Random, lines: list[bytes], at: int) -> None:
    del lines[at]


def _indent_line(random: Random, lines: list[bytes], at: int) -> None:
    lines[at] = random.choice([b" ", b"  ", b"\t", b"- "]) + lines[at]


def _dedent_line(random: Random, lines: list[bytes], at: int) -> None:
    lines[at] = lines[at][random.randint(1, 3) :]


_MUTATIONS: list[Callable[[Random, bytes], bytes]] = [
    *(_flip, _delete, _truncate, _insert),
    *map(_lines, (_duplicate_line, _delete_line, _indent_line, _dedent_line)),
]
