"""The forms in which an issue is sent, by name."""

from __future__ import annotations

from typing import Literal, get_args

EditionKind = Literal["standard", "large-print", "text-only"]
"""The forms in which one issue is sent: each a whole message with the same words, for another kind of reader."""

EDITION_KINDS: tuple[EditionKind, ...] = get_args(EditionKind)
