"""What flows between the stages, by name, so that skipping a stage is a type error."""

from typing import NewType

Mjml = NewType("Mjml", str)
"""A composed issue: well-formed MJML, as filled in by Jinja2."""

Page = NewType("Page", str)
"""A whole HTML document, as compiled from MJML, with its rules still in `<style>`."""

InlinedPage = NewType("InlinedPage", str)
"""The same document with each rule written into the elements it styles: the HTML part of the email."""

Reading = NewType("Reading", str)
"""The page in reading order with its layout stripped: what a screen reader meets. An HTML fragment."""

PlainText = NewType("PlainText", str)
"""The alternative part: plain text, lines ended by LF, no hard wrap inside a paragraph."""
