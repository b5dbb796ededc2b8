"""Tell when something in a project's folders may have changed.

watchfiles enters through this module alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

# A save is told when nothing more has come for so long: an editor that empties a file and then fills it is one save.
_STEP_MS = 10
# However fast the saves come, they are told after so long at the latest.
_DEBOUNCE_MS = 100
# What the operating system forgets to tell, as it does when thousands of events come at once, is seen after so long.
_LOOK_ANYWAY_MS = 1000


async def watch(folders: Callable[[], Mapping[Path, int]]) -> AsyncIterator[set[Path]]:
    """Give the paths that were touched, again and again; an empty set when it is only time to look.

    Args:
        folders: gives the folders to watch, each without its sub-folders, and its inode. When they are others than
            before, the watch begins anew.
    """
    while True:
        watched = folders()
        # Where the system cannot watch, such as with its limit of watches reached, looking now and then has to do.
        with suppress(OSError):
            async for touched in _touched(watched):
                yield touched
                if folders() != watched:
                    break
        if folders() == watched:
            await asyncio.sleep(_LOOK_ANYWAY_MS / 1000)
            yield set()


async def _touched(folders: Collection[Path]) -> AsyncIterator[set[Path]]:
    if not folders:
        return
    changes = awatch(
        *folders,
        # Which files count is decided by looking, not by their names.
        watch_filter=None,
        step=_STEP_MS,
        debounce=_DEBOUNCE_MS,
        rust_timeout=_LOOK_ANYWAY_MS,
        yield_on_timeout=True,
        # One list of folders says which; below them may lie thousands of files that are no business of ours.
        recursive=False,
        ignore_permission_denied=True,
    )
    try:
        async for batch in changes:
            yield {Path(path) for _, path in batch}
    finally:
        await changes.aclose()
