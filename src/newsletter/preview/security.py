"""What keeps the preview to itself: who may ask, and what a page may do in the browser."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page of the preview: its own style and script, pictures that travel inside it, and the email in a frame.
# `frame-src 'self'` also holds for where a link inside the frame would lead the frame.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# The email: its own style and the pictures inside it, and nothing else; no script, form, frame, plug-in, pop-up,
# download, or way up to the window that holds it. `allow-same-origin` gives the email nothing, as no script of its own
# ever runs; it lets the preview's script read how far the frame is scrolled, and where a link in it leads. The two
# tokens are dangerous only together, so `allow-scripts` must never join it, neither here nor in the frame's attribute.
EMAIL_SANDBOX = "allow-same-origin"
EMAIL_POLICY = (
    f"sandbox {EMAIL_SANDBOX}; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Looking up the names of links in advance would tell others which issue is being read.
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_NAMES = ("127.0.0.1", "localhost", "[::1]")


class LocalOnlyMiddleware:
    """Answers nobody but this computer's own browser, and puts the headers on every answer.

    A page anywhere on the web can give its own name the address 127.0.0.1 and then ask in that name (DNS rebinding);
    its Host is that name, so it gets no answer.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}" for name in _NAMES} | ({*_NAMES} if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        if Headers(scope=scope).getlist("host") not in [[host] for host in self.hosts]:
            refusal = "The preview answers only under its own address. Open the address that it printed when it began."
            await PlainTextResponse(refusal + "\n", 400)(scope, receive, send_with_headers)
        elif scope["method"] not in ("GET", "HEAD"):
            refusal = "The preview only shows things: it takes no changes."
            await PlainTextResponse(refusal + "\n", 405, {"Allow": "GET, HEAD"})(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)
