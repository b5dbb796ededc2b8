"""The mail servers of a project, as its pyproject.toml names them. A password is never in there."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from newsletter.delivery.rate import DEFAULT_RATE, Rate
from newsletter.english import did_you_mean
from newsletter.stages.header_fields import ADDRESS

Security = Literal["starttls", "tls", "none"]
"""How a connection is encrypted: after the command STARTTLS, from its first byte, or not at all."""

MOST_CONNECTIONS = 10
_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|[0-9A-Fa-f:]+")
_SELECTOR = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_SECRETS = ("password", "pass", "secret", "token")


@dataclass(frozen=True)
class Server:
    """A mail server. Without a user there is no login."""

    host: str
    port: int
    security: Security
    user: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Relay(Server):
    """A server that sends messages on (RFC 6409), and how much it takes."""

    connections: int = 1
    rate: Rate = DEFAULT_RATE
    return_path: str = ""
    """Where reports of failed deliveries go; to the sender if it is empty."""
    dkim_selector: str = ""
    """The name of the DKIM key in the DNS; empty if the messages are not signed here."""
    dkim_key: str = ""
    """The file of the private key, from the folder of the project."""


@dataclass(frozen=True)
class ImapServer(Server):
    """A server that keeps messages (IMAP, RFC 9051), and its folder of drafts; empty for the one that says it is."""

    folder: str = ""


class SettingProblem(NamedTuple):
    """What is wrong with a key: the key, a sentence, and what to do."""

    key: str
    message: str
    hint: str


class _Key(NamedTuple):
    accepts: Callable[[Any], bool]
    hint: str


def _text(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _number(most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _is_rate(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(Rate.parse(value))
    except ValueError:
        return False


_ANY_TEXT = _text(re.compile(r"[^\x00-\x1f\x7f]+"))
_SERVER = {
    "host": _Key(_text(_HOST), 'Write the name of the server, such as "mail.example.org".'),
    "port": _Key(_number(65_535), "Write a number from 1 to 65535, without quotes."),
    "security": _Key(lambda value: value in get_args(Security), 'Write "starttls", "tls" or "none".'),
    "user": _Key(_ANY_TEXT, "Write the name to log in with, in quotes."),
}
_RELAY = {
    **_SERVER,
    "connections": _Key(_number(MOST_CONNECTIONS), f"Write a number from 1 to {MOST_CONNECTIONS}, without quotes."),
    "rate": _Key(_is_rate, 'Write a number and a time, such as "30/min" or "500/hour".'),
    "return_path": _Key(_text(ADDRESS), 'Write an email address, such as "bounces@example.org".'),
    "dkim_selector": _Key(_text(_SELECTOR), 'Write the name of the key in the DNS, such as "news2026".'),
    "dkim_key": _Key(_ANY_TEXT, "Write the path of the file, from the folder of the project."),
}
_MAILBOX = {**_SERVER, "folder": _Key(_ANY_TEXT, "Write the name of the folder, in quotes.")}


def relay_problems(table: Mapping[str, Any]) -> list[SettingProblem]:
    """Return what is wrong with the table of a relay."""
    problems = _problems(table, _RELAY, "NEWSLETTER_SMTP_PASSWORD")
    if ("dkim_selector" in table) != ("dkim_key" in table):
        key, other = ("dkim_selector", "dkim_key") if "dkim_selector" in table else ("dkim_key", "dkim_selector")
        problems.append(SettingProblem(key, f"There is “{key}” without “{other}”.", "A signature needs both."))
    return problems


def mailbox_problems(table: Mapping[str, Any]) -> list[SettingProblem]:
    """Return what is wrong with the table of a mailbox."""
    return _problems(table, _MAILBOX, "NEWSLETTER_IMAP_PASSWORD")


def read_relay(table: Mapping[str, Any]) -> Relay:
    """Return the relay of a table without problems. The ports are those of RFC 6409 and RFC 8314."""
    values = {**table, "rate": Rate.parse(table["rate"])} if "rate" in table else table
    return Relay(**_with_defaults(values, {"starttls": 587, "tls": 465, "none": 25}, "starttls"))


def read_mailbox(table: Mapping[str, Any]) -> ImapServer:
    """Return the mailbox of a table without problems. The ports are those of RFC 9051 and RFC 8314."""
    return ImapServer(**_with_defaults(table, {"starttls": 143, "tls": 993, "none": 143}, "tls"))


def _with_defaults(table: Mapping[str, Any], ports: Mapping[str, int], security: Security) -> dict[str, Any]:
    chosen = table.get("security", security)
    return {"port": ports[chosen], "security": chosen, "user": "", **table}


def _problems(table: Mapping[str, Any], keys: Mapping[str, _Key], variable: str) -> list[SettingProblem]:
    problems = [_problem(key, value, keys, variable) for key, value in table.items()]
    if "host" not in table:
        problems.append(SettingProblem("", "There is no “host”.", keys["host"].hint))
    elif table.get("security") == "none" and not _is_loopback(str(table["host"])):
        hint = 'Write "starttls" or "tls". Only a server on this very computer, such as 127.0.0.1, can have "none".'
        problems.append(SettingProblem("security", "Messages and passwords would travel unencrypted.", hint))
    return [problem for problem in problems if problem]


def _problem(key: str, value: Any, keys: Mapping[str, _Key], variable: str) -> SettingProblem | None:
    if key.lower() in _SECRETS:
        hint = f"Delete it, and change the password if others can read this file. Set the variable {variable} instead."
        return SettingProblem(key, "A password must not be in this file.", hint)
    if key not in keys:
        hint = did_you_mean(key, tuple(keys), f"You can write these keys here: {', '.join(keys)}.")
        return SettingProblem(key, f"Unknown key “{key}”.", hint)
    if not keys[key].accepts(value):
        return SettingProblem(key, f"“{key}” cannot be {_printable(value)}.", keys[key].hint)
    return None


def _printable(value: Any) -> str:
    """Return a value as a message shows it: not at all if it can be an address with a password in it."""
    if "@" in str(value) or "://" in str(value):
        return "an address of this form"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
