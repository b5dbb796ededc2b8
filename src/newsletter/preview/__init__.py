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
from newsletter.editors import Editor
from newsletter.preview.open_port import open_port, reason
from newsletter.preview.phone import NOTICE, PhoneAccess, listen_for_phones, qr_code
from newsletter.preview.server import Preview
from newsletter.problems import Location, Problems
from newsletter.project import Project

FIRST_PORT = 8000
_PORTS_TO_TRY = 100
_ADDRESS = "127.0.0.1"


def serve(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    project: Project,
    issue: str | None = None,
    port: int | None = None,
    open_browser: bool = False,
    phone: bool = False,
    editor: Editor | None = None,
) -> None:
    """Serve the preview until Control-C.

    Args:
        project: the project to show. Its files are watched.
        issue: the first issue to show, as its file name without the ending; None for the list of all issues.
        port: the port on 127.0.0.1; None for 8000 or the next free one, 0 for any free one.
        open_browser: whether to open the page in the browser.
        phone: whether phones in the local network may look at it.
        editor: the editor in which links on the pages open a file; None if it is not known.

    Raises:
        Problems: if the port is in use, or if there is no network for phones.
    """
    # Short commands turn the garbage collector off (see cli.run). A preview may run for days.
    gc.enable()
    # Python's default is 5 ms: for so long the thread that builds could keep the server from answering.
    sys.setswitchinterval(0.001)
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_open_socket(port))
        port = listener.getsockname()[1]
        address = f"http://{_ADDRESS}:{port}/" + (f"issues/{quote(issue)}/" if issue else "")
        sockets, access = [listener], None
        if phone:
            phone_listener, access = listen_for_phones(port)
            sockets.append(stack.enter_context(phone_listener))
        click.echo(f"Preview: {address}")
        # Even if these do not exist yet: the preview notices when they appear.
        click.echo(f"Watching issues/, templates/ and {SETTINGS} in {project.root}.")
        click.echo("Saved changes appear by themselves. Press Control-C to stop.")
        if access:
            _show_phone_address(access)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(Preview(project.root, port, access, editor), sockets, address if open_browser else None))


def _show_phone_address(access: PhoneAccess) -> None:
    # By ear, or in a file, the code would be many lines of noise.
    has_code = sys.stdout.isatty()
    click.echo(f"\nOn one phone, open {access.address}{' or scan its code' * has_code}. It works once.\n{NOTICE}")
    if has_code:
        qr_code(access.address).terminal(compact=True)


async def _serve(preview: Preview, sockets: list[socket.socket], address: str | None) -> None:
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
    await server.serve(sockets=sockets)


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
    try:
        return open_port(_ADDRESS, ports)
    except OSError as error:
        what = f"The preview cannot listen on port {port}" if port is not None else "No port from 8000 to 8099 is free"
        hint = "Another program, or another preview, may use it. Leave “--port” out to use the next free port."
        raise Problems.one(Location("--port"), "port", f"{what}: {reason(error)}.", hint) from None
