"""When the email of an issue was last written, and whether the issue has changed since."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from newsletter.preview.checklists import editions_of
from newsletter.preview.download_check import is_busy
from newsletter.preview.issue_state import IssueState
from newsletter.preview.snapshot import Snapshot, name_in_issues, role_of
from newsletter.ready.delivery_items import is_rendered


class LastRender(NamedTuple):
    """The time of the last `newsletter render`, in local time, and whether it would write something else now."""

    at: datetime
    is_changed: bool


class RenderTimes:
    """Answers for one snapshot: what is the same for every issue is looked up once."""

    def __init__(self, files: Snapshot, root: Path) -> None:
        """Prepare the answers.

        Args:
            files: the files of the project.
            root: the project's folder.
        """
        self._files, self._root = files.files, root
        self._templates = files.last_saved(lambda path: role_of(path, root) == "template")
        named = {path: name_in_issues(path, root) for path in files.files}
        # The newest first, so that the search ends at the first one that is older than the email.
        self._parts = sorted(((self._saved(path), name) for path, name in named.items() if name), reverse=True)

    def of(self, state: IssueState) -> LastRender | None:
        """Return when an issue was rendered; None if it was not."""
        message = self._root / "outbox" / f"{state.slug.removeprefix('_')}.eml"
        if not (rendered := self._saved(message)):
            return None
        is_changed = max(self._templates, self._saved(self._root / state.file)) > rendered
        for saved, name in self._parts:
            if is_changed or saved <= rendered:
                break
            is_changed = state.mentions(name)
        if is_changed and state.edition and not (state.is_outdated or is_busy(state)):
            # The same may have been saved again: then “Before you send” says that nothing is to do.
            is_changed = not is_rendered(editions_of(state), message.parent)
        return LastRender(datetime.fromtimestamp(rendered).astimezone(), is_changed)

    def _saved(self, path: Path) -> float:
        """Return when a file was saved, in seconds since 1970; 0 if there is none."""
        return self._files[path][0] / 1e9 if path in self._files else 0
