"""Write a message for each reader of a list, and note who has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import cast

from newsletter.edition_kinds import EditionKind
from newsletter.personal.journal import Claim, MergeJournal, address_digest
from newsletter.personal.recipients import Recipient, RecipientList, RejectedLine
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shard import Shard
from newsletter.personal.targets import Target
from newsletter.personal.template import MessageTemplate
from newsletter.stages.header_fields import NamedAddress

_BATCH_BYTES = 32_000_000
"""The bytes of messages that are written before they are shown and noted, whatever their number."""

_FIRST = 20

REPEATED = "The same address is in an earlier line."
"""The reason to reject a second line of a reader."""


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

    def reject(self, row: RejectedLine) -> None:
        """Count a line that gets no message, and keep it if it is one of the first."""
        self.rejected += 1
        self.first_rejected += [row] if self.rejected <= _FIRST else []


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
    """How many messages are written before they are shown and noted. A stop costs at most the work of one batch."""

    def write(self, on_progress: Callable[[Progress], None]) -> Progress:
        """Write all messages that are not written yet.

        Args:
            on_progress: called after each batch.

        Returns:
            What was done.

        Raises:
            OSError: if something cannot be written.
            Problems: if the list cannot be read to its end.
        """
        try:
            return self._write_all(on_progress)
        finally:
            self.target.close()
            self.rejects.close()

    def _write_all(self, on_progress: Callable[[Progress], None]) -> Progress:
        progress = Progress()
        self.target.recover(self.journal.state)
        number = size = 0
        for row in self.readers:
            rejected = row if isinstance(row, RejectedLine) else None
            digest = _digest_of_line(row) if isinstance(row, RejectedLine) else address_digest(row.values["address"])
            if not self.shard.has(digest):
                continue
            if isinstance(row, Recipient):
                try:
                    size_of_email = self._write_one(row, digest, progress)
                except ValueError as fault:
                    rejected = RejectedLine(row.line, row.cells, str(fault))
                else:
                    number, size = number + bool(size_of_email), size + size_of_email
            if rejected:
                self.rejects.add(rejected)
                progress.reject(rejected)
            if number >= self.batch or size >= _BATCH_BYTES:
                self._commit()
                on_progress(progress)
                number = size = 0
        self._commit()
        self.target.finish()
        self.rejects.finish()
        return progress

    def _write_one(self, reader: Recipient, digest: bytes, progress: Progress) -> int:
        """Write the message of a reader, and return its bytes; 0 if the reader has it from an earlier run.

        Raises:
            ValueError: if the reader cannot get one, with a sentence.
        """
        claim = self.journal.claim(digest)
        if claim is Claim.REPEATED:
            raise ValueError(REPEATED)
        if claim is Claim.EARLIER:
            progress.earlier += 1
            return 0
        kind = edition_of(reader, self.templates)
        try:
            message = self.templates[kind].pieces(_named(reader), reader.values)
        except ValueError:
            self.journal.release(digest)
            raise
        progress.emails[kind] += 1
        return self.target.add(reader.line, digest, message)

    def _commit(self) -> None:
        self.journal.commit(self.target.seal())
        self.target.deliver()


def edition_of(reader: Recipient, templates: Mapping[EditionKind, MessageTemplate]) -> EditionKind:
    """Return the edition that a reader has chosen, or else the first one."""
    chosen = reader.values.get("edition")
    return cast("EditionKind", chosen) if chosen in templates else next(iter(templates))


def message_for(reader: Recipient, template: MessageTemplate) -> bytes:
    """Return the message of a reader.

    Raises:
        ValueError: if the reader cannot get one, with a sentence.
    """
    return template.fill(_named(reader), reader.values)


def _named(reader: Recipient) -> NamedAddress:
    return NamedAddress(reader.values.get("name", ""), reader.values["address"])


def _digest_of_line(row: RejectedLine) -> bytes:
    """Return a digest by which a rejected line is in one shard."""
    return sha256("\0".join(row.cells).encode("utf-8", "surrogateescape")).digest()
