"""Nothing is lost: what an editor wrote must stand in the page, in the text part and in the finished message.

Engines lose things in silence: a sign in a picture's description, the space between two words, a power of
ten. So this module reads the issue once more, by itself, and seeks every word, number, address and
description in what the pipeline made of it. It shares no code with the pipeline: what both believed, neither
would notice.
"""

from collections.abc import Iterator
from unicodedata import normalize

from newsletter.edition import InlinedPage, PlainText, WebPage
from newsletter.problems import Location, Problem
from newsletter.verify.expected import AnyOrder, Scalar, expected, subjects
from newsletter.verify.locate import locate
from newsletter.verify.match import Loss, find_missing
from newsletter.verify.received import Output, of_message, of_page, of_text

MOST = 20
"""How many losses are told one by one; the others are counted."""

_SHOWN = 12  # words quoted of a longer loss
_HINT = (
    "This is no mistake of yours: a template leaves it out, or a tool on the way dropped or changed it.\n"
    "Show this message to whoever looks after the templates. Other words or another block may help meanwhile."
)
_STARS = "\nIf it is Markdown that took a star away, as a mark of emphasis, write \\* for it."

_Losses = dict[tuple[Scalar, str], tuple[Loss, list[str]]]
"""What is lost, by value and sentence, with the names of the outputs that lost it; so the same is told once."""


def find_losses(source: str, file: str, page: InlinedPage | None, text: PlainText, eml: bytes) -> Iterator[Problem]:
    """Find what an issue lost on its way to the reader.

    Args:
        source: the issue's YAML, which `load` has accepted.
        file: its name in messages.
        page: the HTML part as it was made; None when the message is to have none.
        text: the plain-text part as it was made.
        eml: the finished message.

    Yields:
        A problem for each piece that is missing, changed or out of order, at the place where it was written,
        and naming what does not hold it; at most `MOST`, and then one that counts the others.
    """
    whole, message = expected(source), of_message(eml)
    outputs = [*([of_page(page)] if page is not None else []), of_text(text)]
    yield from _subject(whole, message.subject, file)
    for made, sent, read, name in (
        (page, message.page, of_page, "HTML part of the email file"),
        (text, message.text, of_text, "plain-text part of the email file"),
    ):
        if made is None:
            continue
        if sent is None:
            yield Problem(Location(file), "part-lost", f"There is no {name}.", _HINT)
        elif _lines(sent) != _lines(made):
            outputs.append(output := read(sent, f"the {name}"))
            if not any(find_missing(whole, output, stream, 0) for stream in output.streams):
                yield Problem(Location(file), "part-lost", f"The {name} is not what was made.", _HINT)
    yield from _told(_losses(whole, outputs), source, file)


def find_web_losses(source: str, file: str, page: WebPage) -> Iterator[Problem]:
    """Find what an issue lost on its way to its web version; arguments and problems are those of `lost`."""
    yield from _told(_losses(expected(source), [of_page(page, "the web version")]), source, file)


def _losses(whole: AnyOrder, outputs: list[Output]) -> _Losses:
    losses: _Losses = {}
    for output in outputs:
        for stream in output.streams:
            for loss in find_missing(whole, output, stream, MOST):
                _, names = losses.setdefault((loss.piece.scalar, _sentence(loss)), (loss, []))
                if output.name not in names:
                    names.append(output.name)
    return losses


def _told(losses: _Losses, source: str, file: str) -> Iterator[Problem]:
    ordered = sorted(losses.items(), key=lambda item: (item[0][0].node.start_mark.index, item[1][0].first))
    for (_, sentence), (loss, names) in ordered[:MOST]:
        starred = any("*" in word for word in loss.piece.tokens[loss.first : loss.end])
        hint = _HINT + _STARS if starred else _HINT
        yield Problem(locate(loss, source, file), _id(loss), f"{sentence} on the way to {_listed(names)}.", hint)
    if len(ordered) > MOST:
        more = f"{len(ordered) - MOST} more pieces of this issue were lost or stand in another order."
        yield Problem(Location(file), "words-lost", more, _HINT)


def _subject(whole: AnyOrder, sent: str, file: str) -> Iterator[Problem]:
    for written_as in subjects(whole):
        if " ".join(normalize("NFC", sent).split()) != " ".join(normalize("NFC", written_as.text).split()):
            mark = written_as.node.start_mark
            place = Location(file, mark.line + 1, mark.column + 1)
            yield Problem(place, "subject-lost", f"The subject became “{sent}” on the way to the email file.", _HINT)


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
    words = " ".join(tokens[:_SHOWN]) + (" …" if len(tokens) > _SHOWN else "")
    where = {"alt": " of a picture's description", "subject": " of the subject"}.get(scalar.key, "")
    return f"The words “{words}”{where} were lost" if len(tokens) > 1 else f"The word “{words}”{where} was lost"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _lines(text: str) -> str:
    """A text without what sending it may change: the kind of its line ends, and those at its end."""
    return "\n".join(text.splitlines()).rstrip("\n")
