"""Write a message for each reader of a list, and note who has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import compress, islice
from typing import cast

from newsletter.edition_kinds import EditionKind
from newsletter.personal.merge_journal import MergeJournal, ReaderState, address_digest
from newsletter.personal.recipients import Recipient, RecipientList, RejectedLine
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shard import Shard
from newsletter.personal.shared_tokens import SharedToken, TokenLine, TokenLines
from newsletter.personal.targets import MessageToWrite, Target
from newsletter.personal.template import MessageTemplate

_BATCH_BYTES = 32_000_000
"""The bytes of messages that are written before they are shown and noted, if these are fewer than a batch."""

_MOST_REJECTED_LINES = 20

REPEATED = "The same address is in an earlier line."
"""The reason to reject a second line of a reader."""

_Reader = tuple[Recipient, bytes, EditionKind, Sequence[str]]
"""A reader, the SHA-256 of the address, the edition, and the texts of the reader for its template."""


@dataclass
class Progress:
    """How far a run is."""

    emails: Counter[EditionKind] = field(default_factory=Counter)
    """The messages of this run, by edition."""
    earlier: int = 0
    """Readers who had a message from an earlier run."""
    rejected: int = 0
    """Lines that got no message."""
    first_rejected: list[RejectedLine] = field(default_factory=list)
    """The first of them. The file has them all."""

    shared_tokens: int = 0
    """Lines that have the token of an earlier line."""
    first_shared: list[SharedToken] = field(default_factory=list)
    """The first of them."""

    def share(self, tokens: Sequence[SharedToken]) -> None:
        """Count lines with the token of another, and keep the first of them."""
        self.first_shared += tokens[: max(0, _MOST_REJECTED_LINES - self.shared_tokens)]
        self.shared_tokens += len(tokens)

    def reject(self, row: RejectedLine) -> None:
        """Count a line that gets no message, and keep it if it is one of the first."""
        self.rejected += 1
        self.first_rejected += [row] if self.rejected <= _MOST_REJECTED_LINES else []


@dataclass(frozen=True)
class MergeRun:
    """Where the messages come from, and where they go.

    `templates` has the editions that the brand offers, the one for readers who have not chosen first.
    """

    readers: RecipientList
    templates: Mapping[EditionKind, MessageTemplate]
    shard: Shard
    journal: MergeJournal
    target: Target
    rejects: RejectsFile
    batch: int = 500
    """How many lines are read before their messages are noted and shown. A stop costs at most one batch of work."""
    tokens: TokenLines | None = None
    """The tokens of the readers, if two of them should not have the same."""

    def write(self, on_progress: Callable[[Progress], None]) -> Progress:
        """Write all messages that are not written yet.

        Args:
            on_progress: called after each batch.

        Returns:
            The result.

        Raises:
            OSError: if something cannot be written.
            Problems: if the list cannot be read to its end.
        """
        try:
            return self._write_all(on_progress)
        finally:
            self.target.close()
            self.rejects.close()
            if self.tokens:
                self.tokens.close()

    def _write_all(self, on_progress: Callable[[Progress], None]) -> Progress:
        progress = Progress()
        self.target.recover(self.journal.state)
        rows, size = iter(self.readers), self._size_of_batch()
        while batch := list(islice(rows, size)):
            self._write_batch(batch, progress)
            on_progress(progress)
        self.target.finish()
        self.rejects.finish()
        return progress

    def _size_of_batch(self) -> int:
        longest = max(map(len, self.templates.values()))
        return max(1, min(self.batch, _BATCH_BYTES // longest))

    def _write_batch(self, rows: Sequence[Recipient | RejectedLine], progress: Progress) -> None:
        """Write the messages of those of some readers who are of this shard, and note them.

        Each step is done for all of them before the next, which takes less time than reader by reader.
        """
        rejected: list[RejectedLine] = []
        lines: list[TokenLine] = []
        readers: list[_Reader] = []
        for row in rows:
            if isinstance(row, RejectedLine):
                rejected += [row] if self.shard.has(_digest_of_line(row)) else []
                continue
            digest = address_digest(row.values["address"])
            if self.tokens:
                lines.append((row.line, row.values["token"], digest))
            if not self.shard.has(digest):
                continue
            kind = edition_of(row, self.templates)
            try:
                texts = self.templates[kind].texts(row.values)
            except ValueError as fault:
                rejected.append(RejectedLine(row.line, row.cells, str(fault)))
            else:
                readers.append((row, digest, kind, texts))
        states = self.journal.claim([digest for _, digest, _, _ in readers])
        new = list(compress(readers, [state is ReaderState.NEW for state in states]))
        progress.emails.update(kind for _, _, kind, _ in new)
        progress.earlier += states.count(ReaderState.EARLIER)
        repeated = [row for (row, *_), state in zip(readers, states, strict=True) if state is ReaderState.REPEATED]
        rejected += [RejectedLine(row.line, row.cells, REPEATED) for row in repeated]
        if self.tokens:
            progress.share(self.tokens.add(lines))
        for line in sorted(rejected):
            self.rejects.add(line)
            progress.reject(line)
        self.journal.commit(self.target.write(self._messages(new)))
        self.target.deliver()

    def _messages(self, readers: Sequence[_Reader]) -> Iterator[MessageToWrite]:
        """Yield the messages of some readers, in their order."""
        of_kind: dict[EditionKind, list[Sequence[str]]] = {kind: [] for kind in self.templates}
        for _, _, kind, texts in readers:
            of_kind[kind].append(texts)
        pieces = {kind: self.templates[kind].pieces(texts) for kind, texts in of_kind.items()}
        for row, digest, kind, _ in readers:
            yield row.line, digest, next(pieces[kind])


def edition_of(reader: Recipient, templates: Mapping[EditionKind, MessageTemplate]) -> EditionKind:
    """Return the edition that a reader has chosen, or else the first one."""
    chosen = reader.values.get("edition")
    return cast("EditionKind", chosen) if chosen in templates else next(iter(templates))


def message_for(reader: Recipient, template: MessageTemplate) -> bytes:
    """Return the message of a reader.

    Raises:
        ValueError: if the reader cannot get one, with a sentence.
    """
    return template.fill(reader.values)


def _digest_of_line(row: RejectedLine) -> bytes:
    """Return a digest by which a rejected line is in one shard."""
    return sha256("\0".join(row.cells).encode("utf-8", "surrogateescape")).digest()
