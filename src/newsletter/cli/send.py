"""`newsletter send`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.lists import rejected_problems, shared_token_problems
from newsletter.cli.options import (
    edition_option,
    existing_issue,
    json_option,
    quiet_option,
)
from newsletter.cli.output import CommandOutcome
from newsletter.cli.progress import SendProgress
from newsletter.edition_kinds import EditionKind
from newsletter.english import count, join
from newsletter.problems import Location, Problem, as_dict
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.check.settings import Settings
    from newsletter.delivery.rate import Rate
    from newsletter.may_send import SendConditions
    from newsletter.project import Project
    from newsletter.send.readers import SendOptions, SendResult
    from newsletter.send.testers import Testers

_MOST_TESTERS = 10


def _rate(_: click.Context, parameter: click.Parameter, text: str | None) -> Rate | None:
    from newsletter.delivery.rate import Rate  # noqa: PLC0415

    try:
        return Rate.parse(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error), param=parameter) from None


def _testers(_: click.Context, parameter: click.Parameter, addresses: tuple[str, ...]) -> tuple[str, ...]:
    from newsletter.personal.recipients import check_address  # noqa: PLC0415

    try:
        checked = tuple(dict.fromkeys(map(check_address, addresses)))
    except ValueError as error:
        raise click.BadParameter(str(error), param=parameter) from None
    if len(checked) > _MOST_TESTERS:
        raise click.BadParameter(f"A test goes to {_MOST_TESTERS} people at most.", param=parameter)
    return checked


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option(
    "--test",
    "testers",
    metavar="ADDRESS",
    multiple=True,
    callback=_testers,
    help="Send a test to this address. [repeatable]",
)
@edition_option
@click.option(
    "--recipients",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Send it to the readers of this list: CSV in UTF-8.",
)
@click.option("--yes", "confirmed", metavar="NUMBER", type=click.IntRange(min=0), help="Send it to this many readers.")
@click.option("--rate", metavar="N/TIME", callback=_rate, help="Send no more than this, such as 30/min. [30/min]")
@click.option(
    "--retry",
    multiple=True,
    type=click.Choice(["unknown", "refused"]),
    help="Send it again to readers with this result. [repeatable]",
)
@click.option("--new-version", is_flag=True, help="Go on although the issue has changed since the last run.")
@quiet_option
@json_option
def send(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issue: Path,
    testers: tuple[str, ...],
    kinds: tuple[EditionKind, ...],
    recipients: Path | None,
    confirmed: int | None,
    rate: Rate | None,
    retry: tuple[str, ...],
    new_version: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Send an issue to a few who test it, or to each reader of a list.

    The relay, which is the server that sends your mail, is [tool.newsletter.relay] in pyproject.toml. Its password is
    in the environment variable NEWSLETTER_SMTP_PASSWORD, or in the keyring of your system.

    With --test, the subject begins with “[Test]”, and the result of the check is on top. Errors of accessibility do not
    stop it.

    With --recipients, each reader gets an email as by `newsletter merge`. Without --yes nothing is sent: the number
    of readers is printed, for you to confirm. A journal notes what becomes of each email. The same command goes on
    after any stop, and sends no email twice. `newsletter sent` says who has it.
    """
    if bool(testers) == bool(recipients):
        raise click.UsageError("Say who gets it: either --test or --recipients.")
    if testers and (confirmed is not None or retry or new_version):
        raise click.UsageError("--yes, --retry and --new-version are for --recipients.")
    if recipients and kinds:
        raise click.UsageError("--edition is for --test. A list has a column “edition”.")
    # Loading these modules takes most of a second, which `--help` does not need.
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.may_send import SendConditions  # noqa: PLC0415
    from newsletter.send.readers import SendOptions  # noqa: PLC0415
    from newsletter.send.testers import Testers  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text", quiet=quiet)
    data: dict[str, object] = {}
    with outcome.collect():
        path = existing_issue(issue, project)
        settings = _with_rate(read_settings(project), rate)
        conditions = SendConditions(settings)
        if recipients:
            options = SendOptions(recipients.absolute(), confirmed, retry, new_version, outcome.echo)  # type: ignore[arg-type]
            data = _send_all(path, project, conditions, options, outcome)
        else:
            data = _send_test(path, project, conditions, Testers(testers, kinds, outcome.echo), outcome)
    outcome.end(**data)


def _with_rate(settings: Settings, rate: Rate | None) -> Settings:
    return replace(settings, relay=replace(settings.relay, rate=rate)) if settings.relay and rate else settings


def _send_test(
    path: Path, project: Project, conditions: SendConditions, testers: Testers, outcome: CommandOutcome
) -> dict[str, object]:
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.send.testers import send_test  # noqa: PLC0415

    report, entries, fields = send_test(path, project, load_brand(project), conditions, testers)
    for entry in entries:
        if entry.state != "accepted":
            message = f"The test to {entry.address} was not accepted: {entry.reason}"
            outcome.problems.append(Problem(Location("pyproject.toml"), "relay", message, "Ask your host why."))
    accepted = [entry.address for entry in entries if entry.state == "accepted"]
    # The errors of the issue are in the test itself. They do not make it fail.
    values = join(f"“{use.fallback}” for {{{use.name}}}" for use in fields)
    fallbacks = f" A test has the fallbacks of the fields: {values}." * bool(fields)
    outcome.lines.append(f"{path.stem}: {count(len(accepted), 'test')} sent.{fallbacks}")
    return {"sent": accepted, "check": [as_dict(problem) for problem in report.problems]}


def _send_all(
    path: Path, project: Project, conditions: SendConditions, options: SendOptions, outcome: CommandOutcome
) -> dict[str, object]:
    from newsletter.delivery.rate import DEFAULT_RATE  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.send.readers import prepare_to_send  # noqa: PLC0415
    from newsletter.send.readers import send as send_messages  # noqa: PLC0415

    report, prepared = prepare_to_send(path, project, load_brand(project), conditions)
    outcome.problems += report.problems
    if prepared is None:
        return {}
    relay = conditions.settings.relay
    rate = relay.rate if relay else DEFAULT_RATE
    progress = SendProgress(rate.interval, outcome.quiet or outcome.format == "json")
    result = send_messages(prepared, options, relay, project, progress)
    list_name, rejects = project.name_of(options.recipients), project.name_of(options.rejects)
    outcome.cause = result.cause
    outcome.problems += result.problems
    outcome.problems += rejected_problems(result.lines, list_name, rejects, "type the same command again")
    outcome.problems += shared_token_problems(result.lines, list_name)
    outcome.question = _unconfirmed(result, options, list_name)
    outcome.problems += _not_accepted(result, path.stem)
    sent = f"{path.stem}: {count(result.results['accepted'], 'email')} sent."
    earlier = f" {count(result.lines.earlier, 'reader')} had a result from an earlier run." * bool(result.lines.earlier)
    outcome.lines.append(f"{sent}{earlier}")
    return {"due": result.due, "results": dict(result.results), "readers": dict(result.readers)}


def _unconfirmed(result: SendResult, options: SendOptions, list_name: str) -> Problem | None:
    """Return the problem that nobody has confirmed the number of readers, if there are any."""
    if options.confirmed == result.due or (options.confirmed is None and not result.due):
        return None
    if not result.due:
        message = "No reader of this list is left to send to. Nothing was sent."
        return Problem(Location(list_name), "confirm", message, "Leave --yes away.")
    wrong = "" if options.confirmed is None else f", not to {options.confirmed:,}"
    message = f"This would be sent to {count(result.due, 'reader')}{wrong}. Nothing was sent."
    return Problem(Location(list_name), "confirm", message, f"If that is right, add --yes {result.due}.")


def _not_accepted(result: SendResult, slug: str) -> list[Problem]:
    """Return a problem for each result other than that the relay has accepted the email."""
    hint = f"`newsletter sent {slug} --csv FILE` lists them with the reason."
    what = {
        "refused": ("The relay refused the email to {}.", "To try again, add --retry refused."),
        "deferred": ("The relay did not take the email to {} yet.", "The same command tries again."),
        "unknown": (
            "The email to {} may have been sent, or not.",
            "To send it again, add --retry unknown.",
        ),
    }
    return [
        Problem(Location(slug), "delivery", message.format(count(number, "reader")), f"{hint} {do}")
        for state, (message, do) in what.items()
        if (number := result.readers[state])  # type: ignore[index]
    ]
