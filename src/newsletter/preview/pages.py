"""The pages of the preview's own interface, from their templates. (What an email looks like is `compose`'s.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import jinja2

from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.outbox import ENDINGS
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.facts import Fact, facts
from newsletter.preview.gone import is_deleted
from newsletter.preview.issue_state import IssueState
from newsletter.preview.marked import code_spans
from newsletter.preview.snapshot import role_of
from newsletter.preview.standing import clock, sentence, state, status
from newsletter.preview.views import VIEWS, View
from newsletter.preview.views.controls import Control, ControlLinks, Option, controls

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.filters["address"] = lambda slug: quote(slug, safe="")
_TEMPLATES.filters["clock"] = clock
_TEMPLATES.filters["marked"] = code_spans
_TEMPLATES.filters["named"] = lambda kind: NAMES[kind]

NAMES: Mapping[EditionKind, str] = {"standard": "Standard", "large-print": "Large print", "text-only": "Text only"}
"""What the editions are called."""


@dataclass(frozen=True)
class Offered:
    """One of an issue's editions: its name, its state in words, and its message."""

    kind: EditionKind
    name: str
    state: str
    size: int
    """Of the message in bytes; 0 as long as there is none."""
    file: str
    """The last part of the address of the message."""


@dataclass(frozen=True)
class Listed:
    """One issue in the list: what it is called, and its state in words."""

    shown: IssueState
    is_draft: bool
    state: str
    size: str
    rendered: str
    editions: tuple[Offered, ...]


def index(shelf: IssueBuilder) -> str:
    """Make the list of issues, the last first."""
    issues = [_listed(shown, shelf) for _, shown in sorted(shelf.states.items(), reverse=True) if not is_deleted(shown)]
    template = _TEMPLATES.get_template("index.html")
    return template.render(issues=issues, house=shelf.project_state, folder=shelf.root.name, version=shelf.version)


def issue(shown: IssueState, view: View, query: Mapping[str, str], settings: Settings) -> str:
    """Make one view of one issue.

    Args:
        shown: the issue.
        view: which view.
        query: what was chosen in it, as the address says.
        settings: the project's.
    """
    seen = shown.in_edition(query.get("edition"))
    context = view.context(seen if view.is_of_one_edition else shown, query)
    context["controls"] = [*_choice(shown, view, query), *context.get("controls", ())] if shown.edition else ()
    return _TEMPLATES.get_template(f"{view.module_name}.html").render(
        shown=seen,
        told=[problem for problem in shown.problems if not problem.editions or seen.kind in problem.editions],
        is_being_made=shown.edition is not None and not shown.all_editions_built,
        view=view,
        views=VIEWS,
        message_file=_file(seen),
        editions=offered(shown),
        facts=_facts(seen, settings),
        state=state(shown),
        standing=status(shown),
        **context,
    )


def offered(shown: IssueState) -> tuple[Offered, ...]:
    """Give the editions of an issue, in the order in which the brand names them."""
    editions = {edition.kind: edition for edition in (shown.edition, *shown.others) if edition}
    return tuple(
        Offered(
            kind,
            NAMES[kind],
            _state_of(shown, kind),
            len(editions[kind].message) if kind in editions else 0,
            _file(shown, kind),
        )
        for kind in shown.kinds
    )


def _file(shown: IssueState, kind: EditionKind | None = None) -> str:
    """The last part of the address of a message: of the edition that is looked at, unless told."""
    return f"{shown.slug}{ENDINGS[kind or shown.kind][-1]}"


def _state_of(shown: IssueState, kind: EditionKind) -> str:
    if kind != shown.kinds[0] and shown.edition and not shown.is_outdated and not shown.all_editions_built:
        return "being made"
    problems = tuple(problem for problem in shown.problems if not problem.editions or kind in problem.editions)
    return state(replace(shown, problems=problems))


def _choice(shown: IssueState, view: View, query: Mapping[str, str]) -> list[ControlLinks]:
    """Offer the editions, where there are several and the view is of one."""
    if not view.is_of_one_edition or len(shown.kinds) == 1:
        return []
    question = Control("edition", "Edition", tuple(Option(kind, NAMES[kind]) for kind in shown.kinds))
    kept = {name: value for name, value in query.items() if name != question.name}
    return controls(view.name, [question], query, kept)


def link(leads_to: str) -> str:
    """Make the page that stands in the place of one that a link in the email leads to."""
    return _TEMPLATES.get_template("link.html").render(leads_to=leads_to)


def missing() -> str:
    """Make the page for an address at which there is nothing."""
    return _TEMPLATES.get_template("missing.html").render()


def failed() -> str:
    """Make the page for a fault of the preview's own, which the terminal tells in full."""
    return _TEMPLATES.get_template("failed.html").render()


# Counting takes as long as all the rest of a page, and one edition is looked at in many views. Only the last is kept.
_counted: dict[tuple[str, EditionKind], tuple[Edition, tuple[Fact, ...]]] = {}


def _facts(shown: IssueState, settings: Settings) -> tuple[Fact, ...]:
    if shown.edition is None:
        return ()
    key = (shown.slug, shown.kind)
    edition, counted = _counted.get(key, (None, ()))
    # Between a save and its check the last ones stay, so that the new page is seen sooner.
    if edition is None or (edition is not shown.edition and shown.is_checked):
        counted = facts(shown, settings)
        _counted.clear()
        _counted[key] = (shown.edition, counted)
    return counted


def _listed(shown: IssueState, shelf: IssueBuilder) -> Listed:
    size = f"{len(shown.edition.inlined.encode()) / 1000:.0f} KB" if shown.edition else "Not known yet"
    name = shown.slug.removeprefix("_")
    words = state(shown)
    if shown.is_outdated:
        words += "; the last good page is kept"
    return Listed(shown, shown.slug != name, sentence(words), size, _rendered(shown, name, shelf), offered(shown))


def _rendered(shown: IssueState, name: str, shelf: IssueBuilder) -> str:
    message, files = shelf.root / "outbox" / f"{name}.eml", shelf.files
    rendered = files.last_saved(lambda path: path == message)
    if not rendered:
        return "Never"

    def is_made_of(path: Path) -> bool:
        kind = role_of(path, shelf.root)
        return path == shelf.root / shown.file or kind == "template" or (kind == "picture" and shown.shows(path.name))

    when = datetime.fromtimestamp(rendered).astimezone()
    words = f"{when.day} {when:%B %Y, %H:%M}"
    return f"{words}; older than what it is made of" if rendered < files.last_saved(is_made_of) else words
