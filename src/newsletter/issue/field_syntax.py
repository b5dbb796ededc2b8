"""Find the merge fields in a text, such as `{first_name|reader}`, and those that are not written as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsletter.characters import quoted
from newsletter.english import did_you_mean

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""The name of a field."""

OF_THE_READER = ("address", "token")
"""The fields that each reader has without a declaration: the address, and what the list knows the reader by."""

COMMON_NAMES = frozenset(
    [
        *("email", "email_address", "emailaddress", "first", "first_name", "firstname", "fname", "forename"),
        *("full_name", "fullname", "given_name", "greeting", "last", "last_name", "lastname", "lname", "name"),
        *("nickname", "preferred_name", "recipient", "recipient_name", "salutation", "subscriber", "subscriber_name"),
        *("surname", "user_name", "username"),
    ]
)
"""What fields for readers are called everywhere, in the form of `comparable`."""

_ADDRESS_NAMES = frozenset(["email", "email_address", "emailaddress", "mail", "e_mail"])
"""What the field `address` is called elsewhere."""

_MARKS = "*[]<>`\\{}|^~"
_UNPLAIN = re.compile(rf"[{re.escape(_MARKS)}\n]|(?<!\w)_|_(?!\w)|&#?\w+;|^[^\w“‘'\"(¿¡£€$]|^\d+[.)](?=\s|$)")
_BRACES = re.compile(r"(?<!\\)(?P<slashes>\\*+)(?P<before>[$#%@]?)(?P<open>\{++)(?P<inside>[^{}\n]*+)(?P<close>\}*+)")
_WORD_BEFORE = re.compile(r"(?<![^\s<>])[^\s<>]++\Z")
_SCHEME = re.compile(r"https?://|mailto:", re.IGNORECASE)
_EXACT = re.compile(rf"(?P<name>{NAME.pattern})(?:\|(?P<fallback>.*))?")
_WORDS = re.compile(r"\s*[A-Za-z]\w[\w -]{0,38}")
_FIRST_WORDS = [re.compile(rf"\s*([A-Za-z][{signs}]{{0,39}})(?![{signs}])") for signs in (r"\w-", r"\w")]
_HOW_TO_DECLARE = "Declare it under “fields:” in brand.yaml, with an example and a fallback."


class FieldUse(NamedTuple):
    """A field in a text: its name, and the words for readers without a value."""

    name: str
    fallback: str

    def __str__(self) -> str:
        return f"{{{self.name}|{self.fallback}}}"


class FilledField(NamedTuple):
    """A field in a file: how it was typed, what it is, and the words that stand for it."""

    typed: str
    use: FieldUse
    words: str


class FieldProblem(NamedTuple):
    """What is wrong with something that is meant as a field, and what to do."""

    message: str
    hint: str


class FieldMatch(NamedTuple):
    """A field, or something that is meant as one: its start and end in the text, and what it is."""

    start: int
    end: int
    what: FieldUse | FieldProblem


def comparable(name: str) -> str:
    """Return a name as `COMMON_NAMES` has it: “First Name” and “first-name” are “first_name”."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def unplain_sign(text: str) -> str:
    """Return the first sign of a text that has a meaning in Markdown or in a field; empty if there is none."""
    sign = _UNPLAIN.search(text)
    return sign[0] if sign else ""


def find_fields(text: str, fallbacks: Mapping[str, str]) -> Iterator[FieldMatch]:
    """Yield what is or is meant as a field. Code, and braces after a backslash, are as they were typed.

    Args:
        text: the text.
        fallbacks: the fallback of each field that is declared, by its name.
    """
    if "{" not in text:
        return
    code = code_spans(text)
    for braces in _BRACES.finditer(text):
        start, end = braces.start("open"), braces.end()
        is_escaped = not braces["before"] and len(braces["slashes"]) % 2 == 1
        if is_escaped or any(begin <= start < finish for begin, finish in code):
            continue
        if what := _read(braces, fallbacks):
            yield FieldMatch(start, end, what)


def with_fallbacks(text: str, fallbacks: Mapping[str, str]) -> str:
    """Return a text with the fallback of each field in it.

    Args:
        text: the text.
        fallbacks: the fallback of each field that is declared, by its name.
    """
    pieces, end = list[str](), 0
    for start, finish, what in find_fields(text, fallbacks):
        if isinstance(what, FieldUse):
            pieces += [text[end:start], what.fallback]
            end = finish
    return "".join([*pieces, text[end:]])


def code_spans(text: str) -> Sequence[tuple[int, int]]:
    """Return the start and end of each piece of code: from a run of backticks to the next that is as long."""
    runs = list(re.finditer("`+", text))
    partners, latest = dict[int, int](), dict[int, int]()
    for number in reversed(range(len(runs))):
        length = len(runs[number][0])
        partners[number] = latest.get(length, number)
        latest[length] = number
    spans, number = list[tuple[int, int]](), 0
    while number < len(runs):
        spans.append((runs[number].start(), runs[partners[number]].end()))
        number = partners[number] + 1
    return spans


def _read(braces: re.Match[str], fallbacks: Mapping[str, str]) -> FieldUse | FieldProblem | None:
    """Return what braces are; None if they are no field."""
    sign = "" if _begins_fragment(braces) else braces["before"]
    inside, is_pair = braces["inside"], braces["open"] == "{" and braces["close"] == "}"
    exact = _EXACT.fullmatch(inside)
    name = exact["name"] if exact else _name(braces, fallbacks)
    is_known = name in fallbacks or name in OF_THE_READER
    if is_known and not braces["close"]:
        return FieldProblem(f"The field “{name}” is not closed.", f"Write “{_example(name, fallbacks)}”, in one line.")
    if is_known and exact and is_pair and (not sign or (exact["fallback"] or "")[:1].isdigit()):
        return _use(name, exact["fallback"], fallbacks)
    if is_known:
        typed = quoted(braces[0].lstrip("\\"))
        hint = f"Write “{_example(name, fallbacks)}”, with the words for readers without a value."
        return FieldProblem(f"{typed} is not how the field “{name}” is written.", hint)
    is_glued = braces.string[braces.start("open") - 1 : braces.start("open")].isalnum()  # as in \u{a0}
    if braces["open"] == "{" and not sign and _is_meant(inside, is_exact=exact is not None and not is_glued):
        return FieldProblem(f"There is no field {quoted(name)}.", _for_unknown(name, fallbacks))
    return None


def _for_unknown(name: str, fallbacks: Mapping[str, str]) -> str:
    """Return what to do about a field that is not declared."""
    if name in _ADDRESS_NAMES:
        return f"Write “{_example('address', fallbacks)}” for the reader's email address."
    known = f"Fields are: {', '.join(dict.fromkeys([*fallbacks, 'address']))}." if fallbacks else _HOW_TO_DECLARE
    return did_you_mean(name, fallbacks, known)


def _begins_fragment(braces: re.Match[str]) -> bool:
    """Check whether the # before braces belongs to an address, as in https://example.org/groups#{town}."""
    before = braces.string[max(0, braces.start("before") - 2000) : braces.start("before")]
    word = _WORD_BEFORE.search(before)
    return braces["before"] == "#" and word is not None and _SCHEME.search(word[0]) is not None


def _name(braces: re.Match[str], fallbacks: Mapping[str, str]) -> str:
    """Return the name that is meant by what is no field: one that is known, if there is one."""
    inside = braces["inside"]
    names = [match[1] for pattern in _FIRST_WORDS if (match := pattern.match(inside))]
    if braces["close"]:
        # Others may be words of a set, such as {address book}.
        names = [re.split("[|:,]", inside, maxsplit=1)[0], *(name for name in names if name in fallbacks)]
    comparables = [*map(comparable, names), ""]
    return next((name for name in comparables if name in fallbacks or name in OF_THE_READER), comparables[0])


def _is_meant(inside: str, *, is_exact: bool) -> bool:
    """Check whether braces with an unknown name are meant as a field: those of a set or of program code are not."""
    before, bar, _ = inside.partition("|")
    if bar:
        return _WORDS.fullmatch(before) is not None
    return (is_exact and len(inside) > 1) or comparable(inside) in COMMON_NAMES


def _use(name: str, fallback: str | None, fallbacks: Mapping[str, str]) -> FieldUse | FieldProblem:
    """Return a field, or what is wrong with its fallback, which is None if the brand has it."""
    if name == "token":
        hint = "Write it in “unsubscribe”, “preferences_url” or “web_version_url” in brand.yaml, or delete it here."
        return FieldProblem("“{token}” is only for addresses of the brand.", hint)
    example = _example(name, fallbacks)
    if fallback is None and name not in fallbacks:
        hint = f"Write “{example}”, with words for a copy that is nobody's own."
        return FieldProblem(f"The field “{name}” has no fallback.", hint)
    words = fallbacks[name] if fallback is None else fallback
    if not words.strip():
        message = f"The field “{name}” has an empty fallback, which would leave a gap."
        return FieldProblem(message, f"Write words that fit every reader, such as “{example}”.")
    if words != words.strip():
        return FieldProblem(
            f"There are spaces around the fallback of “{name}”.", f"Write “{{{name}|{words.strip()}}}”."
        )
    if sign := unplain_sign(words):
        return FieldProblem(f"The fallback of “{name}” has {quoted(sign)} in it.", "Write plain words, without marks.")
    return FieldUse(name, words)


def _example(name: str, fallbacks: Mapping[str, str]) -> str:
    return str(FieldUse(name, fallbacks.get(name) or "your address"))
