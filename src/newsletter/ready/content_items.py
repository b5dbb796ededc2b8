"""The items about what is in the issue. Most of them repeat what the check reported about one part of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from newsletter.check.causes import first_of_each_cause, to_do_in_places
from newsletter.check.deadlines import deadlines
from newsletter.check.message import html_kb
from newsletter.check.registry import rule
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.english import count, date_in_words, join
from newsletter.issue.event import Event
from newsletter.problems import Problem, blocking
from newsletter.ready.context import ReadyContext, command_name
from newsletter.ready.item import ChecklistItem, ItemState
from newsletter.source.nodes import at_path, last_line

_PROBLEMS = "Is it free of errors?"
_LINK_RULES = ("app-links", "bare-address", "named-anchors", "plain-text-links", "unsubscribe-link")
"""The rules about links whose names do not begin with `link-`."""


def problems_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about errors and warnings."""
    if not context.is_checked:
        return ChecklistItem("problems", _PROBLEMS, "to-do", "What you saved is being checked.", "Wait a few seconds.")
    if blocking(context.problems):
        return errors_item(context.problems, context.issue.file.name)
    if context.problems:
        why = f"Nothing to fix, {to_do_in_places(context.problems)}."
        is_one = len(first_of_each_cause(context.problems)) == 1
        hint = f"Decide what to do about {'it' if is_one else 'each'}: {_more_about(context.name)}"
        return ChecklistItem("problems", "Are the warnings all right?", "decide", why, hint)
    return ChecklistItem("problems", _PROBLEMS, "done", f"{count(len(context.ran), 'rule')} found no problems.")


def errors_item(reasons: Sequence[Problem], file: str) -> ChecklistItem:
    """Return the item about errors, of which there are some."""
    why = f"{to_do_in_places(reasons)}. What is to fix stops the email."
    return ChecklistItem("problems", _PROBLEMS, "to-do", why, f"Fix what stops it: {_more_about(command_name(file))}")


def subject_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about the subject."""
    return _of_line(context, "subject", context.issue.subject)


def preheader_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about the preheader."""
    return _of_line(context, "preheader", context.issue.preheader)


def dates_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about the day of sending, and about events and closing dates."""
    id, question = "dates", "Are the dates still to come?"
    issue, last_days = context.issue, list(deadlines(context.text))
    if over := _with_ids(context, ("event-over",)):
        return _reported(id, question, over)
    if issue.date < context.today:
        passed = sum(deadline.day < context.today for deadline in last_days)
        events = count(passed, "event or closing date", "events and closing dates")
        since = f", and so {'has' if passed == 1 else 'have'} {events}" if passed else ""
        why = f"The date of this issue, {date_in_words(issue.date)}, has passed{since}."
        return ChecklistItem(
            id, question, "to-do", why, "Write the day on which you send it in “date”, and look at each event."
        )
    unsure = [model.title for _, model in context.text.models if isinstance(model, Event) and _is_unsure(model)]
    if unsure:
        why = f"The day of {count(len(unsure), 'event')} is still to be confirmed: “{unsure[0]}”{_more(unsure)}."
        return ChecklistItem(id, question, "decide", why, "If you know it by now, write it in “date” of the event.")
    sent = f"It is to be sent on {date_in_words(issue.date)}"
    if not last_days:
        return ChecklistItem(id, question, "done", f"{sent}. There are no events and no closing dates.")
    first = min(deadline.day for deadline in last_days)
    others = count(len(last_days), "event or closing date", "events and closing dates")
    are, one = ("is", "it") if len(last_days) == 1 else ("are", "the first")
    return ChecklistItem(id, question, "done", f"{sent}. {others} {are} not over; {one} is on {date_in_words(first)}.")


def links_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about links as they are written."""
    id, question = "links", "Are the links written correctly?"
    of_links = [each for each in context.problems if each.id.startswith("link-") or each.id in _LINK_RULES]
    if of_links:
        return _reported(id, question, of_links)
    number = len(context.links)
    return ChecklistItem(id, question, "done", f"{count(number, 'web address', 'web addresses')}, without problems.")


def merge_fields_item(context: ReadyContext) -> ChecklistItem | None:
    """Return the item about what is different for each reader; None if nothing is."""
    of_brand = context.editions[0].brand.file.fields
    uses = dict.fromkeys(str(each.use) for each in (*context.issue.file.fields, *of_brand))
    if not uses:
        return None
    why = f"The files in the outbox have the fallbacks: {join(uses)}."
    return ChecklistItem("fields", "Do the fields have words for everybody?", "done", why)


def brand_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about values of the sample charity."""
    id, question = "brand", "Is the brand your own?"
    if not context.editions[0].brand.file.is_own:
        why = "It is that of the sample charity, because this project has no brand of its own."
        return ChecklistItem(
            id, question, "to-do", why, "Type `newsletter new SLUG`, which creates one, and change its values."
        )
    if "sample-brand" not in context.ran:
        return ChecklistItem(id, question, "not-needed", "The rule “sample-brand” is off in this project.")
    if samples := _with_ids(context, ("sample-brand",)):
        item = _reported(id, question, samples)
        return ChecklistItem(id, question, "to-do", item.why, item.hint)
    return ChecklistItem(id, question, "done", "No value of the sample charity is left in it.")


def size_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about the limits of Gmail and of mail servers."""
    id, question = "size", "Is it small enough?"
    if too_large := _with_ids(context, ("html-size", "message-size")):
        return _reported(id, question, too_large)
    pages = {edition.kind: f"{html_kb(edition):.0f} KB" for edition in context.editions if edition.has_page}
    message = max(len(edition.message) for edition in context.editions) / 1000
    whole = f"{message:.0f} KB" if message < 1000 else f"{message / 1000:.1f} MB"
    page = ""
    if pages:
        limit = context.settings.options(rule("html-size"), next(iter(pages)))["block_from_kb"]
        is_one = len(pages) == 1
        sizes = join(
            size if is_one else f"{size} ({EDITION_KINDS[kind].label.lower()})" for kind, size in pages.items()
        )
        page = f"The HTML is {sizes}. The limit is {limit} KB, because Gmail cuts off what is longer. "
    return ChecklistItem(id, question, "done", f"{page}The whole message is {whole}; some servers refuse 10 MB.")


def _is_unsure(event: Event) -> bool:
    return event.date is not None and event.day is None


def _of_line(context: ReadyContext, key: str, words: str) -> ChecklistItem:
    """Return the item about one key of the issue: the problems in its lines, and those of the rules named after it.

    Whether the words say what is in the issue, only a reader knows: without other problems it is about their length.
    """
    node = at_path(context.issue.file.root, (key,))
    lines = range(node.location.line, last_line(node) + 1)
    reports = [
        each
        for each in context.problems
        if each.id.startswith(f"{key}-") or (each.location.file == node.location.file and each.location.line in lines)
    ]
    if any(each.id != f"{key}-length" for each in reports):
        return _reported(key, f"Is the {key} without problems?", reports)
    question = f"Is the {key} a good length?"
    if reports:
        return _reported(key, question, reports)
    return ChecklistItem(key, question, "done", f"It has {count(len(words), 'character')}.")


def _with_ids(context: ReadyContext, ids: Collection[str]) -> list[Problem]:
    return [problem for problem in context.problems if problem.id in ids]


def _reported(id: str, question: str, reports: Sequence[Problem]) -> ChecklistItem:
    """Return an item with the worst problem of its part of the issue."""
    worst = (*blocking(reports), *reports)[0]
    state: ItemState = "to-do" if worst.severity == "error" else "decide"
    line = f", line {worst.location.line}" if worst.location.line else ""
    hint = f"In {worst.location.file}{line}: {' '.join(worst.hint.splitlines())}"
    return ChecklistItem(id, question, state, f"{worst.message}{_more(reports)}", hint)


def _more(reports: Sequence[object]) -> str:
    return f" (and {len(reports) - 1} more)" if len(reports) > 1 else ""


def _more_about(name: str) -> str:
    return f"`newsletter check {name}` says where and how."
