"""Puts a style sheet of our own into a page's head."""

from newsletter.edition import InlinedPage


def with_style(page: InlinedPage, css: str, *, first: bool = False) -> InlinedPage:
    """Give the page with one more style sheet.

    Args:
        page: a whole document.
        css: the style sheet, without `</style>` in it.
        first: before the page's own, which then win where both say the same; else after them.
    """
    mark = "<head>" if first else "</head>"
    before, found, after = page.partition(mark)
    style = f"<style>{css}</style>"
    if not found:
        return InlinedPage(style + page)
    return InlinedPage(before + found + style + after if first else before + style + found + after)
