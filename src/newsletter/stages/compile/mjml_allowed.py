"""The MJML that templates may use: what MRML, the engine inside mjml-python, really turns into HTML.

MRML drops what it does not know without a word, and some of what MJML documents. Each attribute here was seen to change
MRML's output; `tests/stages/test_mjml_names.py` tries every one again.
"""

from collections.abc import Mapping

_PADDING = "padding padding-bottom padding-left padding-right padding-top"
_BORDER = "border border-bottom border-left border-radius border-right border-top"
_BACKGROUND = "background-color background-position background-repeat background-size background-url"
_LETTERS = (
    "color font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform"
)

_BODY = {
    "mj-body": "background-color width",
    "mj-wrapper": f"{_BACKGROUND} {_BORDER} direction full-width {_PADDING} text-align",
    "mj-section": f"{_BACKGROUND} {_BORDER} direction full-width {_PADDING} text-align",
    "mj-group": "background-color direction vertical-align width",
    "mj-column": f"background-color {_BORDER} direction {_PADDING} vertical-align width",
    "mj-text": f"align container-background-color height {_LETTERS} {_PADDING} vertical-align",
    "mj-image": "align alt border border-radius container-background-color font-size height href max-height "
    f"{_PADDING} rel src srcset target title width",
    "mj-button": f"align background-color {_BORDER} container-background-color height href inner-padding "
    f"{_LETTERS} {_PADDING} rel target text-align vertical-align width",
    "mj-table": "align border cellpadding cellspacing color container-background-color font-family font-size "
    f"line-height {_PADDING} table-layout width",
    "mj-divider": f"align border-color border-style border-width container-background-color {_PADDING} width",
    "mj-spacer": f"container-background-color height {_PADDING}",
}
_HEAD = {
    "mjml": "lang dir",
    "mj-head": "",
    "mj-title": "",
    "mj-attributes": "",
    "mj-style": "inline",
    "mj-raw": "",
    "mj-breakpoint": "width",
    # MRML has none of the next three; `compile` carries them out.
    "mj-html-attributes": "",
    "mj-selector": "path",
    "mj-html-attribute": "name",
}

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **{name: frozenset(attributes.split()) for name, attributes in _HEAD.items()},
    **{name: frozenset([*attributes.split(), "css-class", "mj-class"]) for name, attributes in _BODY.items()},
}
"""Each MJML element and the attributes that have an effect on it."""

DEFAULTS = frozenset(" ".join(_BODY.values()).split()) | {"css-class", "name"}
"""What may be set for many elements at once, in mj-all, mj-class or an element inside mj-attributes."""

WITH_HTML = frozenset(["mj-text", "mj-button", "mj-table", "mj-raw"])
"""The elements that hold HTML; inside them any HTML element may stand."""

WITH_WORDS = WITH_HTML | {"mj-title", "mj-style", "mj-html-attribute"}
"""The elements that hold text of their own."""

REFUSED: Mapping[str, str] = {
    "mj-preview": "It is put outside the element that carries the language: write the preheader as visible text.",
    "mj-font": "It makes each reader's mail client ask another company's server: use the fonts that readers have.",
    "mj-hero": "It puts text over a picture, where its contrast cannot be kept: use mj-section and mj-image.",
    "mj-accordion": "Keyboards and screen readers cannot open it in most mail clients: use headings.",
    "mj-carousel": "It moves, and most mail clients show one picture of it: use mj-image.",
    "mj-navbar": "Its menu cannot be reached by keyboard: use a list of links.",
    "mj-social": "Its links are pictures without words: use links in mj-text.",
    "mj-include": "Jinja's include is the way to split templates here.",
}
"""MJML elements with faults that no template can mend, and what to use."""
