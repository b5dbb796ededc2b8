"""Send a test of an issue to a few people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.check.report import Report
from newsletter.delivery.journal import Entry
from newsletter.delivery.run import OutgoingMessage
from newsletter.delivery.smtp import RelayError
from newsletter.delivery.transport import open_transport
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import Brand
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.pipeline import build_issue
from newsletter.problems import Location, Problems, count_by_severity
from newsletter.project import Project
from newsletter.send.message_for_tester import message_for_tester


@dataclass(frozen=True)
class Testers:
    """Who gets a test, and of which editions: the first of the brand if there are none."""

    addresses: Sequence[str]
    kinds: Sequence[EditionKind] = ()
    on_wait: Callable[[str], object] = lambda _: None
    """Takes a sentence if the relay takes nothing yet and the run waits, in any thread."""


def send_test(
    path: Path, project: Project, brand: Brand, conditions: SendConditions, testers: Testers
) -> tuple[Report, list[Entry]]:
    """Send an issue to a few people, also if the check reports errors: these are in the message.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        conditions: the settings of the check and of the relay.
        testers: who gets it.

    Returns:
        The report of the check, and what became of each message.

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
    messages = [
        OutgoingMessage(address, transport.sign(message_for_tester(edition, summary, worst_first, address)))
        for address in testers.addresses
        for edition in checked.issue.editions
        if edition.kind in chosen
    ]
    # The messages of two editions to one person have different Message-IDs.
    results: dict[str, Entry] = {}
    run = transport.run(lambda entry: results.update({entry.message_id: entry}), messages=1, on_wait=testers.on_wait)
    try:
        run.send(iter(messages), lambda: None)
    except RelayError as error:
        raise Problems.one(Location("pyproject.toml"), "relay", str(error), error.hint) from None
    return report, list(results.values())
