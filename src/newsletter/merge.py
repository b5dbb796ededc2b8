"""`newsletter merge`: check an issue, build it once for each edition, and write a message for each reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from glob import escape
from hashlib import sha256
from pathlib import Path

from newsletter.characters import quoted
from newsletter.check.report import Report
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import PLACEHOLDER, Brand
from newsletter.issue.field_syntax import OF_THE_READER, FieldUse
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.personal.field_tokens import TokenMaker
from newsletter.personal.list_file import ListFile
from newsletter.personal.merge_journal import MergeJournal
from newsletter.personal.merge_run import MergeRun, Progress
from newsletter.personal.recipients import RecipientList
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shard import Shard
from newsletter.personal.targets import LINE_ENDS, TargetKind, open_target
from newsletter.personal.template import MessageTemplate
from newsletter.pipeline import build_editions, build_filled_issue, build_issue
from newsletter.problems import Location, Problem, Problems, raise_if_any
from newsletter.project import Project
from newsletter.ready.own_brand import sample_problem
from newsletter.source.nodes import KeyPath, at_path

_OF_THE_READER = [f"{{{name}}}" for name in OF_THE_READER]
"""What an address of the brand can have of each reader."""

_UNSUBSCRIBE = ("unsubscribe", "url")
_URLS: Sequence[KeyPath] = (_UNSUBSCRIBE, ("preferences_url",), ("web_version_url",))
_JOURNAL = re.compile(r"(?:\.\d+-of-(\d+))?\.journal")
"""What is after the name of a target in the names of its journals."""
ISSUE_CHANGED = "The issue or the brand has changed since the last run, so some readers have another version."
_OWN_MBOX = "Each part of a list needs an mbox of its own: write to another path."
_CHANGED = {
    "issue": ISSUE_CHANGED,
    "target": "The last run wrote messages in another form there.",
    "shard": "The last run wrote another part of the list there.",
}


@dataclass(frozen=True)
class Destination:
    """Where the messages go: the kind and the path of the target, and the part of the list."""

    kind: TargetKind
    path: Path
    shard: Shard
    resume: bool
    """Whether an earlier run goes on."""

    @property
    def journal(self) -> Path:
        """The journal, beside the target. An mbox is one file, so it has one part of the list alone."""
        return self._beside(".journal")

    @property
    def rejects(self) -> Path:
        """The file of rejected lines, beside the target."""
        return self._beside(".rejects.csv")

    def other_divisions(self) -> list[int]:
        """Return the other numbers of parts into which runs divided the list that wrote to the same target."""
        if self.kind == "mbox":
            return []  # its one journal knows the part
        beside = self.path.parent.glob(f"{escape(self.path.name)}*.journal")
        matches = [_JOURNAL.fullmatch(path.name, len(self.path.name)) for path in beside]
        return sorted({int(match[1] or 1) for match in matches if match} - {self.shard.of})

    def _beside(self, suffix: str) -> Path:
        shard = "" if self.kind == "mbox" else self.shard.suffix
        return self.path.parent / f"{self.path.name}{shard}{suffix}"


@dataclass(frozen=True)
class PreparedIssue:
    """An issue with a token for each of its fields, in all editions that the brand offers."""

    editions: Sequence[Edition]
    tokens: Mapping[str, FieldUse]

    @property
    def brand(self) -> Brand:
        """The brand of the issue."""
        return self.editions[0].brand

    def templates(self, line_end: str) -> dict[EditionKind, MessageTemplate]:
        """Return the template of each edition, the one for readers who chose none first.

        Args:
            line_end: what the messages have between their lines.

        Raises:
            Problems: if a field is where no value can be.
        """
        return {each.kind: _template(each, self.tokens, line_end) for each in self.editions}


def prepare(
    path: Path, project: Project, brand: Brand, conditions: SendConditions, filled_in: Collection[KeyPath] = ()
) -> tuple[Report, PreparedIssue | None]:
    """Check whether an issue can go to each reader, and build it with tokens.

    What is checked is the issue with the fallbacks of its fields, as `newsletter render` writes it.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        conditions: the settings of the check.
        filled_in: the paths of addresses of the brand that a mailing service fills in.

    Returns:
        The report of the check, and the issue; None instead if a problem stops it.

    Raises:
        Problems: if the issue cannot be built, or the brand cannot be sent to readers.
    """
    build = build_issue(path, project, brand)
    raise_if_any(_brand_problems(build.brand, filled_in))
    checked = finish_and_check(build, project, conditions)
    if checked.is_blocked:
        return checked.report, None
    # In what was checked, fallbacks look like any other words. So it is built again, from the same text, with tokens.
    text = build.issue.file.text
    make_token = TokenMaker([build.mjml, text, *(part.text for part in build.brand.file.parts)])
    filled = build_editions(build_filled_issue(path, project, brand, text, make_token), project)
    return checked.report, PreparedIssue(filled, make_token.uses)


def _brand_problems(brand: Brand, filled_in: Collection[KeyPath]) -> Iterator[Problem]:
    """Yield why no reader can get an email of a brand."""
    if not brand.file.is_own:
        yield sample_problem()
    urls = dict(zip(_URLS, (brand.unsubscribe.url, brand.preferences_url, brand.web_version_url), strict=True))
    for path, url in urls.items():
        if path in filled_in:
            continue
        unfilled = [each for each in PLACEHOLDER.findall(url or "") if each not in _OF_THE_READER]
        if unfilled:
            hint = "Write {token} for a column “token” of the list, or {address} for the reader's address."
            yield _at(brand, path, f"Nothing fills in {quoted(unfilled[0])} in this address.", hint)
    is_for_all = not any(each in brand.unsubscribe.url for each in _OF_THE_READER)
    if brand.unsubscribe.one_click and is_for_all and _UNSUBSCRIBE not in filled_in:
        hint = "Write {token} in it for a column “token” of the list, or delete “one_click”."
        message = "The address to unsubscribe is the same for all readers, so one click cannot say who leaves."
        yield _at(brand, _UNSUBSCRIBE, message, hint)


def _at(brand: Brand, path: KeyPath, message: str, hint: str) -> Problem:
    return Problem(at_path(brand.file.root, path).location, "merge", message, hint)


def merge(
    issue: PreparedIssue,
    file: ListFile,
    destination: Destination,
    project: Project,
    on_progress: Callable[[Progress], None],
) -> tuple[Progress, Sequence[Problem]]:
    """Write a message for each reader of a list.

    Args:
        issue: the issue; its first edition is for readers who chose none.
        file: the list.
        destination: where the messages go.
        project: for names of files in problems.
        on_progress: called after each batch.

    Returns:
        The result, and warnings about the list.

    Raises:
        Problems: if the list, the target or the journal cannot be used. Run again with `resume` to go on.
    """
    templates = issue.templates(LINE_ENDS[destination.kind])
    readers = RecipientList(file, tuple(issue.brand.fields), tuple(templates))
    warnings = list(check_columns(readers, file, templates))
    _require_free(destination, project)
    location = Location(project.name_of(destination.path))
    try:
        destination.path.parent.mkdir(parents=True, exist_ok=True)
        about = {
            "issue": templates_digest(templates),
            "target": destination.kind,
            "shard": destination.shard.suffix,
        }
        name = project.name_of(destination.journal)
        journal = MergeJournal(destination.journal, name, about)
        try:
            if journal.changed:
                is_part = journal.changed[0] == "shard" and destination.kind == "mbox"
                hint = _OWN_MBOX if is_part else "Change that back, or write all messages to another place."
                raise Problems.one(Location(name), "journal", _CHANGED[journal.changed[0]], hint)
            date, sender = issue.editions[0].issue.sent_at(issue.brand.zone), issue.brand.sender.address
            target = open_target(destination.kind, destination.path, journal.id, sender, date)
            rejects = RejectsFile(destination.rejects, readers)
            return MergeRun(readers, templates, destination.shard, journal, target, rejects).write(
                on_progress
            ), warnings
        finally:
            journal.close()
    except KeyboardInterrupt:
        hint = "Type the same command with --resume to go on."
        raise Problems.one(location, "stopped", "Stopped before the end of the list.", hint) from None
    except OSError as error:
        hint = "Check that the disk has free space, and that you can write there. Then run it again with --resume."
        raise Problems.one(
            location, "write", f"Messages cannot be written: {error.strerror or error}.", hint
        ) from error


def _template(edition: Edition, tokens: Mapping[str, FieldUse], line_end: str) -> MessageTemplate:
    try:
        return MessageTemplate.from_message(edition.message, tokens, line_end)
    except ValueError as error:
        raise Problems.one(Location(edition.issue.file.name), "merge", str(error), "Remove the field.") from error


def templates_digest(templates: Mapping[EditionKind, MessageTemplate]) -> str:
    """Return a SHA-256 of the templates of an issue, by which a later run knows whether it has changed."""
    return sha256("".join(each.digest for each in templates.values()).encode()).hexdigest()


def check_columns(
    readers: RecipientList, file: ListFile, templates: Mapping[EditionKind, MessageTemplate]
) -> Iterator[Problem]:
    """Yield warnings about columns that the issue has fields for, or the other way round.

    Args:
        readers: the columns of the list.
        file: the list, for its name.
        templates: of all editions that readers can choose.

    Raises:
        Problems: if a column is not there, and no reader could get an email.
    """
    location = Location(file.name, 1)
    uses = {use for template in templates.values() for use in template.fields.values()}
    if "token" not in readers.columns and any(use.name == "token" for use in uses):
        hint = "Add it to the list, or remove {token} from brand.yaml."
        raise Problems.one(
            location, "recipients", "There is no column “token”, which addresses of the brand need.", hint
        )
    for name in sorted({use.name for use in uses if use.fallback} - {*readers.columns}):
        message = f"There is no column “{name}”, so every reader gets the fallback of this field."
        yield Problem(location, "recipients", message, "Add it to the list, if that is known.", "warning")
    if "token" in readers.columns and not any(use.name == "token" for use in uses):
        hint = "Write {token} in the address to unsubscribe in brand.yaml."
        yield Problem(location, "recipients", "No address of the brand uses the column “token”.", hint, "warning")


def _require_free(destination: Destination, project: Project) -> None:
    """Report a target that has messages already, unless a run goes on there."""
    location = Location(project.name_of(destination.path))
    if others := destination.other_divisions():
        division = f"divided the list into {others[0]} parts" if others[0] > 1 else "did not divide the list"
        message = f"A run that {division} has written here."
        hint = "Readers would get two emails. Divide it as that run did, or write to another place."
        raise Problems.one(location, "write", message, hint)
    if destination.resume and destination.journal.exists():
        return
    path = destination.path
    if destination.journal.exists():
        if destination.kind == "mbox" and destination.shard.of > 1:
            hint = f"{_OWN_MBOX} To go on with the same part, add --resume."
        else:
            hint = "Add --resume to go on there, or write to another place."
        raise Problems.one(location, "write", "A run of `newsletter merge` has written here.", hint)
    is_used = path.is_dir() and destination.kind == "folder" and not destination.shard.suffix and any(path.iterdir())
    if is_used or (destination.kind == "mbox" and path.exists()):
        message = "The folder has other files in it." if is_used else "There is a file or folder of this name already."
        raise Problems.one(location, "write", message, "Choose another name.")
