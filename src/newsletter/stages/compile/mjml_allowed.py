"""The MJML that templates may use: the elements and attributes that MRML, the engine of mjml-python, supports.

MRML drops unknown ones without a message, and also some that MJML documents. Each attribute here changes MRML's output;
`tests/stages/test_mjml_names.py` tests every one.
"""

from collections.abc import Mapping

_PADDING = "padding padding-bottom padding-left padding-right padding-top"
_BORDER = "border border-bottom border-left border-radius border-right border-top"
_BACKGROUND = "background-color background-position background-repeat background-size background-url"
_FONT = "color font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform"

_BODY = {
    "mj-body": "background-color width",
    "mj-wrapper": f"{_BACKGROUND} {_BORDER} direction full-width {_PADDING} text-align",
    "mj-section": f"{_BACKGROUND} {_BORDER} direction full-width {_PADDING} text-align",
    "mj-group": "background-color direction vertical-align width",
    "mj-column": f"background-color {_BORDER} direction {_PADDING} vertical-align width",
    "mj-text": f"align container-background-color height {_FONT} {_PADDING} vertical-align",
    "mj-image": "align alt border border-radius container-background-color font-size height href max-height "
    f"{_PADDING} rel src srcset target title width",
    "mj-button": f"align background-color {_BORDER} container-background-color height href inner-padding "
    f"{_FONT} {_PADDING} rel target text-align vertical-align width",
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
    # MRML does not support the next three; `compile_page` applies them.
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
"""Attributes that mj-all, mj-class or an element inside mj-attributes can set for many elements."""

WITH_HTML = frozenset(["mj-text", "mj-button", "mj-table", "mj-raw"])
"""The elements that hold HTML; inside them, every HTML element is allowed."""

WITH_WORDS = WITH_HTML | {"mj-title", "mj-style", "mj-html-attribute"}
"""The elements that hold text directly."""

WORDS = frozenset(["alt", "title", "href", "src", "aria-label"])
"""The attributes that hold words or addresses of an issue, and not a style."""

REFUSED: Mapping[str, str] = {
    "mj-preview": "It is put outside the element that carries the language: write the preheader as visible text.",
    "mj-font": "Each reader's mail app would ask another company's server: use the fonts that readers have.",
    "mj-hero": "It puts text over a picture, where nothing ensures its contrast: use mj-section and mj-image.",
    "mj-accordion": "Keyboards and screen readers cannot open it in most mail apps: use headings.",
    "mj-carousel": "It moves, and most mail apps show one picture of it: use mj-image.",
    "mj-navbar": "Its menu cannot be reached by keyboard: use a list of links.",
    "mj-social": "Its links are pictures without words: use links in mj-text.",
    "mj-include": "Jinja's include is the way to split templates here.",
}
"""MJML elements that no template can make accessible, with the reason and what to use instead."""
