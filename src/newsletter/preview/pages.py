"""The preview's own pages, built from their templates. (`stages/compose` builds the page of the email.)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from newsletter.check.causes import first_of_each_cause, to_do
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.english import count, join
from newsletter.outbox import message_name
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import OpenItems
from newsletter.preview.download_check import reason_against_download
from newsletter.preview.facts import Fact, facts
from newsletter.preview.findings import FindingView, finding_views
from newsletter.preview.gallery_examples import Example
from newsletter.preview.issue_list import STATES, issue_list
from newsletter.preview.issue_metadata import MetadataCache
from newsletter.preview.issue_state import IssueState
from newsletter.preview.phone import NOTICE, PhoneAccess, qr_code
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.side_panel import FileAccess, side_panel
from newsletter.preview.status import clock, sentence, status, status_summary
from newsletter.preview.views import VIEWS, View
from newsletter.preview.views.controls import LIGHT_OR_DARK, Control, ControlLinks, Option, control_links
from newsletter.problems import Problem, blocking, count_by_severity


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
    "and": lambda items: join(map(str, items)),
    "clock": clock,
    "code_spans": code_spans,
    "count": count,
    "first_of_each": first_of_each_cause,
    "edition_name": lambda kind: EDITION_KINDS[kind].label,
    "sentence": sentence,
    "quote": lambda slug: quote(slug, safe=""),
    "count_by_severity": count_by_severity,
    "to_do": to_do,
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


def index(
    builder: IssueBuilder,
    metadata: MetadataCache,
    open_items: OpenItems,
    query: Mapping[str, str],
    is_local: bool = True,
) -> str:
    """Return the first page, with the list of issues (see `issue_list`).

    Args:
        builder: the project.
        metadata: what can be read of each issue at once.
        open_items: how much is to do for each issue without problems.
        query: of the address: what is searched for.
        is_local: whether this computer asks, and no phone.
    """
    return _TEMPLATES.get_template("index.html").render(
        list=issue_list(builder, metadata, open_items, query),
        is_local=is_local,
        is_empty=all(state.is_deleted for state in builder.states.values()),
        states=STATES,
        problems=builder.project_state.problems,
        folder=builder.root.name,
        version=builder.version,
    )


def gallery(builder: IssueBuilder, examples: Sequence[Example], stamp: int, query: Mapping[str, str]) -> str:
    """Return the page with every layout and block.

    Args:
        builder: the project.
        examples: what it has.
        stamp: another number for each state of the templates (see `Gallery.stamp`).
        query: of the address: what is selected in `LIGHT_OR_DARK`.
    """
    kinds = {"layout": "Layouts", "block": "Blocks"}
    return _TEMPLATES.get_template("gallery.html").render(
        groups=[(title, kind, [each for each in examples if each.kind == kind]) for kind, title in kinds.items()],
        controls=control_links("gallery", [LIGHT_OR_DARK], query, {}),
        scheme=LIGHT_OR_DARK.selected_option(query).value,
        stamp=stamp,
        sandbox=EMAIL_SANDBOX,
        problems=builder.project_state.problems,
        folder=builder.root.name,
        version=builder.version,
    )


def example_problems(problems: Sequence[Problem]) -> str:
    """Return the page that is shown in a frame of the gallery instead of an example that cannot be built."""
    return _TEMPLATES.get_template("example_problems.html").render(problems=problems)


def issue(
    state: IssueState,
    view: View,
    query: Mapping[str, str],
    settings: Settings,
    files: FileAccess | None = None,
) -> str:
    """Return one view of one issue.

    Args:
        state: the issue.
        view: the view.
        query: the address's query: which options are selected.
        settings: the project's settings.
        files: how to open and change the project's files; None for a reader who may do neither.
    """
    selected = state.in_edition(query.get("edition"))
    variables = view.template_variables(selected if view.is_of_one_edition else state, query)
    variables["controls"] = (
        [*_edition_control(state, view, query), *variables.get("controls", ())] if state.edition else ()
    )
    edition_problems = [
        problem for problem in state.problems if not problem.editions or selected.kind in problem.editions
    ]
    problems = edition_problems if view.is_of_one_edition else state.problems
    return _TEMPLATES.get_template(f"{view.module_name}.html").render(
        state=selected,
        edition_problems=edition_problems,
        beside=side_panel(selected, problems, view.name, query, files),
        is_building=state.edition is not None and not state.all_editions_built,
        view=view,
        views=VIEWS,
        message_file=_message_file(selected),
        editions=edition_summaries(state),
        facts=_facts(selected, settings),
        first_by_rule=_first_by_rule(selected, edition_problems),
        summary=status_summary(state),
        status=status(state),
        **variables,
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
    return status_summary(replace(state, problems=problems))


def _first_by_rule(state: IssueState, problems: Sequence[Problem]) -> dict[str, FindingView]:
    """Return for each rule its first finding among some problems."""
    return {finding.id: finding for finding in reversed(finding_views(state, problems))}


def _edition_control(state: IssueState, view: View, query: Mapping[str, str]) -> list[ControlLinks]:
    """Return the control that selects an edition; none if there is one edition or the view shows all of them."""
    if not view.is_of_one_edition or len(state.kinds) == 1:
        return []
    control = Control(
        "edition", "Edition", tuple(Option(kind, EDITION_KINDS[kind].label) for kind in state.kinds), "list"
    )
    others = {name: value for name, value in query.items() if name != control.name}
    return control_links(view.name, [control], query, others)


def fix(state: IssueState, **variables: object) -> str:
    """Return the page that shows a fix before it is made, or says why there is none.

    Args:
        state: the issue.
        variables: what `fix.html` needs: the change, the problems that stop it or where it is now, what was asked for,
            the address of the page that leads here, and the token of the form.
    """
    return _TEMPLATES.get_template("fix.html").render(state=state, **variables)


def not_done(state: IssueState, title: str, reason: str) -> str:
    """Return the page that says why something of “Before you send” was not done.

    Args:
        state: the issue.
        title: the heading of the page.
        reason: why, and what to do.
    """
    return _TEMPLATES.get_template("not_done.html").render(state=state, title=title, reason=reason)


def link(address: str) -> str:
    """Return the page that opens instead of the address of a link in the email."""
    return _TEMPLATES.get_template("link.html").render(address=address)


def phone(access: PhoneAccess | None) -> str:
    """Return the page with the code for the next phone; None if phones may not look at the preview."""
    code = qr_code(access.address).svg_data_uri(scale=6, light="#ffffff") if access else ""
    return _TEMPLATES.get_template("phone.html").render(access=access, code=code, notice=NOTICE)


def missing() -> str:
    """Return the page for an address that does not exist."""
    return _TEMPLATES.get_template("missing.html").render()


def error_page() -> str:
    """Return the page for an error in the preview itself, which the terminal shows in full."""
    return _TEMPLATES.get_template("failed.html").render()


def not_ready(state: IssueState) -> str:
    """Return the page instead of a message that is not handed out, with what to fix."""
    return _TEMPLATES.get_template("not_ready.html").render(
        state=state, reason_against_download=reason_against_download(state), problems=blocking(state.problems)
    )


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
