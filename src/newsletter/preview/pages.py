"""The pages of the preview's own interface, from their templates. (What an email looks like is `compose`'s.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import jinja2

from newsletter.edition import Edition
from newsletter.preview.facts import Fact, facts
from newsletter.preview.shelf import Shelf
from newsletter.preview.shown import Shown
from newsletter.preview.views import VIEWS, View

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.filters["address"] = lambda slug: quote(slug, safe="")


@dataclass(frozen=True)
class Listed:
    """One issue in the list: what it is called, and its state in words."""

    shown: Shown
    is_draft: bool
    state: str
    size: str
    rendered: str


def index(shelf: Shelf) -> str:
    """Make the list of issues, the last first."""
    issues = [_listed(shown, shelf.root) for _, shown in sorted(shelf.shown.items(), reverse=True)]
    version = max((shown.version for shown in shelf.shown.values()), default=0)
    template = _TEMPLATES.get_template("index.html")
    return template.render(issues=issues, house=shelf.house, folder=shelf.root.name, version=version)


def issue(shown: Shown, view: View, query: Mapping[str, str]) -> str:
    """Make one view of one issue.

    Args:
        shown: the issue.
        view: which view.
        query: what was chosen in it, as the address says.
    """
    return _TEMPLATES.get_template(f"{view.module_name}.html").render(
        shown=shown,
        view=view,
        views=VIEWS,
        facts=_facts(shown),
        state=state(shown),
        said=said(shown),
        time=_time,
        **view.context(shown, query),
    )


def missing() -> str:
    """Make the page for an address at which there is nothing."""
    return _TEMPLATES.get_template("missing.html").render()


def failed() -> str:
    """Make the page for a fault of the preview's own, which the terminal tells in full."""
    return _TEMPLATES.get_template("failed.html").render()


def state(shown: Shown) -> str:
    """Tell in a few words how an issue stands: "2 errors and 1 warning"."""
    if not shown.is_settled:
        return "being checked" if shown.edition else "being read"
    counts = [
        _count(sum(problem.severity == severity for problem in shown.problems), severity)
        for severity in ("error", "warning")
    ]
    return " and ".join(filter(None, counts)) or "no problems"


def said(shown: Shown) -> str:
    """Say what a save has done, for people who cannot see that the page is another one; "" as long as it is unknown."""
    if not shown.is_settled:
        return ""
    if shown.is_stale and shown.built:
        return f"{_sentence(state(shown))}. You still see the page of {_time(shown.built)}."
    if shown.edition is None or shown.built is None:
        return f"{_sentence(state(shown))}. There is no page yet."
    return f"Updated at {_time(shown.built)}. {_sentence(state(shown))}."


# Counting takes as long as all the rest of a page, and one edition is looked at in many views. Only the last is kept.
_counted: dict[str, tuple[Edition | None, tuple[Fact, ...]]] = {}


def _facts(shown: Shown) -> tuple[Fact, ...]:
    edition, counted = _counted.get(shown.slug, (None, ()))
    if edition is None or edition is not shown.edition:
        counted = facts(shown)
        _counted.clear()
        _counted[shown.slug] = (shown.edition, counted)
    return counted


def _listed(shown: Shown, root: Path) -> Listed:
    size = f"{len(shown.edition.inlined.encode()) / 1000:.0f} KB" if shown.edition else "Not known yet"
    name = shown.slug.removeprefix("_")
    words = state(shown)
    if shown.is_stale:
        words += "; the last good page is kept"
    return Listed(shown, shown.slug != name, _sentence(words), size, _rendered(root, name, root / shown.file))


def _rendered(root: Path, name: str, source: Path) -> str:
    try:
        rendered = (root / "outbox" / f"{name}.eml").stat().st_mtime
    except OSError:
        return "Never"
    when = datetime.fromtimestamp(rendered).astimezone()
    words = f"{when.day} {when:%B %Y}, {_time(when)}"
    try:
        return f"{words}; older than the file" if rendered < source.stat().st_mtime else words
    except OSError:
        return words


def _time(when: datetime) -> str:
    return f"{when:%H:%M}"


def _count(number: int, thing: str) -> str:
    if not number:
        return ""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
