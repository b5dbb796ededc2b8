"""What counts as the same word, number or address, for `conserve`: one normal form for what went in and out.

Nothing else uses this module, and it uses nothing of the package: what it shared, it could not check.
"""

import re
import unicodedata
from urllib.parse import unquote

# Signs that carry meaning are words of their own, however they are spaced: `p <0.05`, `73 %`, `AT&T`. What a
# lost or doubled escape leaves behind is a word, too: `AT&T;`, `&amp;`.
_SIGNS = "<>≤≥=±+%‰£$€×÷&@°§"
_WORD = re.compile(rf"[^\s{_SIGNS}]+|&#?\w+;|[{_SIGNS}]")

# Templates put quotes, brackets and colons around what was written, so these do not count at a word's ends. A
# star does: any that `_emphasis` left is the sign for "times".
_EDGES = "".join(
    sign for sign in map(chr, range(0x3100)) if unicodedata.category(sign)[0] == "P" and sign not in "*" + _SIGNS
)

# Soft hyphens, zero-width spaces, word joiners and marks of direction, any of which a template may add.
_UNHEARD = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_MINUS = re.compile(r"""-(?=\.?\d)(?<![^\s(\["'“‘*_]-)""")
_STARS = re.compile(r"((?<!\S)\*+(?![^\s,.:;!?)])|(?<=\d)\*(?=\d))|\*+")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_RAISED_TO_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

# Escapes whose character would mean something else in an address: # % & + / ; = ?
_KEPT_ESCAPE = re.compile(r"(%(?:23|25|26|2B|2F|3B|3D|3F))", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Split a text into its words, numbers and signs, each in its normal form."""
    return [word for found in _WORD.findall(_folded(text)) if (word := found.strip(_EDGES))]


def address_of(url: str) -> str:
    """Give an address its normal form: harmless escapes resolved, and no full stop or quote after it."""
    parts = _KEPT_ESCAPE.split(_UNHEARD.sub("", url.strip()))
    address = "".join(part.upper() if place % 2 else unquote(part) for place, part in enumerate(parts))
    address = unicodedata.normalize("NFC", address).rstrip(".,;:!?'\"“”‘’«»")
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(".,;:!?'\"")
    return address


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNHEARD.sub("", text)).replace("’", "'").replace("ʼ", "'")
        text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
        text = _RAISED.sub(lambda raised: "^" + raised[0].translate(_RAISED_TO_PLAIN), text)
    if "-" in text:
        text = _MINUS.sub("−", text)
    return _emphasis(text)


def _emphasis(text: str) -> str:
    """Take out the marks of Markdown's emphasis; `5 * 3`, `5*3` and `a_b` are none."""
    if "*" in text:
        text = _STARS.sub(r"\1", text)
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    return text.replace("`", "")
