"""The order of the work: of all the issues of a project, the one that somebody waits for comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

# The issues that were opened last: they are built before others, and stay on screen if their file is deleted.
_MOST_RECENT = 10


@dataclass
class BuildQueue:
    """The slugs of the issues that wait for their build, their check, or their other editions."""

    saved: list[str] = field(default_factory=list)
    """To be built because their file was saved. They come before everything else."""
    unchecked: list[str] = field(default_factory=list)
    """Built, and to be checked."""
    others: list[str] = field(default_factory=list)
    """To be built because something was saved that all issues share."""
    unfinished: list[str] = field(default_factory=list)
    """Checked, and to be built in their other editions."""
    recent: list[str] = field(default_factory=list)
    """The issues that were opened last, the newest first."""

    def prioritise(self, slug: str) -> None:
        """Put an issue before the others, because somebody looks at it."""
        self.recent = [slug, *(other for other in self.recent if other != slug)][:_MOST_RECENT]
        for queue in (self.unchecked, self.others, self.unfinished):
            queue.sort(key=self._rank)

    def save(self, slug: str) -> None:
        """Build an issue next, because it was saved. Nothing else is done for its older text."""
        self.cancel(slug)
        self.saved.insert(0, slug)

    def cancel(self, slug: str) -> None:
        """Remove all work on an issue."""
        for queue in (self.saved, self.unchecked, self.others, self.unfinished):
            while slug in queue:
                queue.remove(slug)

    def restart(self, slugs: Iterable[str]) -> None:
        """Build all these issues, and nothing else, because something was saved that they share."""
        self.saved, self.unchecked, self.unfinished = [], [], []
        self.others = sorted(slugs, key=self._rank)

    def _rank(self, slug: str) -> int:
        return self.recent.index(slug) if slug in self.recent else _MOST_RECENT
