"""Finds rules in the text that they were parsed from."""

import re

from newsletter.css.parser import StyleRule


def find_rule(rule: StyleRule, text: str) -> re.Match[str] | None:
    """Return where a text has a rule, of which group 1 is its selectors; None if it does not have it.

    Args:
        rule: it was parsed without comments. In the text there may be one between any two words.
        text: a style sheet, alone or in a document.
    """
    gap = r"(?>\s|/\*.*?\*/)"
    parts = re.split(r"\s*([,>])\s*|\s+", rule.selectors.strip())
    selectors = f"{gap}*+".join(re.escape(part) for part in parts if part)
    name, _, value = map(str.strip, rule.declarations.partition(";")[0].partition(":"))
    before = rf"(?:\A|[{{}};>]){gap}*+({selectors}){gap}*+\{{{gap}*+{re.escape(name)}"
    # Of two rules that begin with the same property, the value says which it is, unless it is written otherwise.
    same = rf"{gap}*+:{gap}*+" + f"{gap}++".join(map(re.escape, value.split()))
    matches = (re.search(pattern, text, re.DOTALL) for pattern in (before + same, before))
    return next(filter(None, matches), None)
