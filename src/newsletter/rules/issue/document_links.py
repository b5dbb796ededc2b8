"""The words of a link to a document say what it is and how large it is.

A PDF or a Word file opens in another app, is slow on a phone and costs data. A screen reader, or large text, may not
work in it. Who knows that beforehand can wait, or ask for another form.

Bad:
    - text: |
        [Read the annual report](https://www.example.org/report.pdf)

Good:
    - text: |
        [Read the annual report (PDF, 310 KB)](https://www.example.org/report.pdf)

GOV.UK and NHS digital service manual, PDFs and other non-HTML documents: give type and size in the link. WCAG 2.2,
technique G201. The block `documents` has keys for them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from newsletter.check.issue_links import LinkRef
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.english import join

SEVERITY = "warning"

_NAMES = {
    "pdf": "PDF",
    "doc": "Word",
    "docx": "Word",
    "odt": "OpenDocument",
    "rtf": "RTF",
    "xls": "Excel",
    "xlsx": "Excel",
    "ods": "OpenDocument",
    "csv": "CSV",
    "ppt": "PowerPoint",
    "pptx": "PowerPoint",
    "odp": "OpenDocument",
    "zip": "ZIP",
    "epub": "EPUB",
}
_TYPE = re.compile(
    r"\b(?:pdf|word|excel|powerpoint|opendocument|rtf|csv|zip|epub|e-?book|spreadsheet"
    r"|slides|pages?)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\d\s?(?:[KMG]i?B|[KMG]o|bytes|кБ|МБ|pages?|tudalen|Seiten?)\b|كيلوبايت|ميغابايت", re.IGNORECASE)
_END = re.compile(r"[.!?]\s|\n")
_CHARACTERS_AFTER = 60
"""Characters after a link in which type and size may be."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the words of each link to a document, and those right after it."""
    for link in issue.links:
        kind = _kind(link.url)
        if kind is None or "documents" in link.path:
            continue
        words = _words_beside(issue, link)
        missing = [what for what, pattern in (("type", _TYPE), ("size", _SIZE)) if not pattern.search(words)]
        if missing:
            message = f"The words of this link do not say the document's {join(missing)}."
            yield Finding(
                link, message, f"Add them at the end, such as “({kind}, 240 KB)”, or use the block “documents”."
            )


def _kind(url: str) -> str | None:
    """Return the kind of document at an address: by its end, or by a file that its query names."""
    parts = urlsplit(url)
    files = (parts.path, *(value for _, value in parse_qsl(parts.query)))
    return next((name for file in files if (name := _NAMES.get(file.rpartition(".")[2].lower()))), None)


def _words_beside(issue: IssueText, link: LinkRef) -> str:
    """Return the words of a link, with those that follow it in its sentence, before the next link."""
    for paragraph in issue.paragraphs():
        if paragraph.path == link.path:
            for number, (start, end) in enumerate(paragraph.links, 1):
                if paragraph.text[start:end] == link.words:
                    following = paragraph.links[number][0] if number < len(paragraph.links) else len(paragraph.text)
                    rest = paragraph.text[end : min(following, end + _CHARACTERS_AFTER)]
                    return link.words + _END.split(rest)[0]
    return link.words
