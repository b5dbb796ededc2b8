"""The preview's protection: who gets an answer, and what its pages may do in the browser."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page of the preview may use its own style and script, pictures inside the page, and the email in a frame.
# `frame-src 'self'` also limits where a link inside the frame can take the frame.
PAGE_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# The email may use its own style and the pictures inside it, and nothing else: no script, form, frame, plug-in, pop-up
# or download, and no access to the window around it. `allow-same-origin` gives the email nothing, because none of its
# scripts ever runs. It lets the preview's script read how far the frame is scrolled, and where a link goes. Together
# with `allow-scripts` it would be dangerous, so never add that, neither here nor in the frame's attribute.
EMAIL_SANDBOX = "allow-same-origin"
EMAIL_CSP = (
    f"sandbox {EMAIL_SANDBOX}; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Nothing says to another website that the preview is open. With "no-referrer", browsers would also not say to the
    # preview itself that one of its own pages sent a form.
    "Referrer-Policy": "same-origin",
    # Resolving the host names of links in advance would show others which issue is being read.
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_NAMES = ("127.0.0.1", "localhost", "[::1]")

NOTE_READER = "/issues/{slug}/read"
START_TASK = "/issues/{slug}/start"
WRITING = ("/issues/{slug}/fix", "/issues/{slug}/undo", NOTE_READER, START_TASK)
"""The only addresses that change a file or start a task. They take a form, and nothing else does."""

_MOST_BYTES = 20_000  # of a form
_FORM = "application/x-www-form-urlencoded"


def with_security_headers(send: Send) -> Send:
    """Return a function that sends an answer with the security headers."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            headers.setdefault("Content-Security-Policy", PAGE_CSP)
        await send(message)

    return send_with_headers


class LocalOnlyMiddleware:
    """Answer only the browser of this computer, and add the security headers to every answer.

    A website can point its own host name at 127.0.0.1 and then send requests (DNS rebinding). Their Host header has
    that name, so they get no answer. A website can also send a form to the real address. So a form has to come from
    this computer and from a page of the preview, and to have a token that no other page knows. Only then is it read:
    `form_of` returns it.
    """

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        """Create it.

        Args:
            app: the application, which gets only the requests that are allowed.
            port: the port that the preview listens on.
            token: what a form has to have as its `token`: a new one at each start.
        """
        self.app, self.token = app, token
        self.hosts = {f"{name}:{port}" for name in _NAMES} | ({*_NAMES} if port == 80 else set())
        self._writing = [compile_path(path)[0] for path in WRITING]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        refusal = await self._refusal(scope, receive)
        await (refusal or self.app)(scope, receive, with_security_headers(send))

    async def _refusal(self, scope: Scope, receive: Receive) -> PlainTextResponse | None:
        """Return the answer to a request that is not allowed; None if it is. Read the form of one that is."""
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return _refused(
                400, "The preview answers only at its own address. Open the address that it printed when it started."
            )
        scope["newsletter.is_local"] = _is_loopback(scope)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST" or not any(path.fullmatch(scope["path"]) for path in self._writing):
            return _refused(405, "The preview only reads here.", {"Allow": "GET, HEAD"})
        if not is_this_computer(scope) or not _is_from_preview(headers):
            return _refused(403, "Only a page of the preview, on this computer, can change a file.")
        form = await _read_form(headers, receive)
        if form is None:
            return _refused(400, "This is not a form of the preview.")
        if not any(compare_digest(token.encode(), self.token.encode()) for token in form.get("token", [])):
            return _refused(403, "The preview was started again since this page was opened. Reload the page.")
        scope["newsletter.form"] = form
        return None


def form_of(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form that was allowed, each with its values.

    Raises:
        HTTPException: if there is none, because the request did not go through `LocalOnlyMiddleware`.
    """
    form: dict[str, list[str]] | None = request.scope.get("newsletter.form")
    if form is None:
        raise HTTPException(403)
    return form


def is_this_computer(scope: Scope) -> bool:
    """Check whether `LocalOnlyMiddleware` let a request in: it is from this computer, and not from a phone."""
    return bool(scope.get("newsletter.is_local"))


def _is_loopback(scope: Scope) -> bool:
    try:
        return ip_address((scope.get("client") or ("",))[0]).is_loopback
    except ValueError:
        return False


def _is_from_preview(headers: Headers) -> bool:
    """Check whether a page of the preview sent a request. A browser says so; no page can make it say anything else."""
    if origins := headers.getlist("origin"):
        return origins == [f"http://{headers['host']}"]
    return headers.getlist("sec-fetch-site") == ["same-origin"]


async def _read_form(headers: Headers, receive: Receive) -> dict[str, list[str]] | None:
    """Return the fields of a form; None if it is too long or not one."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > _MOST_BYTES:
            return None
        if not message.get("more_body"):
            break
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=500)
    except ValueError:
        return None


def _refused(status: int, sentence: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(sentence + "\n", status, headers)
