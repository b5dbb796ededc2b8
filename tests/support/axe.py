"""axe-core in a page, and with every rule on the pages of the preview."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Sequence
from typing import Literal, TypedDict

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from newsletter.audit.axe_rules import APPEARANCE

# What axe cannot decide: the email in its frame, in which no script runs, and which tests/readers/test_browser.py looks
# at; and what is hidden until there is a voice, which tests/preview/test_listening_live.py shows.
EXPLAINED = {"frame-tested", "hidden-content"}

# With those that axe-core leaves out by default: target size, the contrast of 7:1, links with one text and two places.
# And with those that EN 301 549, clause 10, does not ask of an email: a way past repeated blocks, for example.
WCAG = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa")
"""The tags of the rules about WCAG, at each of its levels."""

LOOKS: tuple[tuple[Literal["light", "dark"], Literal["none", "active"], bool], ...] = (
    ("light", "none", True),
    ("dark", "none", False),
    ("light", "active", False),
)
"""Colour schemes, without and with forced colours, and whether every rule runs. Only colours differ from the first."""


# `color-contrast` asks for less than `color-contrast-enhanced`, and takes as long.
_RUN = """async ({ tags, disabled, only }) => {
  const ids = axe.getRules(tags.length ? tags : undefined).map(rule => rule.ruleId);
  const values = ids.filter(id => id !== 'color-contrast' && !disabled.includes(id) && (!only || only.includes(id)));
  const run = {runOnly: {type: 'rule', values}, iframes: false, resultTypes: ['violations', 'incomplete']};
  const { violations, incomplete } = await axe.run(document, run);
  const listed = results => results.map(({id, nodes}) => [id, nodes.map(node => node.html)]);
  return {ran: values, violations: listed(violations), incomplete: listed(incomplete)};
}"""


class Result(TypedDict):
    """The rules that ran; and those with a violation, or undecided, each with the HTML of its elements."""

    ran: list[str]
    violations: list[tuple[str, list[str]]]
    incomplete: list[tuple[str, list[str]]]


def run_axe(
    page: Page, tags: Sequence[str] = (), *, disabled: Collection[str] = (), only: Collection[str] | None = None
) -> Result:
    """Run rules of axe-core in a page: those with one of the tags, or every one.

    Args:
        page: a page in the browser. No script runs in the frames in it, so axe does not look into them.
        tags: such as `wcag2aa`. Without one, all rules: of each level of WCAG, of best practice, and those that are
            still being tried.
        disabled: rules that do not run.
        only: of these rules, those that run.
    """
    if not page.evaluate("'axe' in window"):  # the script is long, and a page is looked at several times
        page.evaluate(AXE_SCRIPT)
    result: Result = page.evaluate(
        _RUN, {"tags": [*tags], "disabled": [*disabled], "only": None if only is None else [*only]}
    )
    if only is None:
        usual = {"color-contrast-enhanced", "target-size", "identical-links-same-purpose", "html-has-lang"}
        assert usual - {*disabled} <= {*result["ran"]}
    return result


def assert_axe_finds_nothing(page: Page) -> None:
    """Fail if a page of the preview has a violation, or something undecided, in any width or colours."""
    for width, (scheme, forced, with_every_rule) in itertools.product((1280, 320), LOOKS):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        wait_for_paint(page)
        # The email in its frame has its own tests in tests/readers/test_browser.py.
        result = run_axe(page, only=None if with_every_rule else APPEARANCE)
        look = f"at {width} px, {scheme}, forced colours: {forced}"
        assert result["violations"] == [], f"{look}: {json.dumps(result['violations'], indent=1)}"
        undecided = [item for item in result["incomplete"] if item[0] not in EXPLAINED]
        assert undecided == [], f"undecided {look}: {json.dumps(undecided, indent=1)}"
    page.emulate_media(color_scheme="light", forced_colors="none")


def wait_for_paint(page: Page) -> None:
    """Wait for what follows the size of the window: it does so with the next picture of it."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
