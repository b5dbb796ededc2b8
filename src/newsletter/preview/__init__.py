"""`newsletter preview`: each issue as its different readers will meet it, in a browser, while it is being written."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
import webbrowser
from urllib.parse import quote

import click
import uvicorn

from newsletter.check.settings import FILE as SETTINGS
from newsletter.preview.server import Preview
from newsletter.problems import Location, Problems
from newsletter.project import Project

FIRST_PORT = 8000
_TRIED = 100
_ADDRESS = "127.0.0.1"


def serve(project: Project, issue: str | None = None, port: int | None = None, open_browser: bool = False) -> None:
    """Serve the preview until Control-C.

    Args:
        project: whose issues are shown. Its files are watched.
        issue: the file name, without its ending, of the issue to begin with; None for the list of all.
        port: where to listen on 127.0.0.1; None for 8000, or the next one that is free. 0 takes any.
        open_browser: whether to open it in the browser.

    Raises:
        Problems: when the port is taken.
    """
    # A command of one stroke does without (see cli.run); this one may run for days.
    gc.enable()
    # The thread that builds gives way to the one that answers after so long, and not only after five times that.
    sys.setswitchinterval(0.001)
    with _listening(port) as listening:
        port = listening.getsockname()[1]
        address = f"http://{_ADDRESS}:{port}/" + (f"issues/{quote(issue)}/" if issue else "")
        click.echo(f"Preview: {address}")
        # Whether they are there yet or not: each is seen when it comes.
        click.echo(f"Watching issues/, templates/ and {SETTINGS} in {project.root}.")
        click.echo("Saved changes show by themselves. Control-C ends it.")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(Preview(project.root, port), listening, address if open_browser else None))


async def _serve(preview: Preview, listening: socket.socket, address: str | None) -> None:
    config = uvicorn.Config(
        preview.app,
        # Neither a line for each request nor the server's own words: editors read this terminal.
        log_level="error",
        access_log=False,
        # The pure Python ones, so that it is the same on every computer.
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        # Nothing stands between the browser and us, so no header may say who asks.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, preview)
    if address:
        asyncio.get_running_loop().call_later(0.2, webbrowser.open, address)
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Ends its streams of events at Control-C; uvicorn waits for answers to end, and these never would."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._preview.events.close()
        await super().shutdown(sockets)


def _listening(port: int | None) -> socket.socket:
    ports = range(FIRST_PORT, FIRST_PORT + _TRIED) if port is None else [port]
    for tried in ports:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share a port with whoever has it already
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_ADDRESS, tried))
            listening.listen()
        except OSError as error:
            listening.close()
            reason = error.strerror or f"{error}"
        else:
            return listening
    taken = f"The preview cannot listen on port {port}" if port is not None else "No port from 8000 to 8099 is free"
    hint = "Another program, or another preview, may have it. Leave '--port' out to take the next one that is free."
    raise Problems.one(Location("--port"), "port", f"{taken}: {reason}.", hint)
