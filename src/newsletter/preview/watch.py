"""Notice when something in a project's folders may have changed.

No other module uses watchfiles.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

# How long it has to be quiet after a change: an editor that empties a file and then fills it makes one save.
_STEP_MS = 2
# How long changes may be collected in all, however fast they come.
_DEBOUNCE_MS = 100
# How often to look without any change. The operating system loses some when thousands come at once.
_POLL_MS = 1000


async def watch(folders: Callable[[], Mapping[Path, int]]) -> AsyncIterator[set[Path]]:
    """Yield the paths that may have changed, without end; an empty set when it is only time to look.

    Args:
        folders: returns the folders to watch, each without its sub-folders, with their inodes. If they differ from
            the last time, they are watched from the start.
    """
    while True:
        watched = folders()
        # If the system cannot watch, for example because it has reached its limit of watches, only polling is left.
        with suppress(OSError):
            async for paths in _changes(watched):
                yield paths
                if folders() != watched:
                    break
        if folders() == watched:
            await asyncio.sleep(_POLL_MS / 1000)
            yield set()


async def _changes(folders: Collection[Path]) -> AsyncIterator[set[Path]]:
    if not folders:
        return
    batches = awatch(
        *folders,
        # The snapshot decides which files count, not their names.
        watch_filter=None,
        step=_STEP_MS,
        debounce=_DEBOUNCE_MS,
        rust_timeout=_POLL_MS,
        yield_on_timeout=True,
        # The list of folders is complete. Below them may be thousands of files that do not matter to us.
        recursive=False,
        ignore_permission_denied=True,
    )
    try:
        async for batch in batches:
            yield {Path(path) for _, path in batch}
    finally:
        await batches.aclose()
