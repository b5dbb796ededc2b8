"""One connection to a relay, and what becomes of each message that is handed to it (RFC 5321, RFC 6409)."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Literal, NamedTuple

from newsletter.delivery.credentials import SMTP_PASSWORD, Password
from newsletter.delivery.server_reply import readable_reply
from newsletter.delivery.servers import Relay
from newsletter.delivery.tls_faults import certificate_fault, tls_fault, tls_hint
from newsletter.stages.header_fields import ADDRESS

_COMMAND_S = 60.0
"""How long the relay may take for a command. RFC 5321, 4.5.3.2, allows five minutes, which no relay for people uses."""
_OPEN_S = 30.0
"""How long it may take to connect, to agree on TLS and to greet. With the wrong `security`, both sides wait."""
_DATA_S = 600.0
"""How long it may take to accept a message (RFC 5321, 4.5.3.2.6). Giving up sooner would lose the answer."""
_Reply = tuple[int, bytes | str]

_CLOSES = 421
"""The reply after which a server closes the connection."""
_LOGIN_WANTED = 530
_WRONG_PASSWORD = 535
_MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5")
"""The ways to log in. The first ones work wherever they are offered, but only encryption makes them safe."""
_STARTTLS_HINT = (
    'This relay offers encryption: write “security = "starttls"” into [tool.newsletter.relay] of pyproject.toml.'
)


class DeliveryResult(NamedTuple):
    """What became of a message, and why."""

    state: Literal["accepted", "refused", "deferred", "unknown"]
    """`refused` is for ever, `deferred` for now, and `unknown` if the connection broke before the answer."""
    reason: str
    concerns_all: bool = False
    """Whether the relay takes no message at all now, whoever the reader is."""
    hint: str = ""
    """What to correct in the settings, if they are probably wrong."""
    is_open: bool = True
    """Whether there still is a connection, so that the next message can go at once."""
    is_reached: bool = True
    """Whether there was one at all."""


class RelayError(Exception):
    """The relay takes no message, and waiting changes nothing: a sentence, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class SmtpConnection:
    """A connection to a relay, which opens itself before a message and again after it broke."""

    def __init__(self, relay: Relay, password: Password | None, sender: str) -> None:
        """Prepare a connection.

        Args:
            relay: the relay.
            password: of its user.
            sender: the address that reports of failed deliveries go to, unless the relay has another.
        """
        self._relay, self._password = relay, password
        self._sender = relay.return_path or sender
        self._smtp: smtplib.SMTP | None = None

    def deliver(self, message: bytes, recipient: str, before_data: Callable[[], object]) -> DeliveryResult:
        """Hand over one message.

        Args:
            message: the message, with CRLF line ends.
            recipient: an email address.
            before_data: called when the next bytes could be the message. Before that, no message can be accepted.

        Raises:
            RelayError: if no message will be taken, such as after a wrong password.
            ValueError: if the recipient is no address.
        """
        if not ADDRESS.fullmatch(recipient):
            raise ValueError(f"{recipient!r} is no email address.")
        concerns_all = True
        try:
            smtp, reply = self._begin(len(message))
            self._require_no_login(reply)
            if 500 <= reply[0] <= 599:
                why = f"The relay refuses the sender {self._sender}: {self._text(reply)}"
                raise RelayError(why, "Ask your host from which addresses you may send.")
            if _is_positive(reply):
                # A relay that takes the sender takes messages. What it says from here on can be about this reader.
                concerns_all = False
                reply = smtp.rcpt(recipient)
                self._require_no_login(reply)
        except (OSError, smtplib.SMTPException) as error:
            # smtplib calls it a closed connection if an answer is late.
            error = error.__context__ if isinstance(error.__context__, TimeoutError) else error
            is_reached = self._smtp is not None
            self._drop()
            return DeliveryResult(
                "deferred",
                self._sentence(error),
                concerns_all,
                "" if is_reached else self._correction(error),
                is_open=False,
                is_reached=is_reached,
            )
        if not _is_positive(reply):
            return self._refusal(reply, "deferred", concerns_all)
        before_data()
        try:
            _set_timeout(smtp, _DATA_S)
            reply = smtp.data(message)
        except smtplib.SMTPDataError as error:  # the answer to the command, before the message itself
            return self._refusal((error.smtp_code, error.smtp_error), "deferred")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return DeliveryResult("unknown", self._sentence(error), is_open=False)
        finally:
            _set_timeout(smtp, _COMMAND_S)
        return DeliveryResult("accepted", self._text(reply)) if _is_positive(reply) else self._refusal(reply, "unknown")

    def _begin(self, size: int) -> tuple[smtplib.SMTP, _Reply]:
        """Name the sender of a message; return the session and the reply.

        A relay may close a connection that waits for the next message. That says nothing about this message.
        """
        if self._smtp:
            with suppress(OSError, smtplib.SMTPException):
                reply = self._mail(self._smtp, size)
                if reply[0] != _CLOSES:
                    return self._smtp, reply
            self._drop()
        self._smtp = self._open()
        return self._smtp, self._mail(self._smtp, size)

    def _require_no_login(self, reply: _Reply) -> None:
        """Raise RelayError if the relay wants a login and there is none (RFC 4954, section 6), or encryption."""
        if reply[0] != _LOGIN_WANTED:
            return
        # The same code stands for “STARTTLS first” (RFC 3207, section 4).
        if "STARTTLS" in self._text(reply):
            if self._relay.security == "none":
                raise RelayError(f"{self._relay} wants encryption: {self._text(reply)}", _STARTTLS_HINT)
        elif not self._relay.user:
            hint = (
                "Write “user” into [tool.newsletter.relay] of pyproject.toml. "
                f"The password goes into the environment variable {SMTP_PASSWORD}, or into the keyring of your system."
            )
            raise RelayError(f"{self._relay} wants a login: {self._text(reply)}", hint)

    def _mail(self, smtp: smtplib.SMTP, size: int) -> _Reply:
        return smtp.mail(self._sender, [f"size={size}"] if smtp.has_extn("size") else [])

    def close(self) -> None:
        """End the session."""
        if self._smtp:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._drop()

    def _open(self) -> smtplib.SMTP:
        relay, context, name = self._relay, ssl.create_default_context(), self._sender.rpartition("@")[2]
        try:
            if relay.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    relay.host, relay.port, local_hostname=name, timeout=_OPEN_S, context=context
                )
            else:
                smtp = smtplib.SMTP(relay.host, relay.port, local_hostname=name, timeout=_OPEN_S)
        except ssl.SSLCertVerificationError as error:
            raise RelayError(*certificate_fault(relay, error)) from error
        try:
            if relay.security == "starttls":
                smtp.starttls(context=context)
            _set_timeout(smtp, _COMMAND_S)
            smtp.ehlo_or_helo_if_needed()
            if self._password and not smtp.esmtp_features.get("auth", "").strip():
                raise self._no_login(smtp)
            if self._password:
                self._log_in(smtp, self._password)
        except ssl.SSLCertVerificationError as error:
            smtp.close()
            raise RelayError(*certificate_fault(relay, error)) from error
        except smtplib.SMTPNotSupportedError as error:
            smtp.close()
            hint = "Correct “security” and “port” in pyproject.toml, as your host says. Nothing is sent unencrypted."
            raise RelayError(f"{relay} offers no encryption.", hint) from error
        except RelayError:
            smtp.close()
            raise
        except smtplib.SMTPAuthenticationError as error:
            smtp.close()
            if error.smtp_code < 500:
                raise
            hint = "Correct the user and the password. Some hosts want a password that is only for programs."
            reply = self._text((error.smtp_code, error.smtp_error))
            raise RelayError(f"{relay} does not let {relay.user} log in: {reply}", hint) from None
        except (OSError, smtplib.SMTPException):
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP, password: Password) -> None:
        """Log in by one of the mechanisms that the relay offers, by another one only if it has not judged the password.

        `smtplib` tries them all. Each wrong attempt counts, and a host locks an account after a few.

        Raises:
            smtplib.SMTPException: if the relay does not take the login.
        """
        offered = smtp.esmtp_features["auth"].split()
        in_order = reversed(_MECHANISMS) if self._relay.security == "none" else _MECHANISMS
        *others, last = [each for each in in_order if each in offered] or offered
        for mechanism in (*others, last):
            smtp.esmtp_features["auth"] = mechanism
            try:
                smtp.login(self._relay.user, password.reveal())
            except smtplib.SMTPAuthenticationError as error:
                if mechanism == last or error.smtp_code < 500 or error.smtp_code == _WRONG_PASSWORD:
                    raise
            else:
                return

    def _no_login(self, smtp: smtplib.SMTP) -> RelayError:
        """Return what is wrong if there is a user, and the relay does not offer AUTH (RFC 4954)."""
        otherwise = "" if self._relay.security == "none" else ", or correct “port” and “security”, as your host says"
        hint = f"Delete “user” from [tool.newsletter.relay] of pyproject.toml{otherwise}."
        can_encrypt = self._relay.security == "none" and smtp.has_extn("starttls")
        return RelayError(f"{self._relay} offers no login.", _STARTTLS_HINT if can_encrypt else hint)

    def _refusal(
        self, reply: _Reply, otherwise: Literal["deferred", "unknown"], concerns_all: bool = False
    ) -> DeliveryResult:
        """Return the result of a reply that is not positive, and make the connection ready for the next message.

        Args:
            reply: the reply.
            otherwise: the result if the reply is neither positive nor negative, such as one that was cut off.
            concerns_all: whether it is about all messages.
        """
        if not 400 <= reply[0] <= 599:
            # Nobody knows what the relay thinks that it was asked.
            self._drop()
            reason = f"The relay gave no answer of SMTP: {self._text(reply)}"
            return DeliveryResult(otherwise, reason, concerns_all, is_open=False)
        if reply[0] == _CLOSES:
            self._drop()
            return DeliveryResult("deferred", self._text(reply), concerns_all, is_open=False)
        try:
            if self._smtp:
                self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()
        return DeliveryResult("deferred" if reply[0] < 500 else "refused", self._text(reply), concerns_all)

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
            self._smtp = None

    def _correction(self, error: Exception) -> str:
        """Return what to correct if the relay could not be reached at all; empty if it may be reached later."""
        relay, place = self._relay, f"in pyproject.toml. Now they say {self._relay}."
        match error:
            case socket.gaierror() if error.errno != socket.EAI_AGAIN:
                return f"Correct “host” and “port” {place}"
            case ConnectionRefusedError():
                return f"Correct “host” and “port” {place}"
            case ssl.SSLError():
                return tls_hint(relay, error, 465)
            case TimeoutError() if relay.security == "starttls":
                return f'Correct “host” and “port” {place} If it is the port for TLS, write “security = "tls"”.'
            case TimeoutError():
                return f"Correct “host”, “port” and “security” {place}"
        return ""

    def _sentence(self, error: Exception) -> str:
        """Return why a command failed, in words without the password."""
        match error:
            case smtplib.SMTPResponseException():
                return self._text((error.smtp_code, error.smtp_error))
            case smtplib.SMTPServerDisconnected():
                return "The relay closed the connection."
            case ssl.SSLError():
                return tls_fault("The relay", error)
            case TimeoutError():
                return "The relay did not answer in time."
            case OSError() if error.strerror:
                return f"The relay cannot be reached: {error.strerror}."
        return self._text((0, str(error)))

    def _text(self, reply: _Reply) -> str:
        """Return a reply of the relay on one line."""
        return f"{reply[0] or ''} {readable_reply(reply[1], self._password)}".strip()


def _is_positive(reply: _Reply) -> bool:
    return 200 <= reply[0] <= 299


def _set_timeout(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock:
        smtp.sock.settimeout(seconds)
