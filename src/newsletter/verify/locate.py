"""Find the line and column of a lost word in the YAML file."""

import re

import yaml

from newsletter.problems import Location
from newsletter.verify.expected import Piece
from newsletter.verify.match import Loss
from newsletter.verify.tokens import words_of


def locate(loss: Loss, source: str, file: str) -> Location:
    """Return the location of the first of the lost words.

    Args:
        loss: the piece, and which of its words are missing.
        source: the YAML of the file that the piece comes from.
        file: its name in messages.

    Returns:
        The location of the word itself. If it is written in another way, such as `&lt;` for <, that of the value that
        holds it.
    """
    node, token = loss.piece.scalar.node, loss.piece.tokens[loss.first]
    begin, end = node.start_mark.index, node.end_mark.index
    # After | or >, which begin a block, the same line may hold a comment.
    begin = source.find("\n", begin, end) + 1 if loss.piece.scalar.style in ("|", ">") else begin
    earlier = loss.piece.tokens[: loss.first].count(token) + _count(token, loss.piece.stream, loss.piece.previous)
    for chunk in re.finditer(r"\S+", source[begin:end]):
        occurrences = _times(token, chunk[0], loss.piece)
        if occurrences > earlier:
            return _at(begin + chunk.start() + max(chunk[0].find(token), 0), source, file, node)
        earlier -= occurrences
    return Location(file, node.start_mark.line + 1, node.start_mark.column + 1)


def _count(token: str, stream: str, piece: Piece | None) -> int:
    count = 0
    while piece is not None:
        count += piece.tokens.count(token) if piece.stream == stream else 0
        piece = piece.previous
    return count


def _times(token: str, chunk: str, piece: Piece) -> int:
    """Return how often a token is in a run of characters without white space."""
    if piece.stream == "links":
        return chunk.count(token)
    # Once as it is, and once without the brackets and backslashes around it.
    return max(words_of(chunk).count(token), words_of(re.sub(r"[][(){}<>\\]", " ", chunk)).count(token))


def _at(index: int, source: str, file: str, node: yaml.Node) -> Location:
    line = node.start_mark.line + 1 + source.count("\n", node.start_mark.index, index)
    return Location(file, line, index - source.rfind("\n", 0, index))
