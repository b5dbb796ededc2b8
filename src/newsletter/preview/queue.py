"""What is to be made next: of all the issues of a project, the one that somebody waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

# So many of the issues that were last looked at come before the others, and stay on screen when their file is gone.
_KEPT = 10


@dataclass
class BuildQueue:
    """The names of issues that wait: first for their build, then for their check, then for all the rest."""

    saved: list[str] = field(default_factory=list)
    """To be built because they were saved. They come before everything else."""
    unchecked: list[str] = field(default_factory=list)
    """Built, and to be checked."""
    others: list[str] = field(default_factory=list)
    """To be built because what they share with others was saved."""
    unfinished: list[str] = field(default_factory=list)
    """To be made in their other editions."""
    last_wanted: list[str] = field(default_factory=list)
    """Those that somebody has looked at, the last first."""

    def prioritise(self, slug: str) -> None:
        """Make this one before the others: somebody is looking at it."""
        self.last_wanted = [slug, *(other for other in self.last_wanted if other != slug)][:_KEPT]
        for queue in (self.unchecked, self.others, self.unfinished):
            queue.sort(key=self._by_wish)

    def save(self, slug: str) -> None:
        """Build this one next, and nothing else of it: it was saved."""
        self.cancel(slug)
        self.saved.insert(0, slug)

    def cancel(self, slug: str) -> None:
        """Make nothing of it any more."""
        for queue in (self.saved, self.unchecked, self.others, self.unfinished):
            while slug in queue:
                queue.remove(slug)

    def restart(self, slugs: Iterable[str]) -> None:
        """Make all of these, and nothing else: what they share was saved."""
        self.saved, self.unchecked, self.unfinished = [], [], []
        self.others = sorted(slugs, key=self._by_wish)

    def _by_wish(self, slug: str) -> int:
        return self.last_wanted.index(slug) if slug in self.last_wanted else _KEPT
