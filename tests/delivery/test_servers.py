"""The mail servers in pyproject.toml: what they are unless given, and what is wrong with them, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.check.settings import read_settings
from newsletter.delivery.rate import Rate
from newsletter.delivery.servers import ImapServer, Relay
from newsletter.problems import Problems
from newsletter.project import Project

HOST = 'host = "mail.saltby.test"\n'


def read(folder: Path, table: str, lines: str) -> Relay | ImapServer | None:
    (folder / "pyproject.toml").write_text(f"[tool.newsletter.{table}]\n{lines}", "utf-8")
    settings = read_settings(Project(folder))
    return settings.relay or settings.mailbox


def test_a_host_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, "relay", HOST) == Relay("mail.saltby.test", 587, "starttls", "", 1, Rate(30, "min"))
    assert read(tmp_path, "mailbox", HOST) == ImapServer("mail.saltby.test", 993, "tls", "")
    tls = read(tmp_path, "relay", HOST + 'security = "tls"\nrate = "500/hour"\n')
    assert isinstance(tls, Relay) and (tls.port, tls.rate) == (465, Rate(500, "hour"))
    assert read(tmp_path, "relay", 'host = "localhost"\nsecurity = "none"\n')


@pytest.mark.parametrize(
    ("table", "lines", "line", "message"),
    [
        ("relay", 'user = "a"\n', 1, "There is no “host”."),
        ("relay", 'host = "a b"\n', 2, "“host” cannot be “a b”."),
        ("relay", 'host = "news:hunter2@a.test"\n', 2, "“host” cannot be an address of this form."),
        ("relay", 'host = "smtps://hunter2"\n', 2, "“host” cannot be an address of this form."),
        ("relay", HOST + 'port = "587"\n', 3, "“port” cannot be “587”."),
        ("relay", HOST + "port = true\n", 3, "“port” cannot be True."),
        ("relay", HOST + 'security = "ssl"\n', 3, "“security” cannot be “ssl”."),
        ("relay", HOST + 'security = "none"\n', 3, "Messages and passwords would travel unencrypted."),
        ("relay", 'host = "192.0.2.1"\nsecurity = "none"\n', 3, "Messages and passwords would travel unencrypted."),
        ("relay", HOST + 'rate = "30"\n', 3, "“rate” cannot be “30”."),
        ("relay", HOST + "connections = 100\n", 3, "“connections” cannot be 100."),
        ("relay", HOST + 'password = "hunter2"\n', 3, "A password must not be in this file."),
        ("relay", HOST + 'usr = "a"\n', 3, "Unknown key “usr”."),
        ("relay", HOST + 'return_path = "a"\n', 3, "“return_path” cannot be “a”."),
        ("relay", HOST + 'user = "a\\nb"\n', 3, "“user” cannot be “a\nb”."),
        ("relay", HOST + 'dkim_key = "a.pem"\n', 3, "There is “dkim_key” without “dkim_selector”."),
        ("mailbox", HOST + 'folder = ""\n', 3, "“folder” cannot be “”."),
        ("mailbox", HOST + 'rate = "30/min"\n', 3, "Unknown key “rate”."),
    ],
)
def test_a_problem_is_reported_at_its_line(tmp_path: Path, table: str, lines: str, line: int, message: str) -> None:
    with pytest.raises(Problems) as error:
        read(tmp_path, table, lines)
    (problem,) = error.value.problems
    assert (problem.location.line, problem.message) == (line, message)
    assert "hunter2" not in str(error.value)


def test_what_should_be_a_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.newsletter]\nrelay = "mail.saltby.test"\n', "utf-8")
    with pytest.raises(Problems, match="“relay” should be a table"):
        read_settings(Project(tmp_path))
