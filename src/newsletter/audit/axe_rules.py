"""What is known of axe-core's rules when they meet an email. All of them run but those that are named here."""

from collections.abc import Mapping

_NAVIGATION = (
    "EN 301 549, clause 10, asks of documents such as emails no way past repeated blocks (WCAG 2.4.1 Bypass Blocks): "
)

LEFT_OUT: Mapping[str, str] = {
    "bypass": _NAVIGATION + "an email stands alone and repeats nothing from page to page.",
    "landmark-one-main": _NAVIGATION + "the mail client's own page has the main landmark, and an email with a second "
    "one would hide where the message begins.",
    "region": _NAVIGATION + "landmarks belong to the mail client's page; the email is one article in it.",
}
"""Rules that are not run in any state, and why."""

SETTLED: Mapping[str, str] = {
    "color-contrast": "The rule seen-contrast measured each of these, on the pixels of the screen where colours are "
    "mixed.",
    "color-contrast-enhanced": "The rule seen-contrast measured each of these, on the pixels of the screen where "
    "colours are mixed.",
    "hidden-content": "The rule lost-words saw to it that hidden words are said elsewhere in the page.",
    "aria-roledescription": "Its place is an element with role=article, which may have one (WAI-ARIA 1.2).",
}
"""Rules that leave a doubt where another measure, or the way the page is made, leaves none."""

OF_COLOURS = frozenset({"color-contrast", "color-contrast-enhanced", "link-in-text-block", "p-as-heading"})
"""Rules that ask how words look. They run in each state whose structure or look is not that of an earlier one."""

OF_LAYOUT = frozenset({
    "avoid-inline-spacing",
    "css-orientation-lock",
    "hidden-content",
    "label-content-name-mismatch",
    "scrollable-region-focusable",
    "target-size",
    # axe-core takes a table for one of data or of layout by its size and borders, too.
    "empty-table-header",
    "scope-attr-valid",
    "table-duplicate-name",
    "table-fake-caption",
    "td-has-header",
    "td-headers-attr",
    "th-has-data-cells",
})  # fmt: skip
"""Rules that ask where things are and how large, or that read style sheets. They run in every state."""

A_OR_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""Tags of what EN 301 549 asks for; what has none of them (AAA, best practice, experimental) is a warning."""
