"""Compares two pages in the browser: the boxes and styles of words and pictures, and every pixel."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Browser

from support.browser import View, opened

WIDTHS = (320, 375, 600, 900)
"""A small phone, a phone, the width of the email, and a desktop; in CSS pixels."""

VIEWS = tuple(View(width, scheme) for width in WIDTHS for scheme in ("light", "dark"))

_PROPERTIES = (
    "color font-family font-size font-style font-weight letter-spacing line-height overflow-wrap text-align "
    "text-decoration-line text-indent text-transform white-space word-spacing direction list-style-type visibility"
)
_LOOK = """(properties) => {
  const box = ({ x, y, width, height }) => [x, y, width, height].map((length) => length.toFixed(2)).join(" ");
  const boxes = (rects) => [...rects].map(box);
  const style = (element) => {
    const of = getComputedStyle(element);
    // The same side has three names: "left", "-webkit-left" and, in a language from left to right, "start".
    const start = of.direction === "rtl" ? "right" : "left";
    const value = (name) => of.getPropertyValue(name).replace(/^start$/, start).replace("-webkit-", "");
    return properties.map((name) => `${name}: ${value(name)}`);
  };
  const looks = [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (node.nodeType === Node.TEXT_NODE && /[^\\s\\u00a0]/.test(node.data) && node.parentElement.tagName !== "STYLE") {
      const range = document.createRange();
      range.selectNodeContents(node);
      const words = node.data.replace(/\\s+/g, " ").trim();
      looks.push({ what: words, boxes: boxes(range.getClientRects()), style: style(node.parentElement) });
    } else if (node.tagName === "IMG") {
      // Its style is that of its words, if it does not load.
      const words = node.alt ? style(node) : [];
      looks.push({ what: `picture: ${node.alt}`, boxes: boxes(node.getClientRects()), style: words });
    }
  }
  return looks;
}"""


def differences(browser: Browser, before: str, after: str, views: tuple[View, ...], folder: Path) -> Iterator[str]:
    """Yield a sentence for each difference between two pages, at most one of each kind in a view.

    Args:
        browser: the browser that shows both.
        before: a whole document.
        after: the same document, written in another way.
        views: how the pages are looked at.
        folder: where the pages can be written.
    """
    for view in views:
        (old, old_pixels), (new, new_pixels) = (_look(browser, page, view, folder) for page in (before, after))
        if [each["what"] for each in old] != [each["what"] for each in new]:
            yield f"{view}: there are other words or pictures"
        else:
            yield from _first(view, old, new)
        if old_pixels.size != new_pixels.size:
            yield f"{view}: the page is {new_pixels.size} px, not {old_pixels.size}"
        elif area := ImageChops.difference(old_pixels, new_pixels).getbbox():
            yield f"{view}: other pixels in {area}"


def _look(browser: Browser, page: str, view: View, folder: Path) -> tuple[list[dict[str, Any]], Image.Image]:
    with opened(browser, page, view, folder) as tab:
        looks = tab.page.evaluate(_LOOK, _PROPERTIES.split())
        pixels = tab.page.screenshot(full_page=True, animations="disabled")
    return looks, Image.open(io.BytesIO(pixels)).convert("RGB")


def _first(view: View, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    for key in ("boxes", "style"):
        for one, other in zip(old, new, strict=True):
            if one[key] != other[key]:
                changed = [(a, b) for a, b in zip(one[key], other[key], strict=False) if a != b]
                yield f"{view}: “{one['what'][:60]}” has other {key}: {changed or (one[key], other[key])}"
                break
