"""Put messages into the folder of drafts of a mailbox (IMAP, RFC 9051, RFC 6154)."""

from __future__ import annotations

import datetime
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from newsletter.delivery.credentials import Password
from newsletter.delivery.message_id import message_id
from newsletter.delivery.server_reply import readable_reply
from newsletter.delivery.servers import ImapServer
from newsletter.delivery.tls_faults import certificate_fault, tls_fault, tls_hint
from newsletter.problems import Location, Problems

_TIMEOUT_S = 60.0
_SETTINGS_FILE = Location("pyproject.toml")
_FOLDER = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)"|NIL) (?P<name>"(?:[^"\\]|\\.)*"|[^ "]+)')
"""A line of the answer to LIST: attributes, the separator of folders, and the name as the server wrote it."""
_REPR = re.compile(r"""\[?\bb(?P<quote>['"])(?P<reply>[^'"]*)(?P=quote)\]?""")
"""Bytes as `repr` writes them, in a list or not."""


class Drafts(NamedTuple):
    """A folder with drafts: its name, and how many of the messages were in it before."""

    folder: str
    earlier: int


def put_drafts(server: ImapServer, password: Password | None, messages: Sequence[bytes]) -> Drafts:
    """Put messages into the folder of drafts, each marked as a draft that was read. Skip those that are already there.

    Args:
        server: the mailbox.
        password: of its user.
        messages: the messages, with CRLF line ends.

    Returns:
        The folder.

    Raises:
        Problems: if the mailbox cannot be used, or has no folder of drafts.
    """
    try:
        with _session(server, password) as imap:
            folder = _quoted(server.folder) if server.folder else _drafts_folder(imap, server)
            _require_ok(server, password, imap.select(folder, readonly=True))
            # An earlier attempt may have ended after the first edition.
            missing = [message for message in messages if not _is_there(imap, message)]
            for message in missing:
                now = datetime.datetime.now(datetime.UTC)
                _require_ok(server, password, imap.append(folder, r"(\Draft \Seen)", now, message))
    except ssl.SSLCertVerificationError as error:
        raise Problems.one(_SETTINGS_FILE, "imap", *certificate_fault(server, error)) from error
    except ssl.SSLError as error:
        why, hint = tls_fault(str(server), error), tls_hint(server, error, 993)
        raise Problems.one(_SETTINGS_FILE, "imap", why, hint) from error
    except OSError as error:
        why = f"{server} cannot be reached: {error.strerror or 'it does not answer'}."
        hint = "Correct “host”, “port” and “security” in pyproject.toml."
        raise Problems.one(_SETTINGS_FILE, "imap", why, hint) from error
    except imaplib.IMAP4.error as error:
        why = f"{server} refused: {_words(error, password)}"
        hint = "Correct the server, the user and the password. Some hosts want a password that is only for programs."
        raise Problems.one(_SETTINGS_FILE, "imap", why, hint) from None
    return Drafts(_readable(folder), len(messages) - len(missing))


def _words(error: imaplib.IMAP4.error, password: Password | None) -> str:
    """Return what a server has answered. Errors of Python's client have its bytes alone, or in words as `repr` does."""
    reply = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    return _REPR.sub(r"\g<reply>", readable_reply(reply, password))


def _require_ok(server: ImapServer, password: Password | None, reply: tuple[str, Sequence[object]]) -> None:
    status, answer = reply
    if status != "OK":
        why = readable_reply(answer[-1] if isinstance(answer[-1], bytes) else str(answer[-1]), password)
        hint = "Write the name of an existing folder as “folder” in pyproject.toml."
        raise Problems.one(_SETTINGS_FILE, "imap", f"{server} does not take the draft: {why}", hint)


def _is_there(imap: imaplib.IMAP4, message: bytes) -> bool:
    """Check whether the selected folder has a message. Its Message-ID is a hash of all that it says."""
    identifier = message_id(message)
    status, numbers = imap.search(None, "UNDELETED", "HEADER", "Message-ID", f'"{identifier}"')
    return bool(identifier) and status == "OK" and any(numbers)


@contextmanager
def _session(server: ImapServer, password: Password | None) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    if server.security == "tls":
        imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=_TIMEOUT_S)
    else:
        imap = imaplib.IMAP4(server.host, server.port, timeout=_TIMEOUT_S)
    try:
        if server.security == "starttls":
            imap.starttls(context)
        if password:
            imap.login(server.user, password.reveal())
        yield imap
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            imap.logout()


def _drafts_folder(imap: imaplib.IMAP4, server: ImapServer) -> str:
    """Return the name of the folder that the server marks as that of drafts, else of one that is called so."""
    lines = [line for line in imap.list()[1] if isinstance(line, bytes)]
    folders = [match for line in lines if (match := _FOLDER.fullmatch(line))]
    by_attribute = [match["name"] for match in folders if rb"\drafts" in match["flags"].lower().split()]
    by_name = [match["name"] for match in folders if match["name"].strip(b'"').lower() in (b"drafts", b"inbox.drafts")]
    if names := [*by_attribute, *by_name]:
        return names[0].decode("ascii", "replace")
    hint = "Write its name as “folder” in [tool.newsletter.mailbox] of pyproject.toml."
    raise Problems.one(_SETTINGS_FILE, "imap", f"{server} does not say which folder is that of drafts.", hint)


def _quoted(name: str) -> str:
    """Return the name of a folder as IMAP has it: in quotation marks and modified UTF-7 (RFC 3501, 5.1.3)."""
    encoded = re.sub("&", "&-", name)
    encoded = re.sub(r"[^ -~]+", _modified_base64, encoded)
    return '"' + encoded.replace("\\", r"\\").replace('"', r"\"") + '"'


def _readable(name: str) -> str:
    """Return the name of a folder as people write it."""
    words = re.sub(r"\\(.)", r"\1", name[1:-1] if name.startswith('"') else name)
    return re.sub("&([^-]*)-", lambda match: _from_modified_base64(match[1]) if match[1] else "&", words)


def _from_modified_base64(text: str) -> str:
    return f"+{text.replace(',', '/')}-".encode("ascii").decode("utf-7", "replace")


def _modified_base64(match: re.Match[str]) -> str:
    # UTF-7 has the same form with other signs around and inside.
    return match[0].encode("utf-7").decode("ascii").replace("+", "&", 1).replace("/", ",").removesuffix("-") + "-"
