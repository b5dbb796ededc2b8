"""An audit as two files: a page that a charity can file or publish, and the same as JSON."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from newsletter.audit.axe_rules import OF_LOOK
from newsletter.audit.result import Audit
from newsletter.audit.states import COMMON
from newsletter.edition_kinds import EditionKind
from newsletter.english import count, join
from newsletter.issue.fields import Language
from newsletter.problems import as_dict
from newsletter.stages.compose.dates import long_date

_KINDS: Mapping[EditionKind, str] = {
    "standard": "Standard",
    "large-print": "Large print",
    "text-only": "Text only",
}


_GROUPS = (
    ("clause 10", "Not asked of an email by EN 301 549, clause 10"),
    ("landmarks", "Best practices for web pages that would harm an email"),
    ("project", "Left out by this project"),
    ("state", "Not to be asked in some of the states"),
)
"""Why rules of axe-core are not run; see left_out.py."""


def files(audit: Audit) -> dict[str, bytes]:
    """Give the report of an edition for the outbox, by name."""
    kind = "" if audit.edition.kind == "standard" else f".{audit.edition.kind}"
    name = f"{audit.edition.issue.slug}{kind}.accessibility"
    return {f"{name}.json": _json(audit).encode(), f"{name}.html": _page(audit).encode()}


def verdict(audit: Audit) -> str:
    """Say in one sentence what was found."""
    problems = audit.problems
    errors = sum(problem.severity == "error" for problem in problems)
    parts = [count(errors, "error")] * bool(errors)
    parts += [count(len(problems) - errors, "warning")] * (len(problems) > errors)
    number = "was" if len(problems) == 1 else "were"
    return f"{join(parts).capitalize()} {number} found." if parts else "Nothing was found."


def data(audit: Audit) -> dict[str, Any]:
    """Give everything in an audit but its pictures, ready for JSON."""
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
        "found": [
            *({**as_dict(item.problem), "states": list(item.states)} for item in audit.problems_by_state),
            *({**as_dict(problem), "states": []} for problem in audit.report.problems),
        ],
        "allowed": [
            {"rule": item.rule, "location": str(item.location), "reason": item.reason, "found": list(item.messages)}
            for item in audit.allowed
        ],
        "settings": list(audit.changed),
        "axe_left_out": [dataclasses.asdict(item) for item in audit.disabled],
        "axe_undecided": [
            {**dataclasses.asdict(item), "locations": [str(location) for location in item.locations]}
            for item in audit.incomplete
        ],
    }


def _json(audit: Audit) -> str:
    return json.dumps(data(audit), indent=2, ensure_ascii=False) + "\n"


def _page(audit: Audit) -> str:
    issue = audit.edition.issue
    kind = "" if audit.edition.kind == "standard" else f" ({_KINDS[audit.edition.kind].lower()})"
    special = {item.id: [one.state.name for one in audit.tested if item.id in one.state.rules] for item in audit.rules}
    return _template().render(
        **{field.name: getattr(audit, field.name) for field in dataclasses.fields(audit)},
        title=f"{_plain(issue.title)}{kind}",
        quoted=f"“{_plain(issue.subject)}”",
        publisher=audit.edition.brand.organisation,
        issue_title=issue.title,
        subject=issue.subject,
        date=issue.date,
        date_words=long_date(issue.date, Language("en-GB")),
        kind_words=_KINDS[audit.edition.kind],
        file=issue.file.name,
        digest=_digest(audit),
        verdict=verdict(audit),
        of_look=sorted(OF_LOOK),
        groups=_GROUPS,
        errors=any(problem.severity == "error" for problem in audit.problems),
        where={rule: states for rule, states in special.items() if rule not in COMMON} | dict.fromkeys(COMMON, ()),
        picture=lambda jpeg: f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}",
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("newsletter", "audit"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    # A path may go on in the next line after a slash, and nowhere else.
    environment.filters["breakable"] = lambda words: escape(words).replace("/", Markup("/<wbr>"))
    return environment.get_template("report.html.j2")


def _plain(words: str) -> str:
    """Give a title whose words may stand apart: in large letters a no-break space would have one broken."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


def _digest(audit: Audit) -> str:
    return hashlib.sha256(audit.edition.message).hexdigest()
