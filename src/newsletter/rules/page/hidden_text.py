"""No words are hidden, neither on the screen nor from screen readers.

Many people listen to the page and also look at it: words only for screen readers then do not match what they see. Words
hidden by CSS appear in mail apps that drop the CSS, and spam filters distrust them. The preheader is for everybody,
too. The name of a column may be hidden in the cells if it is shown above them, and above them if it is shown in the
cells.

Bad:
    <p style="display:none">{{ issue.preheader }}</p>

Good:
    <p>{{ issue.preheader }}</p>

The rule is our own. Good Email Code, for example, hides the preheader, and words for screen readers. WCAG 2.2, 2.5.3
Label in Name (A), asks that the name of a link or button contains the words that it shows.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import declared_at, own_style_at, view_rule_at
from newsletter.css.hiding import hiding_declaration
from newsletter.css.matching import match_rules

SEVERITY = "error"
IN_WEB_VERSION = True

_NO_WORDS = ("head", "style", "script", "template", "noscript")
_TOO_SMALL = 2  # px
_IN_VIEW = {"dark": "in dark mode"}
_HINT = "Show the words to everybody, or remove them."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the outermost element of hidden words, in each view and in Outlook."""
    columns = _columns(page)
    hidden = []
    for node in page.nodes:
        if node.parent is None or node.tag in _NO_WORDS:
            continue
        if node.is_hidden:
            hidden.append(node)
            if _is_outermost(node) and not (node.inside("td", "th") and _bare(node.all_text) in columns):
                at = own_style_at(page, node, "display", "visibility")
                yield Finding(at, f"The words of <{node.tag}> are hidden.", _HINT)
        else:
            yield from _faults(page, node, node.parent)
    known = {(node.location, node.all_text) for node in hidden}
    for node in page.outlook:
        if node.is_hidden and _is_outermost(node) and (node.location, node.all_text) not in known:
            yield Finding(node, f"The words of <{node.tag}> are hidden in Outlook.", _HINT)
    yield from _by_style_sheet(page)


def _by_style_sheet(page: ParsedPage) -> Iterator[Finding]:
    """Report each rule in the head that puts words out of sight."""
    rules = [rule for rule in page.sheet if not rule.media and hiding_declaration(rule.declarations)]
    matches = match_rules(page.tree, rules) if rules else {}
    for rule in rules:
        hidden = [node for node in page.nodes if rule in matches.get(node.element, ()) and _has_words(node)]
        if any(node is not page.skip_link for node in hidden):
            message = f"Words are hidden with “{hiding_declaration(rule.declarations)}”: “{rule.selectors}”."
            yield Finding(page.at(rule), message, _HINT)


def _is_outermost(node: PageElement) -> bool:
    """Check whether an element with words is hidden, but not its parent."""
    return bool(
        node.parent
        and not node.parent.is_hidden
        and node.tag not in _NO_WORDS
        and _has_words(node)
        and not node.inside(*_NO_WORDS)
    )


def _faults(page: ParsedPage, node: PageElement, parent: PageElement) -> Iterator[Finding]:
    if node.text and node.style.font_size <= _TOO_SMALL and _has_words(node):
        at = declared_at(page, node, "font-size", "font")
        yield Finding(at, f"The words of <{node.tag}> are too small to see.", _HINT)
    elif (how := hiding_declaration(node.get("style"))) and _has_words(node):
        at = own_style_at(page, node, how.partition(":")[0])
        yield Finding(at, f"The words of <{node.tag}> are hidden with “{how}”.", _HINT)
    if node.get("aria-hidden") == "true" and _has_words(node):
        hint = "Remove aria-hidden, or put only decoration into that element."
        yield Finding(node, f"The words of <{node.tag}> are shown, but not read out (aria-hidden).", hint)
    for name in ("inert", "popover"):
        if name in node.attributes and _has_words(node):
            effect = "shown, but nobody can hear, select or click them" if name == "inert" else "hidden"
            yield Finding(node, f"The words of <{node.tag}> are {effect} ({name}).", f"Remove “{name}”.")
    if node.tag in ("details", "dialog") and "open" not in node.attributes and _has_words(node):
        message = f"The words of <{node.tag}> are hidden until somebody opens it, which many cannot or do not notice."
        yield Finding(node, message, "Write a heading and the words below it.")
    for view in (view for view, look in node.styles.items() if not look.visible and parent.style_in(view).visible):
        if _has_words(node) and not (node.tag == "thead" and _are_repeated(node, view)):
            at = view_rule_at(page, node, view, "display", "visibility") or node
            yield Finding(at, f"The words of <{node.tag}> are hidden {_IN_VIEW.get(view, view)}.", _HINT)


def _are_repeated(head: PageElement, view: str) -> bool:
    """Check whether the cells say in this view what the head of their column says in other views."""
    table = head.inside("table")
    cells = [
        node for node in (table.walk() if table else ()) if node.inside("td", "th") and node.style_in(view).visible
    ]
    words = {_bare(node.all_text) for node in cells}
    return all(_bare(node.all_text) in words for node in head.walk() if node.tag in ("th", "td"))


def _columns(page: ParsedPage) -> set[str]:
    return {_bare(node.all_text) for node in page.find("th") if not node.is_hidden and node.get("scope") == "col"}


def _bare(words: str) -> str:
    return words.strip(" :")


def _has_words(node: PageElement) -> bool:
    return any(character.isalnum() for character in node.all_text)
