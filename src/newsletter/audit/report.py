"""An audit as two files: a page that a charity can file or publish, and the same as JSON."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from newsletter.audit.axe_rules import APPEARANCE
from newsletter.audit.criteria import CriterionOutcome, CriterionResult, by_criterion
from newsletter.audit.result import Audit
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.english import count, date_in_words
from newsletter.problems import as_dict, count_by_severity

_GROUPS = (
    ("clause 10", "Not required of an email by EN 301 549, clause 10"),
    ("landmarks", "Best practices for web pages that would harm an email"),
    ("project", "Disabled by this project"),
    ("state", "Not applicable in some states"),
)
"""Headings for the reasons why rules of axe-core did not run; see `DisabledRule.group`."""


_OUTCOMES: Mapping[CriterionOutcome, str] = {
    "failed": "Failed",
    "undecided": "For a person to decide",
    "passed": "Nothing found",
    "not tested": "Not tested by a machine",
    "does not apply": "Does not apply",
}

_TESTS_BY_PEOPLE = (
    "By ear, with a screen reader",
    "By keyboard alone",
    "On a phone",
    "In dark mode",
    "With large text",
    "By somebody it is written for",
)
"""Ways of reading for which the report has lines to write on."""


def report_files(audit: Audit, day: datetime.date) -> dict[str, bytes]:
    """Return the report of an edition: the content of its files by their names in the outbox.

    Args:
        audit: the audit of the edition.
        day: when it was done.
    """
    suffix = ".web" if audit.is_web_version else EDITION_KINDS[audit.edition.kind].suffix
    name = f"{audit.edition.issue.slug}{suffix}.accessibility"
    return {f"{name}.json": _json(audit, day).encode(), f"{name}.html": _page(audit, day).encode()}


def audit_verdict(audit: Audit) -> str:
    """Return the number of problems in one sentence, such as "1 error and 2 warnings."."""
    return f"{count_by_severity(audit.problems) or 'No problems'}."


def statement(audit: Audit, criteria: Sequence[CriterionResult], day: datetime.date) -> str:
    """Return the verdict in one sentence that can be quoted on its own.

    Args:
        audit: the audit of one edition.
        criteria: the result of each success criterion.
        day: the day of the audit.
    """
    outcomes = Counter(item.outcome for item in criteria)
    severities = Counter(problem.severity for problem in audit.problems)
    tested = count(outcomes["passed"] + outcomes["failed"] + outcomes["undecided"], "criterion", "criteria")
    warnings = f" and {count(severities['warning'], 'warning')}" if severities["warning"] else ""
    what = "web version" if audit.is_web_version else "email"
    errors = count(severities["error"], "error") if severities["error"] else "no error"
    start = f"On {date_in_words(day)}, software tested this {what}"
    return (
        f"{start} against {tested} of WCAG 2.2 at levels A and AA and against our own rules, and found {errors}"
        f"{warnings}; of all {len(criteria)} criteria, {outcomes['does not apply']} do not apply, software cannot test "
        f"{outcomes['not tested']}, and most others have parts that only people can judge."
    )


def report_data(audit: Audit, day: datetime.date) -> dict[str, Any]:
    """Return everything in an audit except its pictures, ready for JSON. The arguments are those of `report_files`."""
    criteria = by_criterion(audit)
    issue = audit.edition.issue
    return {
        "issue": issue.slug,
        "file": issue.file.name,
        "title": str(issue.title),
        "date": issue.date.isoformat(),
        "edition": audit.name,
        "verdict": statement(audit, criteria, day),
        "tested_on": day.isoformat(),
        "message_sha256": _digest(audit),
        "versions": dataclasses.asdict(audit.versions),
        "states": [
            {
                "name": item.state.name,
                "imitates": item.state.imitates,
                "width": item.state.width,
                "colour_scheme": item.state.scheme,
                "forced_colours": item.state.forced_colours,
                "reduced_motion": item.state.reduced_motion,
                "rules": [rule.id for rule in audit.rules if rule.runs_in(item.state.name)],
                "words": item.words,
                "axe_rules": item.axe_rules,
                "too_long_for_a_line": list(item.too_long),
            }
            for item in audit.tested
        ],
        "states_not_run": [state.name for state in audit.skipped],
        "criteria": [
            {
                "wcag": item.criterion.number,
                "name": item.criterion.name,
                "level": item.criterion.level,
                "en_301_549_document": item.criterion.document_clause or None,
                "en_301_549_web": item.criterion.web_clause or None,
                "outcome": item.outcome,
                "reason": item.reason or None,
                "rules": list(item.rules),
                "axe_rules": list(item.axe_rules),
            }
            for item in criteria
        ],
        "rules": [{"id": rule.id, "title": rule.title} for rule in audit.rules],
        "rules_without_browser": audit.report.rules,
        "problems": [
            *({**as_dict(item.problem), "states": list(item.states)} for item in audit.problems_by_state),
            *({**as_dict(problem), "states": []} for problem in audit.report.problems),
        ],
        "allowed": [
            {"rule": item.rule, "location": str(item.location), "reason": item.reason, "messages": list(item.messages)}
            for item in audit.allowed
        ],
        "settings": list(audit.changed),
        "axe_disabled": [dataclasses.asdict(item) for item in audit.disabled],
        "axe_incomplete": [
            {**dataclasses.asdict(item), "locations": [str(location) for location in item.locations]}
            for item in audit.incomplete
        ],
    }


def _json(audit: Audit, day: datetime.date) -> str:
    return json.dumps(report_data(audit, day), indent=2, ensure_ascii=False) + "\n"


def _page(audit: Audit, day: datetime.date) -> str:
    issue = audit.edition.issue
    label = "Web version" if audit.is_web_version else EDITION_KINDS[audit.edition.kind].label
    kind = "" if audit.name == "standard" else f" ({label.lower()})"
    criteria = by_criterion(audit)
    tested = [item.state.name for item in audit.tested]
    return _template().render(
        **{field.name: getattr(audit, field.name) for field in dataclasses.fields(audit)},
        title=f"{_plain(issue.title)}{kind}",
        quoted=f"“{_plain(issue.subject)}”",
        publisher=audit.edition.brand.organisation,
        issue_title=issue.title,
        subject=issue.subject,
        date=issue.date,
        date_words=date_in_words(issue.date),
        tested_on=day,
        tested_on_words=date_in_words(day),
        kind_words=label,
        file=issue.file.name,
        digest=_digest(audit),
        statement=statement(audit, criteria, day),
        criteria=criteria,
        outcomes=_OUTCOMES,
        by_hand=_TESTS_BY_PEOPLE,
        appearance_rules=sorted(APPEARANCE),
        groups=_GROUPS,
        errors=any(problem.severity == "error" for problem in audit.problems),
        only_in={rule.id: [name for name in tested if rule.runs_in(name)] for rule in audit.rules if rule.states},
        picture=lambda jpeg: f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}",
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("newsletter", "audit"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    # A path may be broken after a slash, and nowhere else.
    environment.filters["breakable"] = lambda words: escape(words).replace("/", Markup("/<wbr>"))
    return environment.get_template("report.html.j2")


def _plain(words: str) -> str:
    """Return a title without no-break spaces: in a large font, they could break a word in the middle."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


def _digest(audit: Audit) -> str:
    return hashlib.sha256(audit.edition.message).hexdigest()
