"""A mail server inside a test: aiosmtpd on a free port of the loopback address, which can refuse and break off."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Answer = str | None
"""A reply of the server, such as "550 5.1.1 no such reader"; "drop" to close the connection; None to accept."""


@dataclass
class Inbox:
    """What a server has accepted, and what it answers."""

    messages: list[tuple[str, bytes]] = field(default_factory=list)
    """Recipients and messages, in their order."""
    senders: set[str] = field(default_factory=set)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    connections: int = 0
    on_recipient: Callable[[str], Answer] = lambda _: None
    on_data: Callable[[str], Answer] = lambda _: None
    after_data: Callable[[str], Answer] = lambda _: None
    """The answer after the message was accepted. With "drop", nobody hears that it was."""
    on_sender: Callable[[str], Answer] = lambda _: None
    password: bytes = b""
    port: int = 0

    async def handle_EHLO(  # noqa: N802 - the names and arguments of aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.senders.add(address)
        envelope.mail_from = address
        return self._answer(server, self.on_sender(address)) or "250 OK"

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._answer(server, self.on_recipient(address)):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        (recipient,) = envelope.rcpt_tos
        if answer := self._answer(server, self.on_data(recipient)):
            return answer
        assert isinstance(envelope.content, bytes)
        self.messages.append((recipient, envelope.content))
        return self._answer(server, self.after_data(recipient)) or "250 queued"

    @staticmethod
    def _answer(server: SMTP, answer: Answer) -> str | None:
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 gone"
        return answer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Check a login. A wrong password is in the reply, as a careless server would do it."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        is_right = data.password == self.password
        message = None if is_right else f"535 5.7.8 wrong: {data.password.decode()}"
        return AuthResult(success=is_right, handled=False, message=message)


@contextmanager
def mail_server(
    inbox: Inbox | None = None, implicit_tls: ssl.SSLContext | None = None, **options: Any
) -> Iterator[Inbox]:
    """Run a server until the end of the block.

    Args:
        inbox: what it answers; everything is accepted without it.
        implicit_tls: the certificate, if connections are encrypted from their first byte.
        options: those of aiosmtpd, such as `tls_context`.
    """
    inbox = inbox or Inbox()
    if inbox.password:
        options |= {"authenticator": inbox.authenticate}
    loop = asyncio.new_event_loop()
    # aiosmtpd's own controller needs a port that is known before.
    listening = loop.create_server(lambda: SMTP(inbox, loop=loop, **options), "127.0.0.1", 0, ssl=implicit_tls)
    server = loop.run_until_complete(listening)
    inbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield inbox
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Stop listening, and end the sessions that a client left open."""
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
