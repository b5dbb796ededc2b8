"""docs/reference/mail-clients.md lists what the templates use and what the data says about it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter import check
from newsletter.check.context import CheckContext
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.rules.page import _partly_supported, _unsupported, mail_clients

PAGE = Path(__file__).parents[2] / "docs/reference/mail-clients.md"
TABLES = re.compile(r"(?<=<!-- tables:).*?(?=<!-- end of tables -->)", re.DOTALL)
CLIENTS = {
    "Outlook on Windows": ["Outlook for Windows"],
    "Gmail": ["Gmail", "Gmail on iPhones", "Gmail on Android"],
    "Apple Mail": ["Apple Mail", "Mail on iPhones"],
}
DATA = json.loads((Path(check.__file__).parent / "mail_clients.json").read_text("utf-8"))["features"]

# Consequences of partial support. The reasons for features without any support are in the rule.
SO = {
    "<body>": "The elements inside it have the language and the colours as well.",
    "<dl>": "We use neither.",
    "<ol>": "We use neither.",
    "<ul>": "We use neither.",
    "[dir]": "Blocks have it. A link has it only in the contents list, for an article in another direction.",
    "[height]": "Only bars of charts have a height.",
    "[width]": "Pictures have a width in px. To be tried at 120 dpi.",
    "border": "None is wider than 8 px. To be tried: the lines around notices and quotations.",
    "display": "It is block, inline-block, inline, table or none. Without it, the cell of a button sets its height.",
    "display:none": "It hides a column's name in a cell, in a span without tables.",
    "font-size": "All sizes are in px.",
    "font-weight": "It is bold or normal.",
    "line-height": "It is a number; only gaps have it in px.",
    "margin": "None is negative. Sections are centred by the align attribute of the tables that Outlook gets.",
    "max-width": "Outlook gets a table with a width instead, in a conditional comment.",
    "min-width": "Columns of figures and of the footer have it, for large text. Outlook has one column, or cells.",
    "padding": "MJML writes it on table cells. Without it on headings and links, lines are closer together.",
    "text-align": "It is left or right, or center in a button.",
    "width": "Tables, cells and pictures have the attribute as well.",
}


def used(editions: dict[str, dict[EditionKind, Edition]]) -> set[str]:
    views = [CheckContext(forms[kind]).page for forms in editions.values() for kind in ("standard", "large-print")]
    return {key for view in views for key, *_ in mail_clients.used_features(view)}


def tables(keys: set[str]) -> Iterator[str]:
    reasons = dict(str(item).split(": ", 1) for item in mail_clients.OPTIONS["accepted"])
    for title, names in CLIENTS.items():
        yield f"## {title}\n\n| we use | Can I email says | so |\n|---|---|---|\n"
        for key in sorted(keys & set(DATA)):
            apps: dict[str, list[str]] = {}
            for name in names:
                if name in DATA[key]:
                    apps.setdefault(support_words(DATA[key][name]), []).append(name)
            if apps:
                reason = reasons.get(key, "") or SO[key]
                yield f"| `{key}` | {by_app(apps, names)} | {reason[0].upper()}{reason[1:].rstrip('.')}. |\n"
        yield "\n"


def support_words(known: str) -> str:
    level, _, notes = known.partition(" ")
    return " ".join(filter(None, [{"n": "Not supported.", "a": ""}[level], notes])) or "In part."


def by_app(apps: dict[str, list[str]], names: list[str]) -> str:
    if list(apps.values()) == [names]:
        return next(iter(apps))
    return " ".join(f"{' and '.join(some)}: {words}" for words, some in apps.items())


@pytest.mark.generated
def test_the_tables_are_fresh(
    every_edition: dict[str, dict[EditionKind, Edition]], request: pytest.FixtureRequest
) -> None:
    expected = " made from src/newsletter/check/mail_clients.json by `make update` -->\n\n"
    expected += "".join(tables(used(every_edition)))
    page = PAGE.read_text("utf-8")
    if request.config.getoption("--update"):
        page = TABLES.sub(lambda _: expected, page)
        PAGE.write_text(page, "utf-8")
    (current,) = TABLES.findall(page)
    assert current == expected, "`make update` writes it again"


def test_each_reason_is_needed(every_edition: dict[str, dict[EditionKind, Edition]]) -> None:
    assert set(SO) <= used(every_edition)


def test_the_reasons_are_true(every_edition: dict[str, dict[EditionKind, Edition]]) -> None:
    for forms in every_edition.values():
        for kind in ("standard", "large-print"):
            body = forms[kind].inlined.partition("<body")[2]
            styles = ";".join(re.findall(r'style="([^"]*)"', body))
            assert not re.search(r"margin[^;]*-\d", styles)
            assert all(re.fullmatch(r"0|\d+px", size) for size in re.findall(r"font-size:\s*([^;]+)", styles))
            assert set(re.findall(r"text-transform:\s*([^;]+)", styles)) <= {"none"}
            assert set(re.findall(r"text-align:\s*([^;]+)", styles)) <= {"left", "right", "center", "inherit"}
            assert set(re.findall(r"font-weight:\s*([^;]+)", styles)) <= {"bold", "normal"}
            assert max(map(int, re.findall(r"border[^:;]*:\s*(\d+)px", styles))) <= 8
            assert not re.search(r"reversed|<li[^>]* value", body)
            assert not re.search(r'<img[^>]* width="[^"]*%', body)


def test_advice_is_about_features_in_the_data() -> None:
    assert set(_unsupported.SPECIFIC) <= set(DATA)
    for part in _partly_supported.PARTS:
        assert any(known.startswith("a") and part.note in known for known in DATA[part.feature].values()), part.name
        assert ": " not in part.name, "otherwise nobody could accept it"


@pytest.mark.parametrize(
    ("key", "happens"),
    [
        ("position", "the element stays in the flow of the text"),
        ("@media (hover)", "all rules inside it are ignored"),
        (":link", "the rule never applies"),
        ("<input text>", "it is removed with its content"),
        ("<abbr>", "its tags are removed, and its words stay in the text"),
        ("[target]", "the attribute is removed"),
        ("=fit-content", "the whole declaration is dropped"),
        ("1ch", "the whole declaration is dropped"),
        ("user-select", "the declaration is dropped"),
    ],
)
def test_what_happens_instead(key: str, happens: str) -> None:
    assert _unsupported.fallback(key)[0] == happens
