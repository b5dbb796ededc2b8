"""Words as pages show them: what stands between backticks is code."""

from __future__ import annotations

from markupsafe import Markup, escape


def code_spans(words: str) -> Markup:
    """Give words as HTML, with `<code>` in the place of pairs of backticks."""
    parts = words.split("`")
    if len(parts) % 2 == 0:  # one of them has no other
        return escape(words)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))
