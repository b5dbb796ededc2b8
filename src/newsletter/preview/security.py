"""The preview's protection: who gets an answer, and what its pages may do in the browser."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page of the preview may use its own style and script, pictures inside the page, and the email in a frame.
# `frame-src 'self'` also limits where a link inside the frame can take the frame.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# The email may use its own style and the pictures inside it, and nothing else: no script, form, frame, plug-in, pop-up
# or download, and no access to the window around it. `allow-same-origin` gives the email nothing, because none of its
# scripts ever runs. It lets the preview's script read how far the frame is scrolled, and where a link goes. Together
# with `allow-scripts` it would be dangerous, so never add that, neither here nor in the frame's attribute.
EMAIL_SANDBOX = "allow-same-origin"
EMAIL_POLICY = (
    f"sandbox {EMAIL_SANDBOX}; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Resolving the host names of links in advance would show others which issue is being read.
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_NAMES = ("127.0.0.1", "localhost", "[::1]")


class LocalOnlyMiddleware:
    """Answer only the browser of this computer, and add the security headers to every answer.

    A website can point its own host name at 127.0.0.1 and then send requests (DNS rebinding). Their Host header has
    that name, so they get no answer.
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
            error = "The preview answers only at its own address. Open the address that it printed when it started."
            await PlainTextResponse(error + "\n", 400)(scope, receive, send_with_headers)
        elif scope["method"] not in ("GET", "HEAD"):
            error = "The preview is read-only."
            await PlainTextResponse(error + "\n", 405, {"Allow": "GET, HEAD"})(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)
