"""The views of one issue, each a module of this package with `TITLE`, `template_variables` and a template of its name.

`template_variables(state, query)` returns what the template needs besides what every view gets (see `pages.issue`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from newsletter.preview.issue_state import IssueState

_TABS = ("email", "inbox", "checks", "listening")
"""In the order of the tabs. The first is what an issue opens with."""
_UNDER_MORE = ("ready", "plain_text", "web_version", "source", "message", "stripped", "changes", "share")
"""In the order of the menu “More”, after the tabs."""
_OF_ALL_EDITIONS = ("inbox", "checks", "source", "web_version", "ready", "changes")
"""These show the same for every edition."""


@dataclass(frozen=True)
class View:
    """One view, as its module defines it."""

    module_name: str
    title: str
    template_variables: Callable[[IssueState, Mapping[str, str]], dict[str, Any]]

    @property
    def is_tab(self) -> bool:
        """Whether it is a tab. The others are in the menu “More”."""
        return self.module_name in _TABS

    @property
    def is_of_one_edition(self) -> bool:
        """Whether the view shows one edition, which the reader can choose."""
        return self.module_name not in _OF_ALL_EDITIONS

    @property
    def name(self) -> str:
        """The name in addresses."""
        return self.module_name.replace("_", "-")


def _view(name: str) -> View:
    module = import_module(f"{__name__}.{name}")
    return View(name, module.TITLE, module.template_variables)


VIEWS = tuple(_view(name) for name in (*_TABS, *_UNDER_MORE))
