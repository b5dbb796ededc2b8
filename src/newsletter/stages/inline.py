"""From a page with rules to one whose elements carry their style themselves: not every mail client keeps `<style>`.

premailer, and cssutils with it, enters through this module alone.
"""

import logging
import sys
from types import ModuleType

from newsletter.edition import InlinedPage, Page

# premailer imports requests, for style sheets from the network. It shall never ask the network, so what it gets is an
# empty module of that name, which is also 0.06 seconds faster and 6 MB smaller (bench/speed.py).
_loaded = sys.modules.get("requests")
sys.modules["requests"] = ModuleType("requests")
try:
    import cssutils
    from premailer import Premailer
finally:
    del sys.modules["requests"]
    if _loaded is not None:
        sys.modules["requests"] = _loaded

# premailer validates inline styles whatever `disable_validation` says, and cssutils compiles a long regular expression
# for each property that it knows. Nobody hears its verdict, so it shall know none.
cssutils.profile.removeProfile(all=True)


def inline(page: Page) -> InlinedPage:
    """Write each rule of the page into the elements it styles.

    Args:
        page: a whole HTML document with an upper-case doctype.

    Returns:
        The document without those rules; style elements marked `data-premailer="ignore"` (media queries, dark mode,
        resets) are as they were.
    """
    inliner = Premailer(
        # Left out, it would ask the network for style sheets.
        allow_network=False,
        # Left in, dark mode would lose to the inlined colours: contrast fell to 1.74:1.
        strip_important=False,
        keep_style_tags=False,
        # Classes are what dark mode and narrow screens are addressed by.
        remove_classes=False,
        # Our templates write the attributes that Outlook needs. Premailer's would turn <img width="300"> into 100%, and
        # give elements align, valign and bgcolor that they may not have.
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        # It parses each image's style again, uncached, for floats that we do not use: five times slower.
        align_floating_images=False,
        # Our CSS holds mso- properties, which no validator knows.
        disable_validation=True,
        disable_link_rewrites=True,
        cssutils_logging_level=logging.CRITICAL,
    )
    return InlinedPage(inliner.transform(page.marked, pretty_print=False), page.sources)
