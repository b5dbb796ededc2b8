"""Write CSS rules into the style attributes of elements, because not every mail app keeps `<style>`.

Only this module imports premailer and cssutils.
"""

import logging
import sys
from functools import lru_cache
from types import ModuleType

from newsletter.edition import InlinedPage, Page

# premailer imports requests to load style sheets from the network. It must never use the network, so it gets an empty
# module of that name. That is also 0.06 seconds faster and 6 MB smaller (bench/speed.py).
_loaded = sys.modules.get("requests")
sys.modules["requests"] = ModuleType("requests")
try:
    import cssutils
    from premailer import Premailer
finally:
    del sys.modules["requests"]
    if _loaded is not None:
        sys.modules["requests"] = _loaded

# premailer validates inline styles even with `disable_validation`, and cssutils compiles a long regular expression for
# each property that it knows. Nothing uses the result, so all properties are removed.
cssutils.profile.removeProfile(all=True)

# What it writes into a style element, such as the media queries of large print, counts for the size of an email.
cssutils.ser.prefs.indent = cssutils.ser.prefs.lineSeparator = ""

_inliner = Premailer(
    # Otherwise it would load style sheets from the network.
    allow_network=False,
    # Without !important, inlined colours would override dark mode: contrast fell to 1.74:1.
    strip_important=False,
    keep_style_tags=False,
    # The rules for dark mode and narrow screens need the classes.
    remove_classes=False,
    # Our templates write the attributes that Outlook needs. Premailer would turn <img width="300"> into 100%, and
    # add align, valign and bgcolor to elements that may not have them.
    disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
    # It parses each image's style again, uncached, for floats that we do not use: five times slower.
    align_floating_images=False,
    # Our CSS has mso- properties, which no validator knows.
    disable_validation=True,
    disable_link_rewrites=True,
    cssutils_logging_level=logging.CRITICAL,
)
# All issues have the same few style sheets. Premailer's own cache is too small for them, and parsing them again for
# each page was two fifths of the time of `check` for a short issue.
_inliner._parse_style_rules = lru_cache(maxsize=32)(_inliner._parse_style_rules)


def inline(page: Page) -> InlinedPage:
    """Return a page whose rules are in the style attributes of the elements that they match.

    Args:
        page: a whole HTML document with an upper-case doctype.

    Returns:
        The document without those rules. Style elements with `data-premailer="ignore"` (media queries, dark mode,
        resets) stay as they were.
    """
    return InlinedPage(_inliner.transform(page.with_marks, pretty_print=False), page.sources)
