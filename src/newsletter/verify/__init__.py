"""Check that nothing is lost: an editor's words must be in the page, in the text part and in the finished message.

A library can lose a character of a picture's description, the space between two words or a power of ten, without an
error. A project's own template can leave out the postal address. So this package reads the issue and the brand again
by itself. It looks for every word, number, address and description in what the pipeline built. It shares no code with
the pipeline, because nobody would notice a mistake that both make.
"""

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from newsletter.edition import InlinedPage, PlainText, WebPage
from newsletter.english import join
from newsletter.problems import Location, Problem
from newsletter.verify.brand import expected_brand, expected_headers
from newsletter.verify.expected import AnyOrder, Scalar, expected, subjects
from newsletter.verify.locate import locate
from newsletter.verify.match import Loss, find_missing
from newsletter.verify.received import Message, Output, of_message, of_page, of_text
from newsletter.verify.tokens import words_of

MOST = 20
"""The number of losses of a file that are reported one by one. The others are only counted."""

_QUOTED_WORDS = 12  # a longer loss is cut
_HINT = (
    "This is not your mistake: a template leaves it out, or a tool dropped or changed it.\n"
    "Show this message to the person who looks after the templates. Until then, try other words or another block."
)
_BRAND_HINT = (
    "Every reader must get it, but a template leaves it out. Show this message to the person who looks after the\n"
    "templates: `newsletter explain template` lists what a template can use. If nobody needs it, delete it here."
)
_STARS = "\nIf Markdown took a star away, because it marks emphasis, write \\* instead."

_Losses = dict[tuple[Scalar, str], tuple[Loss, list[str]]]
"""Losses by value and sentence, with the names of the outputs that lost the piece. So each is reported once."""


class Source(NamedTuple):
    """A YAML file that its loader has accepted: its text, and its name in messages."""

    text: str
    file: str


def find_losses(
    issue: Source, brand: Source, page: InlinedPage | None, text: PlainText, eml: bytes
) -> Iterator[Problem]:
    """Find the words and links of an issue and its brand that do not arrive in an email.

    Args:
        issue: the issue's YAML, which `load` has accepted.
        brand: the brand's YAML, which `load_brand` has accepted.
        page: the HTML part as it was built; None if the message has no HTML part.
        text: the plain-text part as it was built.
        eml: the finished message.

    Yields:
        A problem for each piece that is missing, changed or out of order. Its location is the line and column in the
        YAML; its message names the parts that lack the piece. At most `MOST` for each file, and one that counts the
        others.
    """
    message = of_message(eml)
    from_issue = expected(issue.text)
    from_brand = expected_brand(brand.text, from_issue)
    outputs = [*([of_page(page)] if page is not None else []), of_text(text)]
    yield from _subject(from_issue, message.subject, issue.file)
    yield from _headers(brand, message)
    for built, sent, read, name in (
        (page, message.page, of_page, "HTML part of the email file"),
        (text, message.text, of_text, "plain-text part of the email file"),
    ):
        if built is None:
            continue
        if sent is None:
            yield Problem(Location(issue.file), "part-lost", f"There is no {name}.", _HINT)
        elif _lines(sent) != _lines(built):
            outputs.append(output := read(sent, f"the {name}"))
            if not any(find_missing(from_issue, output, stream, 0) for stream in output.by_stream):
                yield Problem(Location(issue.file), "part-lost", f"The {name} was changed after it was built.", _HINT)
    yield from _report(_losses(from_issue, outputs), issue, _HINT)
    yield from _report(_losses(from_brand, outputs), brand, _BRAND_HINT)


def find_web_losses(issue: Source, brand: Source, page: WebPage) -> Iterator[Problem]:
    """Find the words and links of an issue and its brand that are not in the web version.

    Arguments and problems are those of `find_losses`. The web version needs no link to itself.
    """
    from_issue, output = expected(issue.text), of_page(page, "the web version")
    from_brand = expected_brand(brand.text, from_issue, leaves_out="web_version_url")
    yield from _report(_losses(from_issue, [output]), issue, _HINT)
    yield from _report(_losses(from_brand, [output]), brand, _BRAND_HINT)


def _losses(whole: AnyOrder, outputs: list[Output]) -> _Losses:
    losses: _Losses = {}
    for output in outputs:
        for stream in output.by_stream:
            for loss in find_missing(whole, output, stream, MOST):
                _, names = losses.setdefault((loss.piece.scalar, _sentence(loss)), (loss, []))
                if output.name not in names:
                    names.append(output.name)
    return losses


def _report(losses: _Losses, source: Source, hint: str) -> Iterator[Problem]:
    ordered = sorted(losses.items(), key=lambda item: (item[0][0].node.start_mark.index, item[1][0].first))
    for (_, sentence), (loss, names) in ordered[:MOST]:
        starred = any("*" in word for word in loss.piece.tokens[loss.first : loss.end])
        place = locate(loss, source.text, source.file)
        yield Problem(place, _id(loss), f"{sentence} on the way to {join(names)}.", hint + _STARS * starred)
    if len(ordered) > MOST:
        more = f"{len(ordered) - MOST} more pieces of this file were lost or are in another order."
        yield Problem(Location(source.file), "words-lost", more, hint)


def _subject(whole: AnyOrder, sent: str, file: str) -> Iterator[Problem]:
    for scalar in subjects(whole):
        if " ".join(normalize("NFC", sent).split()) != " ".join(normalize("NFC", scalar.text).split()):
            mark = scalar.node.start_mark
            place = Location(file, mark.line + 1, mark.column + 1)
            yield Problem(place, "subject-lost", f"The subject became “{sent}” on the way to the email file.", _HINT)


def _headers(brand: Source, message: Message) -> Iterator[Problem]:
    for name, scalar in expected_headers(brand.text):
        sent = message.headers.get(name, "").replace("mailto:", " ")
        if not _holds(sent, scalar.text):
            place = Location(brand.file, scalar.node.start_mark.line + 1, scalar.node.start_mark.column + 1)
            sentence = f"“{scalar.text.strip()}” was lost on the way to the email's header “{name}”."
            yield Problem(place, "header-lost", sentence, _HINT)


def _holds(header: str, text: str) -> bool:
    received, words = (f" {' '.join(words_of(unquote(each)))} " for each in (header, text))
    return words in received


def _id(loss: Loss) -> str:
    piece = loss.piece
    if not piece.exact:
        return "date-lost"
    return {"links": "link-lost", "title": "subject-lost"}.get(
        piece.stream, "alt-lost" if piece.scalar.key == "alt" else "words-lost"
    )


def _sentence(loss: Loss) -> str:
    piece, scalar = loss.piece, loss.piece.scalar
    if not piece.exact:
        return f"The {'time' if ':' in scalar.text else 'date'} {scalar.text} was lost"
    if piece.stream == "links":
        return f"The link “{piece.tokens[0]}” was lost"
    tokens = piece.tokens[loss.first : loss.end]
    words = " ".join(tokens[:_QUOTED_WORDS]) + (" …" if len(tokens) > _QUOTED_WORDS else "")
    where = {"alt": " of a picture's description", "subject": " of the subject"}.get(scalar.key, "")
    return f"The words “{words}”{where} were lost" if len(tokens) > 1 else f"The word “{words}”{where} was lost"


def _lines(text: str) -> str:
    """Return a text with LF at the ends of lines and none at its end: these may change when it is sent."""
    return "\n".join(text.splitlines()).rstrip("\n")
