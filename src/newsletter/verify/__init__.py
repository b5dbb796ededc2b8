"""Check that nothing is lost: an editor's words must be in the page, in the text part and in the finished message.

A library can lose a character of a picture's description, the space between two words or a power of ten, without an
error. A project's own template can leave out the postal address. So this package reads the issue and the brand again
by itself. It looks for every word, number, address and description in what the pipeline built. It shares no code with
the pipeline, because nobody would notice a mistake that both make.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from newsletter.edition import InlinedPage, PlainText, WebPage
from newsletter.english import join
from newsletter.problems import Location, Problem, merge_by_edition
from newsletter.verify.brand import expected_brand, expected_headers, keys_of, placeholders
from newsletter.verify.expected import AnyOrder, Scalar, expected_text, subject_values
from newsletter.verify.fields import Words
from newsletter.verify.locate import locate
from newsletter.verify.match import Loss, find_missing
from newsletter.verify.received import Output, ReceivedMessage, read_message, read_page, read_plain_text
from newsletter.verify.tokens import words_of

MOST_LOSSES = 20
"""The number of losses of a file that are reported one by one. The others are only counted."""

_FOR_SUBSCRIBERS = {"web_version_url", "why_you_get_this", "unsubscribe.url", "preferences_url"}
_QUOTED_WORDS = 12  # a longer loss is cut
_HINT = (
    "This is not your mistake: a template leaves it out, or a tool dropped or changed it.\n"
    "Show this message to the person who looks after the templates. Until then, try other words or another block."
)
_BRAND_HINT = (
    "Every reader must get this, but a template leaves it out. Show this message to the person who looks after the\n"
    "templates: `newsletter explain template` lists what a template can use."
)
_STARS = "\nIf Markdown took a star away, because it marks emphasis, write \\* instead."

_Losses = dict[tuple[Scalar, str], "_Missing"]
"""Losses by value and sentence, so that each is reported once."""


class _Missing(NamedTuple):
    """A loss, with the names of the outputs that lack the piece, and the kinds of edition that they belong to."""

    loss: Loss
    outputs: dict[str, None]
    kinds: set[str]


class SourceFile(NamedTuple):
    """A YAML file that its loader has accepted: its text, its name in messages, and what stands for its fields."""

    text: str
    file: str
    fields: Words = ()


class Email(NamedTuple):
    """One edition: its kind, its HTML part as it was built (None if it has none), its text, and the message."""

    kind: str
    page: InlinedPage | None
    text: PlainText
    eml: bytes


def find_losses(
    sources: Sequence[SourceFile], brand: Sequence[SourceFile], emails: Sequence[Email]
) -> Iterator[Problem]:
    """Find the words and links of an issue and its brand that do not arrive in an email.

    Args:
        sources: the issue's YAML, which `load` has accepted, then that of each snippet in it.
        brand: the brand's YAML, which `load_brand` has accepted: one file, or another one with what differs from it.
        emails: the editions of the issue.

    Yields:
        A problem for each piece that is missing, changed or out of order. Its location is the line and column in the
        YAML; its message names the parts that lack the piece. At most `MOST_LOSSES` for each file, and one that counts
        the others.
    """
    issue, *snippets = sources
    from_issue = expected_text(issue.text, issue.fields)
    outputs = [(read_page(email.page), [email.kind]) for email in emails if email.page is not None]
    for text in dict.fromkeys(email.text for email in emails):
        outputs.append((read_plain_text(text), [email.kind for email in emails if email.text == text]))
    changed: dict[str, list[Problem]] = {}
    for email in emails:
        message = read_message(email.eml)
        changed[email.kind] = [*_subject(from_issue, message.subject, issue.file), *_headers(brand, message)]
        for output in _altered_parts(email, message, issue, changed[email.kind]):
            outputs.append((output, [email.kind]))
            if not any(find_missing(from_issue, output, stream, 0) for stream in output.by_stream):
                sentence = f"{output.name[0].upper()}{output.name[1:]} was changed after it was built."
                changed[email.kind].append(Problem(Location(issue.file), "part-lost", sentence, _HINT))
    yield from merge_by_edition(changed)
    kinds = [email.kind for email in emails]
    yield from _report(_losses(from_issue, outputs), kinds, issue, _HINT)
    for snippet in snippets:
        yield from _report(_losses(expected_text(snippet.text, snippet.fields), outputs), kinds, snippet, _HINT)
    of_issue = placeholders(issue.text, issue.file)
    for file, replaced in _with_replaced(brand):
        from_brand = expected_brand(file.text, from_issue, of_issue, replaced, file.fields)
        yield from _report(_losses(from_brand, outputs), kinds, file, _BRAND_HINT)


def find_web_losses(sources: Sequence[SourceFile], brand: Sequence[SourceFile], page: WebPage) -> Iterator[Problem]:
    """Find the words and links of an issue and its brand that are not in the web version.

    The web version needs no link to itself, and what is only for subscribers is not true for its readers.

    Args:
        sources: as for `find_losses`.
        brand: as for `find_losses`.
        page: the web version.

    Yields:
        Problems as `find_losses` does.
    """
    issue, output = sources[0], read_page(page, "the web version")
    from_issue = expected_text(issue.text, issue.fields)
    for file in sources:
        yield from _report(_losses(expected_text(file.text, file.fields), [(output, [])]), [], file, _HINT)
    of_issue = placeholders(issue.text, issue.file)
    for file, replaced in _with_replaced(brand):
        unexpected = replaced | _FOR_SUBSCRIBERS
        from_brand = expected_brand(file.text, from_issue, of_issue, unexpected, file.fields)
        yield from _report(_losses(from_brand, [(output, [])]), [], file, _BRAND_HINT)


def _with_replaced(brand: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, set[str]]]:
    """Yield each file of a brand with the keys whose values a later file replaces."""
    for number, file in enumerate(brand, 1):
        yield file, {key for later in brand[number:] for key in keys_of(later.text)}


def _altered_parts(
    email: Email, message: ReceivedMessage, issue: SourceFile, problems: list[Problem]
) -> Iterator[Output]:
    """Yield the parts of a message that differ from the built ones. A part that is not there is a problem."""
    for built, sent, read, name in (
        (email.page, message.page, read_page, "the HTML part of the email file"),
        (email.text, message.text, read_plain_text, "the plain-text part of the email file"),
    ):
        if built is not None and sent is None:
            sentence = f"There is no {name.removeprefix('the ')}."
            problems.append(Problem(Location(issue.file), "part-lost", sentence, _HINT))
        elif built is not None and sent is not None and _lines(sent) != _lines(built):
            yield read(sent, name)


def _losses(whole: AnyOrder, outputs: Iterable[tuple[Output, Sequence[str]]]) -> _Losses:
    losses: _Losses = {}
    for output, kinds in outputs:
        for stream in output.by_stream:
            for loss in find_missing(whole, output, stream, MOST_LOSSES):
                missing = losses.setdefault((loss.piece.scalar, _sentence(loss)), _Missing(loss, {}, set()))
                missing.outputs[output.name] = None
                missing.kinds.update(kinds)
    return losses


def _report(losses: _Losses, kinds: Sequence[str], source: SourceFile, hint: str) -> Iterator[Problem]:
    ordered = sorted(losses.items(), key=lambda item: (item[0][0].node.start_mark.index, item[1].loss.first))
    for (_, sentence), (loss, outputs, lossy) in ordered[:MOST_LOSSES]:
        starred = any("*" in word for word in loss.piece.tokens[loss.first : loss.end])
        location = locate(loss, source.text, source.file)
        only = tuple(kind for kind in kinds if kind in lossy) if len(lossy) < len(kinds) else ()
        message = f"{sentence} on the way to {join(outputs)}."
        yield Problem(location, _id(loss), message, hint + _STARS * starred, editions=only)
    if len(ordered) > MOST_LOSSES:
        more = f"{len(ordered) - MOST_LOSSES} more pieces of this file were lost or are in another order."
        yield Problem(locate(ordered[MOST_LOSSES][1][0], source.text, source.file), "words-lost", more, hint)


def _subject(whole: AnyOrder, sent: str, file: str) -> Iterator[Problem]:
    for scalar in subject_values(whole):
        if " ".join(normalize("NFC", sent).split()) != " ".join(normalize("NFC", scalar.text).split()):
            mark = scalar.node.start_mark
            location = Location(file, mark.line + 1, mark.column + 1)
            yield Problem(location, "subject-lost", f"The subject became “{sent}” on the way to the email file.", _HINT)


def _headers(brand: Sequence[SourceFile], message: ReceivedMessage) -> Iterator[Problem]:
    scalars = (
        (file.file, *each)
        for file, replaced in _with_replaced(brand)
        for each in expected_headers(file.text, replaced, file.fields)
    )
    for file, name, scalar in scalars:
        sent = message.headers.get(name, "").replace("mailto:", " ")
        if not _holds(sent, scalar.text):
            location = Location(file, scalar.node.start_mark.line + 1, scalar.node.start_mark.column + 1)
            sentence = f"“{scalar.text.strip()}” was lost on the way to the email's header “{name}”."
            yield Problem(location, "header-lost", sentence, _HINT)


def _holds(header: str, text: str) -> bool:
    received, words = (" ".join(words_of(unquote(each))) for each in (header, text))
    # A name that has only signs, such as “-”, has no words.
    return f" {words} " in f" {received} " if words else text.strip() in header


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
    # Tokens have lost their punctuation. A value that is lost as a whole is quoted as it was typed.
    quotable = scalar.text.split() if tokens == tuple(words_of(scalar.text)) else tokens
    words = " ".join(quotable[:_QUOTED_WORDS]) + ("…" if len(quotable) > _QUOTED_WORDS else "")
    where = {"alt": " of a picture's description", "subject": " of the subject"}.get(scalar.key, "")
    return f"The words “{words}”{where} were lost" if len(tokens) > 1 else f"The word “{words}”{where} was lost"


def _lines(text: str) -> str:
    """Return a text with LF at the ends of lines and none at its end: these may change when it is sent."""
    return "\n".join(text.splitlines()).rstrip("\n")
