"""The normal form of a word, a number or an address: what is the same has the same form.

Only `verify` uses this module, and it uses nothing else of the package: shared code could not be checked here.
"""

import re
import unicodedata
from urllib.parse import unquote

import idna

# Signs with a meaning are separate words, with or without spaces: `p <0.05`, `73 %`, `AT&T`. The rest of a lost or
# doubled escape is a word, too: `AT&T;`, `&amp;`.
_SIGNS = "<>≤≥=±+%‰£$€×÷&@°§"
# Each character of Chinese and Japanese is a word: there is no space where a line of the editor's file ends.
_UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3040-\u312f\u3190-\u31ff\u3400-\ua4cf"
    "\uf900-\ufaff\uff01-\uff9f\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_SIGNS}{_UNSPACED}]+|&#?\w+;|[{_SIGNS}]")

# Templates add quotation marks, brackets and colons around words, so these do not count at the ends of a word. A star
# counts: after `_emphasis`, it means "times".
_SIGNS_AROUND_WORDS = "".join(
    mark for mark in map(chr, range(0x3100)) if unicodedata.category(mark)[0] == "P" and mark not in "*" + _SIGNS
)

# Soft hyphens, zero-width spaces, word joiners and direction marks. A template may add each of them.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_MINUS = re.compile(r"""-(?=\.?\d)(?<![^\s(\["'“‘*_]-)""")
_STARS = re.compile(r"((?<![^\s(\[“‘])\*+(?![^\s,.:;!?)\]”’])|(?<=\d)\*(?=\d))|\*+")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_RAISED_TO_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

# The host of an address: of a website, or of the email addresses in a mailto link.
_HOST = re.compile(r"(?<=://)[^/?#:@]+|(?<=@)[^/?#:@,]+")

# Escapes whose character would mean something else in an address: # % & + / ; = ?
_KEPT_ESCAPE = re.compile(r"(%(?:23|25|26|2B|2F|3B|3D|3F))", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Split a text into its words, numbers and signs, each in its normal form."""
    return [word for token in _WORD.findall(_folded(text)) if (word := token.strip(_SIGNS_AROUND_WORDS))]


def address_of(url: str) -> str:
    """Return the normal form of an address.

    Harmless escapes are decoded, and an international host name is in its IDNA form. There is no full stop or quotation
    mark at the end.
    """
    parts = _KEPT_ESCAPE.split(_INVISIBLE.sub("", url.strip()))
    address = "".join(part.upper() if place % 2 else unquote(part) for place, part in enumerate(parts))
    address = _HOST.sub(lambda host: _idna(host[0]), unicodedata.normalize("NFC", address)).rstrip(".,;:!?'\"“”‘’«»")
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(".,;:!?'\"")
    return address


def _idna(host: str) -> str:
    try:
        return host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return host


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("’", "'").replace("ʼ", "'")
        text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
        text = _RAISED.sub(lambda raised: "^" + raised[0].translate(_RAISED_TO_PLAIN), text)
    if "-" in text:
        text = _MINUS.sub("−", text)
    return _emphasis(text)


def _emphasis(text: str) -> str:
    """Return a text without Markdown's marks of emphasis. `5 * 3`, `5*3` and `a_b` have none."""
    if "*" in text:
        text = _STARS.sub(r"\1", text)
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    return text.replace("`", "")
