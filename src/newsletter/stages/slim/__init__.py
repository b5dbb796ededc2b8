"""Write the same page in fewer bytes: Gmail cuts an email off at about 102 KB, and every byte costs mobile data.

MJML writes four tables around each card, and the font of each piece of text. Each pass here is one change that leaves
the look, the words, the order, the languages and the roles as they were (`bench/slim.py` measures what each of them
saves, and compares the pages in a browser).
"""

from __future__ import annotations

from collections.abc import Sequence

from newsletter.dom.tree import Change, InlinedTree
from newsletter.edition import InlinedPage
from newsletter.stages.slim.attributes import (
    compact_styles,
    drop_compiler_classes,
    drop_defaults,
    drop_spaces,
)
from newsletter.stages.slim.columns import drop_tbody, flatten_columns, join_single_rows
from newsletter.stages.slim.frame import share_frame
from newsletter.stages.slim.gaps import fold_spacers
from newsletter.stages.slim.head import compact_head, drop_old_apps
from newsletter.stages.slim.languages import inherit_language
from newsletter.stages.slim.outlook import compact_comments, share_outlook_table
from newsletter.stages.slim.pictures import unwrap_pictures
from newsletter.stages.slim.short_names import with_short_names
from newsletter.stages.slim.sides import join_declarations
from newsletter.stages.slim.tag_rules import share_tag_styles
from newsletter.stages.slim.text_rows import merge_text_rows, unwrap_text
from newsletter.stages.slim.text_style import inherit_text_style

PASSES: Sequence[Change] = (
    compact_styles,
    join_declarations,
    flatten_columns,
    drop_tbody,
    unwrap_pictures,
    merge_text_rows,
    fold_spacers,
    join_single_rows,
    unwrap_text,
    share_outlook_table,
    compact_comments,
    inherit_text_style,
    drop_defaults,
    share_frame,
    inherit_language,
    drop_old_apps,
    share_tag_styles,
    compact_head,
    drop_compiler_classes,
    drop_spaces,
)
"""The passes in their order: a later one may need what an earlier one leaves."""


def slim(tree: InlinedTree, passes: Sequence[Change] = PASSES) -> InlinedPage:
    """Return a page in fewer bytes that means the same, and looks the same in every mail app.

    Args:
        tree: a whole document, its rules in its style attributes. It is changed.
        passes: the passes to run, in order.
    """
    everyone = list(tree.root.iter())  # while this list has them, lxml creates no other objects for them
    for change in passes:
        change(tree.root)
    del everyone
    return with_short_names(tree.page)
