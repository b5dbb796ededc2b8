"""From a page with rules to one whose elements carry their style themselves: not every mail client keeps `<style>`.

premailer, and cssutils with it, enters through this module alone.
"""

import logging

from premailer import Premailer

from newsletter.edition import InlinedPage, Page


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
    return InlinedPage(inliner.transform(page, pretty_print=False))
