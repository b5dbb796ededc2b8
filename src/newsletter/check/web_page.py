"""The page of the web version, with what it has and an email has not: a style sheet of its own, and a skip link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Located
from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule
from newsletter.css.web_units import with_plain_values
from newsletter.edition import Mjml

_UNFOCUSED = re.compile(r":not\(\s*:focus(?:-visible|-within)?\s*\)")
_FOCUS = re.compile(r":focus(?:-visible|-within)?(?![\w-])")


@dataclass(frozen=True)
class ParsedWebPage(ParsedPage):
    """The web version, for rules about pages. Its style sheet is `web.css`."""

    filled: Mjml = field(default_factory=lambda: Mjml(""))
    """Its templates, as they were filled."""

    @property
    def frame(self) -> Iterator[PageElement]:
        """The element that needs a language: a browser keeps <html>."""
        yield self.root

    @property
    def declared(self) -> tuple[StyleRule, ...]:
        """The rules of `web.css`, with plain values: none of them was inlined."""
        return tuple(self._plain_rules)

    @cached_property
    def _plain_rules(self) -> dict[StyleRule, StyleRule]:
        """The rules of `web.css` with plain values, each with the rule as it was written."""
        return dict(with_plain_values(self.sheet))

    def _styling(self, root: etree._Element) -> tuple[StyleRule, ...]:
        return tuple(rule for rule, _ in with_plain_values(self.sheet))

    def at(self, rule: StyleRule) -> Located:
        """Return the location of a rule of `sheet`, or of one made of it, in its template."""
        return super().at(self._plain_rules.get(rule, rule))

    @cached_property
    def _head(self) -> str:
        return self.filled.partition("<body")[0]

    def _in_head(self, match: re.Match[str] | None) -> Located:
        line = self._head.count("\n", 0, match.start(1)) + 1 if match else 1
        return Located(self.filled.source(line).location)

    @cached_property
    def skip_link(self) -> PageElement | None:
        """The first link, if it leads to the main part, or nowhere: the rule `contents-list` reports that."""
        link = next(self.find("a"), None)
        if link is None or not link.get("href").startswith("#"):
            return None
        name = unquote(link.get("href")[1:])
        target = next((node for node in self.with_attribute("id") if node.get("id") == name), None)
        mains = [node for node in self.nodes if node.is_main]
        leads_there = target is None or not mains or any(main in (target, *target.parents()) for main in mains)
        return link if leads_there and not any(node.is_main for node in link.parents()) else None

    def styles_with_focus(self, node: PageElement) -> tuple[StyleRule, ...]:
        """Return the rules without a media query that match an element while it has the focus, the strongest last."""
        return tuple(self._focused[rule] for rule in self._matches_with_focus.get(node.element, ()))

    @cached_property
    def _focused(self) -> dict[StyleRule, StyleRule]:
        """The rules with selectors that match as if every element had the focus, each with the rule as it is."""
        return {
            replace(rule, selectors=_FOCUS.sub(":nth-child(n)", _UNFOCUSED.sub(":not(*)", rule.selectors))): rule
            for rule in self.declared
            if not rule.media
        }

    @cached_property
    def _matches_with_focus(self) -> dict[etree._Element, tuple[StyleRule, ...]]:
        return match_rules(self.tree, list(self._focused))
