"""The words that stand for the values of each reader in a message."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from newsletter.issue.field_syntax import FieldUse

_DIGITS_AS_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class FieldTokens:
    """Words that stand for fields in a message: no word is part of another, and each means only its field."""

    uses: Mapping[str, FieldUse]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression of all tokens, which matches nothing if there are none."""
        return re.compile("|".join(map(re.escape, self.uses)) or r"(?!)")

    def in_text(self, text: str) -> list[str]:
        """Return the tokens in a text, each once, in order."""
        return list(dict.fromkeys(self.pattern.findall(text)))

    def split(self, text: str) -> list[str]:
        """Return the pieces of a text between tokens, and the tokens, in turns: the tokens have the odd numbers."""
        return re.split(f"({self.pattern.pattern})", text)

    def filler(self, text: str, encode: Callable[[str], str] = str) -> Callable[[Mapping[str, str]], str]:
        """Return a function that returns a text with the encoded values of a reader instead of tokens."""
        pieces = self.split(text)
        tokens = pieces[1::2]

        def fill(values: Mapping[str, str]) -> str:
            filled = pieces.copy()
            filled[1::2] = [encode(values[token]) for token in tokens]
            return "".join(filled)

        return fill


class TokenMaker:
    """Makes a token for each field at its first use: a word of letters that is in no text.

    Letters alone are the same in Markdown, in a page, in an address and in a header.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Choose the beginning of the tokens, the same for the same texts.

        Args:
            texts: the texts in which no token may be.
        """
        digest = sha256("\0".join(texts).encode("utf-8", "surrogatepass")).digest()
        while any(_letters(digest[:4]) in text for text in texts):
            digest = sha256(digest).digest()
        self._beginning = _letters(digest[:4])
        self._tokens: dict[FieldUse, str] = {}

    def __call__(self, use: FieldUse) -> str:
        """Return the token of a field."""
        # All are of the same length, so none is part of another.
        number = len(self._tokens).to_bytes(2, "big")
        return self._tokens.setdefault(use, f"Q{self._beginning}{_letters(number)}Z")

    @property
    def uses(self) -> dict[str, FieldUse]:
        """The fields by their tokens."""
        return {token: use for use, token in self._tokens.items()}


def _letters(data: bytes) -> str:
    """Return two small letters for each byte."""
    return data.hex().translate(_DIGITS_AS_LETTERS)
