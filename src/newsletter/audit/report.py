"""An audit as two files: a page that a charity can file or publish, and the same as JSON."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from newsletter.audit.axe_rules import APPEARANCE
from newsletter.audit.result import Audit
from newsletter.audit.states import COMMON
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.fields import Language
from newsletter.problems import as_dict, count_by_severity
from newsletter.stages.compose.dates import long_date

_GROUPS = (
    ("clause 10", "Not required of an email by EN 301 549, clause 10"),
    ("landmarks", "Best practices for web pages that would harm an email"),
    ("project", "Disabled by this project"),
    ("state", "Not applicable in some states"),
)
"""Headings for the reasons why rules of axe-core did not run; see `DisabledRule.group`."""


def files(audit: Audit) -> dict[str, bytes]:
    """Return the report of an edition: the content of its files by their names in the outbox."""
    name = f"{audit.edition.issue.slug}{EDITION_KINDS[audit.edition.kind].suffix}.accessibility"
    return {f"{name}.json": _json(audit).encode(), f"{name}.html": _page(audit).encode()}


def verdict(audit: Audit) -> str:
    """Return the number of problems in one sentence, such as "1 error and 2 warnings."."""
    return f"{count_by_severity(audit.problems) or 'No problems'}."


def data(audit: Audit) -> dict[str, Any]:
    """Return everything in an audit except its pictures, ready for JSON."""
    issue = audit.edition.issue
    return {
        "issue": issue.slug,
        "file": issue.file.name,
        "title": str(issue.title),
        "date": issue.date.isoformat(),
        "edition": audit.edition.kind,
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
                "rules": list(item.state.rules),
                "words": item.words,
                "axe_rules": item.axe_rules,
                "too_long_for_a_line": list(item.too_long),
            }
            for item in audit.tested
        ],
        "states_not_run": [state.name for state in audit.skipped],
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


def _json(audit: Audit) -> str:
    return json.dumps(data(audit), indent=2, ensure_ascii=False) + "\n"


def _page(audit: Audit) -> str:
    issue = audit.edition.issue
    label = EDITION_KINDS[audit.edition.kind].label
    kind = "" if audit.edition.kind == "standard" else f" ({label.lower()})"
    states = {item.id: [one.state.name for one in audit.tested if item.id in one.state.rules] for item in audit.rules}
    return _template().render(
        **{field.name: getattr(audit, field.name) for field in dataclasses.fields(audit)},
        title=f"{_plain(issue.title)}{kind}",
        quoted=f"“{_plain(issue.subject)}”",
        publisher=audit.edition.brand.organisation,
        issue_title=issue.title,
        subject=issue.subject,
        date=issue.date,
        date_words=long_date(issue.date, Language("en-GB")),
        kind_words=label,
        file=issue.file.name,
        digest=_digest(audit),
        verdict=verdict(audit),
        appearance_rules=sorted(APPEARANCE),
        groups=_GROUPS,
        errors=any(problem.severity == "error" for problem in audit.problems),
        only_in={rule: names for rule, names in states.items() if rule not in COMMON},
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
