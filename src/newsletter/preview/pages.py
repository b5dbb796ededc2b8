"""The preview's own pages, built from their templates. (`stages/compose` builds the page of the email.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.english import count
from newsletter.outbox import message_name
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.facts import Fact, facts
from newsletter.preview.issue_state import IssueState
from newsletter.preview.snapshot import name_in_issues, role_of
from newsletter.preview.status import clock, sentence, status, summary
from newsletter.preview.views import VIEWS, View
from newsletter.preview.views.controls import Control, ControlLinks, Option, control_links
from newsletter.problems import count_by_severity


def code_spans(text: str) -> Markup:
    """Return text as HTML, with `<code>` for each pair of backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # one backtick has no partner
        return escape(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.filters |= {
    "clock": clock,
    "code_spans": code_spans,
    "count": count,
    "edition_name": lambda kind: EDITION_KINDS[kind].label,
    "quote": lambda slug: quote(slug, safe=""),
    "count_by_severity": count_by_severity,
}


@dataclass(frozen=True)
class EditionSummary:
    """One edition of an issue: its name, what is wrong with it, and its message."""

    kind: EditionKind
    name: str
    summary: str
    size: int
    """Bytes of the message; 0 if it is not built."""
    file: str
    """The last part of the message's address."""


@dataclass(frozen=True)
class IssueSummary:
    """One issue in the list."""

    state: IssueState
    is_draft: bool
    summary: str
    size: str
    rendered: str
    editions: tuple[EditionSummary, ...]


def index(builder: IssueBuilder) -> str:
    """Return the list of issues, the newest first."""
    states = sorted(builder.states.values(), key=lambda state: state.slug, reverse=True)
    return _TEMPLATES.get_template("index.html").render(
        issues=[_issue_summary(state, builder) for state in states if not state.is_deleted],
        problems=builder.project_state.problems,
        folder=builder.root.name,
        version=builder.version,
    )


def issue(state: IssueState, view: View, query: Mapping[str, str], settings: Settings) -> str:
    """Return one view of one issue.

    Args:
        state: the issue.
        view: the view.
        query: the address's query: which options are selected.
        settings: the project's settings.
    """
    selected = state.in_edition(query.get("edition"))
    context = view.context(selected if view.is_of_one_edition else state, query)
    context["controls"] = [*_edition_control(state, view, query), *context.get("controls", ())] if state.edition else ()
    return _TEMPLATES.get_template(f"{view.module_name}.html").render(
        state=selected,
        edition_problems=[
            problem for problem in state.problems if not problem.editions or selected.kind in problem.editions
        ],
        is_building=state.edition is not None and not state.all_editions_built,
        view=view,
        views=VIEWS,
        message_file=_message_file(selected),
        editions=edition_summaries(state),
        facts=_facts(selected, settings),
        summary=summary(state),
        status=status(state),
        **context,
    )


def edition_summaries(state: IssueState) -> tuple[EditionSummary, ...]:
    """Return the editions of an issue, in the brand's order."""
    editions = {edition.kind: edition for edition in (state.edition, *state.others) if edition}
    return tuple(
        EditionSummary(
            kind,
            EDITION_KINDS[kind].label,
            sentence(_summary_of(state, kind)),
            len(editions[kind].message) if kind in editions else 0,
            _message_file(state, kind),
        )
        for kind in state.kinds
    )


def _message_file(state: IssueState, kind: EditionKind | None = None) -> str:
    """Return the last part of the address of an edition's message; of the selected edition if no kind is given."""
    return message_name(state.slug, kind or state.kind)


def _summary_of(state: IssueState, kind: EditionKind) -> str:
    if kind != state.kinds[0] and state.edition and not state.is_outdated and not state.all_editions_built:
        return "building"
    problems = tuple(problem for problem in state.problems if not problem.editions or kind in problem.editions)
    return summary(replace(state, problems=problems))


def _edition_control(state: IssueState, view: View, query: Mapping[str, str]) -> list[ControlLinks]:
    """Return the control that selects an edition; none if there is one edition or the view shows all of them."""
    if not view.is_of_one_edition or len(state.kinds) == 1:
        return []
    control = Control("edition", "Edition", tuple(Option(kind, EDITION_KINDS[kind].label) for kind in state.kinds))
    others = {name: value for name, value in query.items() if name != control.name}
    return control_links(view.name, [control], query, others)


def link(address: str) -> str:
    """Return the page that opens instead of the address of a link in the email."""
    return _TEMPLATES.get_template("link.html").render(address=address)


def missing() -> str:
    """Return the page for an address that does not exist."""
    return _TEMPLATES.get_template("missing.html").render()


def failed() -> str:
    """Return the page for an error in the preview itself, which the terminal shows in full."""
    return _TEMPLATES.get_template("failed.html").render()


# Counting takes as long as the rest of a page, and the same edition is looked at in many views. Only the last is kept.
_facts_cache: dict[tuple[str, EditionKind], tuple[Edition, tuple[Fact, ...]]] = {}


def _facts(state: IssueState, settings: Settings) -> tuple[Fact, ...]:
    if state.edition is None:
        return ()
    key = (state.slug, state.kind)
    edition, result = _facts_cache.get(key, (None, ()))
    # Between a save and its check the last facts stay, so that the new page appears sooner.
    if edition is None or (edition is not state.edition and state.is_checked):
        result = facts(state, settings)
        _facts_cache.clear()
        _facts_cache[key] = (state.edition, result)
    return result


def _issue_summary(state: IssueState, builder: IssueBuilder) -> IssueSummary:
    size = f"{len(state.edition.inlined.encode()) / 1000:.0f} KB" if state.edition else "Not known yet"
    name = state.slug.removeprefix("_")
    words = sentence(summary(state)) + ("; showing the last good version" if state.is_outdated else "")
    return IssueSummary(
        state, state.slug != name, words, size, _last_rendered(state, name, builder), edition_summaries(state)
    )


def _last_rendered(state: IssueState, name: str, builder: IssueBuilder) -> str:
    message, files = builder.root / "outbox" / f"{name}.eml", builder.files
    rendered = files.last_saved(lambda path: path == message)
    if not rendered:
        return "Never"

    def is_source(path: Path) -> bool:
        name = name_in_issues(path, builder.root)
        is_own = path == builder.root / state.file or (name and state.mentions(name))
        return bool(is_own) or role_of(path, builder.root) == "template"

    time = datetime.fromtimestamp(rendered).astimezone()
    words = f"{time.day} {time:%B %Y, %H:%M}"
    return f"{words}; changed since" if rendered < files.last_saved(is_source) else words
