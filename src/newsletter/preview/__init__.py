"""`newsletter preview`: a local web server that shows each issue as different readers will see it, while you write."""

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
_PORTS_TO_TRY = 100
_ADDRESS = "127.0.0.1"


def serve(project: Project, issue: str | None = None, port: int | None = None, open_browser: bool = False) -> None:
    """Serve the preview until Control-C.

    Args:
        project: the project to show. Its files are watched.
        issue: the first issue to show, as its file name without the ending; None for the list of all issues.
        port: the port on 127.0.0.1; None for 8000 or the next free one, 0 for any free one.
        open_browser: whether to open the page in the browser.

    Raises:
        Problems: if the port is in use.
    """
    # Short commands turn the garbage collector off (see cli.run). A preview may run for days.
    gc.enable()
    # Python's default is 5 ms: for so long the thread that builds could keep the server from answering.
    sys.setswitchinterval(0.001)
    with _open_socket(port) as listener:
        port = listener.getsockname()[1]
        address = f"http://{_ADDRESS}:{port}/" + (f"issues/{quote(issue)}/" if issue else "")
        click.echo(f"Preview: {address}")
        # Even if these do not exist yet: the preview notices when they appear.
        click.echo(f"Watching issues/, templates/ and {SETTINGS} in {project.root}.")
        click.echo("Saved changes appear by themselves. Press Control-C to stop.")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(Preview(project.root, port), listener, address if open_browser else None))


async def _serve(preview: Preview, listener: socket.socket, address: str | None) -> None:
    config = uvicorn.Config(
        preview.app,
        # Editors read this terminal: no line for each request, and no messages of the server itself.
        log_level="error",
        access_log=False,
        # Pure Python, so that the preview behaves the same on every computer.
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        # There is no proxy between the browser and us, so no header may say who is asking.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, preview)
    if address:
        asyncio.get_running_loop().call_later(0.2, webbrowser.open, address)
    await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that ends its event streams at Control-C. uvicorn waits for responses to end; these never would."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._preview.events.close()
        await super().shutdown(sockets)


def _open_socket(port: int | None) -> socket.socket:
    ports = range(FIRST_PORT, FIRST_PORT + _PORTS_TO_TRY) if port is None else [port]
    for number in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would otherwise share the port with another program
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_ADDRESS, number))
            listener.listen()
        except OSError as error:
            listener.close()
            reason = error.strerror or f"{error}"
        else:
            return listener
    message = f"The preview cannot listen on port {port}" if port is not None else "No port from 8000 to 8099 is free"
    hint = "Another program, or another preview, may use it. Leave “--port” out to use the next free port."
    raise Problems.one(Location("--port"), "port", f"{message}: {reason}.", hint)
