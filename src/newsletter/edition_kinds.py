"""One table of the forms in which an issue is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    pass


EditionKind = Literal["standard", "large-print", "text-only"]
"""The forms in which one issue is sent: each a whole message with the same words, for another kind of reader."""


EDITION_KINDS: tuple[EditionKind, ...] = get_args(EditionKind)
