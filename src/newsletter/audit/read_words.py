"""Reads the words in pictures, if Tesseract is installed (https://tesseract-ocr.github.io). It uses no network."""

from __future__ import annotations

import csv
import shutil
import subprocess
from functools import cache, lru_cache

from newsletter.check.rule import Rule

_LEAST_CONFIDENCE = 70  # of 100, as Tesseract counts: it sees letters in leaves, too
_SECONDS = 60
# Sparse text: a poster has its words anywhere. The output is a table.
_TESSERACT_OPTIONS = ("--psm", "11", "tsv")
# Tesseract's names of languages, by those of BCP 47. Each is a file that has to be installed.
_NAMES = {
    **{"en": "eng", "cy": "cym", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "nl": "nld"},
    **{"ga": "gle", "gd": "gla", "pl": "pol", "ro": "ron", "so": "som", "tr": "tur", "vi": "vie", "uk": "ukr"},
    **{"ar": "ara", "fa": "fas", "ur": "urd", "he": "heb", "hi": "hin", "bn": "ben", "pa": "pan", "gu": "guj"},
    **{"ta": "tam", "ru": "rus", "el": "ell"},
}


@cache
def installed_languages() -> frozenset[str]:
    """Return the languages that Tesseract can read here, by its own names; none if it is not installed."""
    program = shutil.which("tesseract")
    if not program:
        return frozenset()
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    return frozenset(listed.stdout.split("\n")[1:]) & frozenset(_NAMES.values())


def can_run(rule: Rule) -> bool:
    """Check whether the programs that a rule needs are installed."""
    return rule.id != "words-only-in-image" or bool(installed_languages())


@lru_cache(maxsize=64)
def read_words(data: bytes, language: str) -> tuple[str, ...]:
    """Return the words in a picture of which Tesseract is sure, in its order; none if it cannot read the language.

    Args:
        data: the file, a PNG, JPEG or GIF.
        language: the language of the article, such as `en-GB`.
    """
    name = _NAMES.get(language.partition("-")[0], "")
    if name not in installed_languages():
        return ()
    try:
        result = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", name, *_TESSERACT_OPTIONS],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return ()
    rows = csv.DictReader(result.stdout.decode("utf-8", "replace").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(row["text"] for row in rows if float(row["conf"] or 0) >= _LEAST_CONFIDENCE and row["text"].strip())
