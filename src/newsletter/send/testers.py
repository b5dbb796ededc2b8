"""Send a test of an issue to a few people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.check.report import Report
from newsletter.delivery.journal import Entry
from newsletter.delivery.run import OutgoingMessage
from newsletter.delivery.smtp import RelayError
from newsletter.delivery.transport import open_transport
from newsletter.edition import Edition, FinishedIssue
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import Brand
from newsletter.issue.field_syntax import FieldUse
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.personal.template import MessageTemplate
from newsletter.pipeline import build_editions, build_filled_issue, build_issue
from newsletter.prepare import token_maker
from newsletter.problems import Location, Problems, count_by_severity
from newsletter.project import Project
from newsletter.send.message_for_tester import message_for_tester

TEST_TOKEN = "test-token"
"""What a test has instead of the token of a reader."""


@dataclass(frozen=True)
class Testers:
    """Who gets a test, and of which editions: the first of the brand if there are none."""

    addresses: Sequence[str]
    kinds: Sequence[EditionKind] = ()
    on_wait: Callable[[str], object] = lambda _: None
    """Takes a sentence if the relay takes nothing yet and the run waits, in any thread."""


def send_test(
    path: Path, project: Project, brand: Brand, conditions: SendConditions, testers: Testers
) -> tuple[Report, list[Entry], list[FieldUse]]:
    """Send an issue to a few people, also if the check reports errors: these are in the message.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        conditions: the settings of the check and of the relay.
        testers: who gets it.

    Returns:
        The report of the check, what became of each message, and the fields, which have their fallbacks in it.

    Raises:
        Problems: if the issue cannot be built, or the relay takes no messages.
    """
    build = build_issue(path, project, brand)
    transport = open_transport(conditions.settings.relay, build.brand.sender.address, project)
    kinds = build.brand.editions
    checked = finish_and_check(build, project, conditions, dict.fromkeys((*kinds, *testers.kinds)))
    report, chosen = checked.report, testers.kinds or kinds[:1]
    summary = f"The check of “{build.issue.slug}” reports {count_by_severity(report.problems) or 'no problems'}."
    worst_first = sorted(report.problems, key=lambda problem: (problem.severity != "error", problem))
    editions, tokens = _for_readers(checked.issue, path, project, brand)

    def message(edition: Edition, address: str) -> bytes:
        test = message_for_tester(edition, summary, worst_first, address, TEST_TOKEN if tokens else "")
        return _filled(test, tokens, address, build.brand) if tokens else test

    messages = [
        OutgoingMessage(address, transport.finish(message(edition, address)))
        for address in testers.addresses
        for edition in editions
        if edition.kind in chosen
    ]
    # The messages of two editions to one person have different Message-IDs.
    results: dict[str, Entry] = {}
    run = transport.run(lambda entry: results.update({entry.message_id: entry}), messages=1, on_wait=testers.on_wait)
    try:
        run.send(iter(messages), lambda: None)
    except RelayError as error:
        raise Problems.one(Location("pyproject.toml"), "relay", str(error), error.hint) from None
    fields = (*build.issue.file.fields, *build.brand.file.fields)
    uses = dict.fromkeys(field.use for field in fields if field.use.fallback)
    return report, list(results.values()), list(uses)


def _for_readers(
    issue: FinishedIssue, path: Path, project: Project, brand: Brand
) -> tuple[Sequence[Edition], Mapping[str, FieldUse]]:
    """Return the editions with a word for each `{token}` and `{address}` of the brand, and these words.

    All other fields have their fallbacks. If the brand has neither, these are the editions as they are.
    """
    build = issue.build
    if not build.brand.reader_fields:
        return issue.editions, {}
    make_token = token_maker(build)
    filled = build_filled_issue(
        path, project, brand, build.issue.file.text, lambda use: use.fallback or make_token(use)
    )
    return build_editions(filled, project, [edition.kind for edition in issue.editions]), make_token.uses


def _filled(message: bytes, tokens: Mapping[str, FieldUse], address: str, brand: Brand) -> bytes:
    """Return the message of a test with the tester's address and a token of no reader."""
    try:
        return MessageTemplate.from_message(message, tokens).fill({"address": address, "token": TEST_TOKEN})
    except ValueError as error:
        raise Problems.one(
            Location(brand.file.name), "send", str(error), "Make the address in brand.yaml shorter."
        ) from error
