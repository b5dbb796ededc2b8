"""Say how large a file is."""

from babel.numbers import format_decimal
from markupsafe import Markup

from newsletter.issue.fields import Language
from newsletter.stages.compose.translations import Translator

_MEGABYTE = 1000  # KB


def file_size(size: int, words: Translator, language: Language) -> Markup:
    """Return a size as KB, or as MB with one decimal, in the words and with the digits of a language.

    Args:
        size: in bytes.
        words: the fixed words in the language.
        language: the language.
    """
    kilobytes = max(1, round(size / 1000))
    if kilobytes < _MEGABYTE:
        return words.fill("kilobytes", count=format_decimal(kilobytes, locale=language.locale))
    return words.fill("megabytes", count=format_decimal(round(kilobytes / _MEGABYTE, 1), locale=language.locale))
