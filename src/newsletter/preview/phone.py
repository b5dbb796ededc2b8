"""Show the preview on a phone in the same network: `newsletter preview --phone`.

Only this module answers anybody but this computer. A phone comes in with an address that works once, and then keeps a
cookie until the preview ends. It can read every page and change nothing.
"""

from __future__ import annotations

import hmac
import secrets
import socket
from urllib.parse import quote

import segno
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from newsletter.preview.open_port import open_port, reason
from newsletter.preview.security import with_security_headers
from newsletter.problems import Location, Problems

PATH = "/phone"
NOTICE = (
    "Until you stop the preview, each phone that you let in can read every issue of this project, and change nothing. "
    "The connection is not encrypted: do this only in a network that you trust, such as the one at home."
)
_COOKIE = "newsletter_phone"
_TOKEN_BYTES = 16  # 128 bits cannot be guessed, so nobody has to count wrong ones


class PhoneAccess:
    """Who may look from outside: the address for the next phone, and the phones that came in."""

    def __init__(self, host: str, port: int) -> None:
        """Let no phone in yet.

        Args:
            host: the IPv4 address of this computer in the local network.
            port: the port that listens there.
        """
        self.host, self.port = host, port
        self._sessions: list[str] = []
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)

    @property
    def origin(self) -> str:
        """The host and port that phones ask for."""
        return f"{self.host}:{self.port}"

    @property
    def phones(self) -> int:
        """The number of phones that came in."""
        return len(self._sessions)

    @property
    def address(self) -> str:
        """The address that lets in the next phone. It changes as soon as a phone has used it."""
        return f"http://{self.origin}{PATH}/{quote(self._token)}"

    def let_in(self, token: str) -> str | None:
        """Return the secret of a new phone's cookie; None if the token is wrong or was used before."""
        if not _same(token, self._token):
            return None
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._sessions.append(secrets.token_urlsafe(_TOKEN_BYTES))
        return self._sessions[-1]

    def knows(self, cookie: str) -> bool:
        """Check whether a cookie belongs to a phone that came in."""
        return any(_same(cookie, session) for session in self._sessions)


class PhoneApp:
    """Answer phones at this computer's address in the network. Everything else goes on to the app for this computer."""

    def __init__(self, app: ASGIApp, local: ASGIApp, access: PhoneAccess) -> None:
        """Wrap the preview.

        Args:
            app: the preview's pages.
            local: the same, behind the gate for this computer.
            access: who may look from outside.
        """
        self._app, self._local, self._access = app, local, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["server"][0] == self._access.host:
            answer = self._answer(Request(scope)) or self._app
            await answer(scope, receive, with_security_headers(send))
        else:
            await self._local(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        """Return the answer to a request that does not reach the pages; None if it does."""
        path = request.url.path
        if request.headers.getlist("host") != [self._access.origin]:
            return _refusal("Open the address that the preview printed when it started.", 400)
        if request.method not in ("GET", "HEAD"):
            return _refusal("A phone can look at the preview, and change nothing.", 405)
        if request.method == "GET" and path.startswith(f"{PATH}/"):
            return self._let_in(path.removeprefix(f"{PATH}/"))
        if path != PATH and self._access.knows(request.cookies.get(_COOKIE, "")):
            return None
        return _refusal(f"To let this phone in, scan the code on the page {PATH} of the preview on the computer.", 403)

    def _let_in(self, token: str) -> Response:
        session = self._access.let_in(token)
        if session is None:
            return _refusal(
                f"This address was used before: it works once. The page {PATH} of the preview on the computer has a "
                "new one.",
                403,
            )
        answer = RedirectResponse("/", 303)
        # Not “strict”: some browsers would leave it out of the first page after a code was scanned.
        answer.set_cookie(_COOKIE, session, httponly=True, samesite="lax")
        return answer


def listen_for_phones(port: int) -> tuple[socket.socket, PhoneAccess]:
    """Listen at this computer's address in the local network, and let no phone in yet.

    Args:
        port: the preview's own port, which is used here, too, if it is free.

    Raises:
        Problems: if this computer is in no network, or cannot listen there.
    """
    host = network_address()
    if host is None:
        hint = "Connect it to the network that your phone is in, and start the preview again."
        raise Problems.one(Location("--phone"), "network", "This computer is not in any network.", hint)
    try:
        listener = open_port(host, (port, 0))
    except OSError as error:
        hint = "Start it without “--phone” to use only this computer."
        message = f"The preview cannot listen at {host}: {reason(error)}."
        raise Problems.one(Location("--phone"), "network", message, hint) from None
    return listener, PhoneAccess(host, listener.getsockname()[1])


def network_address() -> str | None:
    """Return the IPv4 address of this computer in the local network; None if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # To "connect" a datagram socket sends nothing: it only asks which address would be used. The address is
            # reserved for documentation (RFC 5737), so it is outside of every local network.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        host = str(probe.getsockname()[0])
    return None if host.startswith("127.") else host


def qr_code(address: str) -> segno.QRCode:
    """Return the QR code of an address."""
    return segno.make_qr(address)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _refusal(message: str, status: int) -> Response:
    return PlainTextResponse(f"{message}\n", status)
