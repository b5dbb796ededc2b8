"""Send an issue to each reader of a list who has not had it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.atomic_write import write_all
from newsletter.check.report import Report
from newsletter.delivery.journal import DeliveryState, SendJournal
from newsletter.delivery.run import OutgoingMessage
from newsletter.delivery.servers import Relay
from newsletter.delivery.smtp import RelayError
from newsletter.delivery.transport import Transport, open_transport
from newsletter.edition_kinds import EditionKind
from newsletter.english import count
from newsletter.issue.brand import Brand
from newsletter.may_send import SendConditions
from newsletter.personal.list_file import ListFile, list_in_memory, read_list
from newsletter.personal.merge_journal import address_digest
from newsletter.personal.merge_run import REPEATED, Progress, edition_of, message_for
from newsletter.personal.recipients import Recipient, RecipientList, RejectedLine
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shared_tokens import TokenLines
from newsletter.personal.template import MessageTemplate
from newsletter.prepare import PreparedIssue, check_columns, prepare, templates_digest
from newsletter.problems import HINT_FOR_DISK, Location, Problem, Problems, raise_if_any
from newsletter.project import STATE_FOLDER, Project
from newsletter.send.example_links import example_links


def prepare_to_send(
    path: Path, project: Project, brand: Brand, conditions: SendConditions
) -> tuple[Report, PreparedIssue | None]:
    """Check whether an issue can be sent to readers, as `prepare` does; and that no link is only an example.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        conditions: the settings of the check.

    Raises:
        Problems: if it cannot be sent.
    """
    report, issue = prepare(path, project, brand, conditions)
    if issue:
        raise_if_any(example_links(issue.editions[0]))
    return report, issue


@dataclass(frozen=True)
class SendOptions:
    """Who gets a message: the list, and what somebody has decided."""

    recipients: Path
    confirmed: int | None = None
    """How many readers somebody expects to get a message now. If it is another number, nothing is sent."""
    retry: Sequence[DeliveryState] = ()
    """The results with which a message is sent again."""
    new_version: bool = False
    """Whether the issue may have changed since the last run."""
    on_wait: Callable[[str], object] = lambda _: None
    """Takes a sentence if the relay takes nothing yet and the run waits, in any thread."""

    @property
    def rejects(self) -> Path:
        """The file of rejected lines, beside the list."""
        return self.recipients.with_name(f"{self.recipients.name}.rejects.csv")


@dataclass
class SendResult:
    """What a run did."""

    due: int = 0
    """The readers who were to get a message in this run."""
    lines: Progress = field(default_factory=Progress)
    """The lines that were rejected, and the number of readers who had a result before."""
    results: Counter[DeliveryState] = field(default_factory=Counter)
    """The messages of this run by what became of them."""
    readers: Counter[DeliveryState] = field(default_factory=Counter)
    """The readers of this list by what became of their messages until now."""
    cause: Problem | None = None
    """Why the relay stopped taking messages, if it did."""
    problems: list[Problem] = field(default_factory=list)


def journal_path(slug: str, project: Project) -> Path:
    """Return the path of the journal of an issue. It is not in the outbox, which people empty."""
    return project.root / STATE_FOLDER / f"{slug}.send.journal"


def send(
    issue: PreparedIssue,
    options: SendOptions,
    relay: Relay | None,
    project: Project,
    on_progress: Callable[[SendResult], None],
) -> SendResult:
    """Send the message of each reader of a list who has not had it, if somebody has confirmed their number.

    Args:
        issue: the issue.
        options: who gets it.
        relay: the server that sends it.
        project: where the journal is.
        on_progress: called a few times a second.

    Returns:
        The result. If the relay stopped taking messages, it has the cause.

    Raises:
        Problems: if the list, the relay or the journal cannot be used, or if the run was stopped. The next one goes on.
    """
    slug = issue.editions[0].issue.slug
    path = journal_path(slug, project)
    transport = open_transport(relay, issue.brand.sender.address, project)
    try:
        write_all(path.parent, {".gitignore": b"*\n"})
        with closing(SendJournal(path, project.name_of(path))) as journal:
            return _ListRun(issue, options, project, journal, transport).send(on_progress)
    except KeyboardInterrupt:
        hint = "Type the same command to go on, with the number of readers that is left."
        raise Problems.one(Location(slug), "stopped", "Stopped before the end of the list.", hint) from None
    except (OSError, sqlite3.Error) as error:
        hint = f"{HINT_FOR_DISK} Then type the same command to go on."
        raise Problems.not_written(Location(STATE_FOLDER), error, "The journal", hint) from error


class _ListRun:
    """One run over a list: once to count and note its readers, and once to send."""

    def __init__(
        self, issue: PreparedIssue, options: SendOptions, project: Project, journal: SendJournal, transport: Transport
    ) -> None:
        self._issue, self._options, self._project = issue, options, project
        self._journal, self._transport = journal, transport
        self._templates: dict[EditionKind, MessageTemplate] = issue.templates("\r\n")
        self._result = SendResult()
        # Somebody may save the list while it is sent, which takes hours. Each message is for the line that was entered.
        name = project.name_of(options.recipients)
        if_damaged = "Nothing was sent. Use a whole file, and type the same command again."
        self._list = read_list(options.recipients, name), name, if_damaged
        self._waiting, self._deferred = set[int](), set[int]()

    def send(self, on_progress: Callable[[SendResult], None]) -> SendResult:
        digest, result = templates_digest(self._templates), self._result
        is_other = self._journal.about.get("issue", digest) != digest
        if is_other and not self._options.new_version and (number := self._journal.count_with_message()):
            have = "has" if number == 1 else "have"
            message = f"The issue or the brand has changed, and {count(number, 'reader')} {have} the version of before."
            hint = "Change that back. Or add --new-version: then those who have none yet get the new version."
            raise Problems.one(Location(self._issue.editions[0].issue.file.name), "journal", message, hint)
        self._enter_readers()
        if self._options.confirmed == result.due:
            self._journal.remember({"issue": digest})
            self._journal.commit()
            run = self._transport.run(self._journal.note, messages=result.due, on_wait=self._options.on_wait)
            result.results = run.results
            try:
                run.send(self._letters(), lambda: on_progress(result))
            except RelayError as error:
                result.cause = Problem(Location("pyproject.toml"), "relay", str(error), error.hint)
            else:
                self._require_nobody_left()
        result.readers = self._journal.count()
        return result

    def _require_nobody_left(self) -> None:
        """Report readers who were left out. There are none, unless something is wrong that nobody has thought of."""
        if left := self._journal.count()["waiting"]:
            message = f"{count(left, 'reader')} of the list did not have their turn."
            location = Location(self._project.name_of(self._options.recipients))
            problem = Problem(location, "stopped", message, "Type the same command to go on, with their number.")
            self._result.problems.append(problem)

    def _enter_readers(self) -> None:
        """Note the readers in the journal, and write the lines that get no message to a file."""
        lines = self._result.lines
        file = list_in_memory(*self._list)
        readers = self._readers(file)
        self._result.problems += check_columns(readers, file, self._templates)
        readers.require_readers()
        with (
            closing(RejectsFile(self._options.rejects, readers)) as rejects,
            closing(TokenLines()) as tokens,
        ):
            for row in readers:
                rejected = row if isinstance(row, RejectedLine) else self._enter(row)
                if isinstance(row, Recipient) and not rejected and self._issue.unsubscribes_by_token:
                    reader = address_digest(row.values["address"])
                    lines.share(tokens.add([(row.line, row.values["token"], reader)]))
                if rejected:
                    rejects.add(rejected)
                    lines.reject(rejected)
            rejects.finish()

    def _enter(self, reader: Recipient) -> RejectedLine | None:
        """Note a reader; return the line with the reason instead if no message can be for it."""
        try:
            self._message(reader)
        except ValueError as fault:
            return RejectedLine(reader.line, reader.cells, str(fault))
        state = self._journal.enter(reader.values["address"])
        if state is None:
            return RejectedLine(reader.line, reader.cells, REPEATED)
        if state == "waiting":
            self._waiting.add(reader.line)
        elif state == "deferred" or state in self._options.retry:
            self._deferred.add(reader.line)
        else:
            self._result.lines.earlier += 1
        self._result.due = len(self._waiting) + len(self._deferred)
        return None

    def _letters(self) -> Iterator[OutgoingMessage]:
        """Read the list again, and yield the message of each reader who is to get one."""
        # Those who failed before come last. Otherwise, the same few could stop each run before anybody else's turn.
        for due in (self._waiting, self._deferred):
            for row in self._readers(list_in_memory(*self._list)):
                if isinstance(row, Recipient) and row.line in due:
                    yield OutgoingMessage(row.values["address"], self._transport.finish(self._message(row)))

    def _readers(self, file: ListFile) -> RecipientList:
        return RecipientList(file, tuple(self._issue.brand.fields), tuple(self._templates))

    def _message(self, reader: Recipient) -> bytes:
        return message_for(reader, self._templates[edition_of(reader, self._templates)])
