"""Signatures of DKIM, verified by dkimpy with a key that the test gives out instead of the DNS, and by OpenDKIM."""

from __future__ import annotations

import subprocess
from pathlib import Path

import dkim
import pytest

from newsletter.delivery.servers import read_relay
from newsletter.delivery.signature import Signer, read_signer
from newsletter.problems import Problems
from newsletter.project import Project
from support.dkim_key import private_key, public_record
from support.programs import require
from support.reader_messages import template

SAM = template().fill({"address": "zoe@example.org", "name": "Zoë", "first_name": "Zoë", "token": "k3"})


@pytest.fixture(scope="module")
def signed() -> bytes:
    return Signer("example.org", "news2026", private_key())(SAM)


def is_valid(message: bytes) -> bool:
    def look_up(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"news2026._domainkey.example.org."
        return public_record()

    verdict: bool = dkim.verify(message, dnsfunc=look_up)
    return verdict


def test_a_signature_is_before_the_message_and_valid(signed: bytes) -> None:
    assert signed.endswith(SAM) and signed.startswith(b"DKIM-Signature: ")
    head = signed[: -len(SAM)]
    assert head.count(b"\n") == head.count(b"\r\n") and max(map(len, head.split(b"\r\n"))) <= 78
    assert is_valid(signed)


@pytest.mark.parametrize(
    "change",
    [
        (b"From: ", b"Reply-To: <x@example.org>\r\nFrom: "),
        (b"List-Unsubscribe: <https://example.org/u/k3", b"List-Unsubscribe: <https://example.org/u/k4"),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""),
        (b"Subject: ", b"Subject: Win\r\nSubject: "),
        (b"List-Id: ", b"List-Id: another "),
        (b"Dear", b"dear"),
    ],
    ids=["reply", "address to unsubscribe", "one click", "second subject", "list", "words"],
)
def test_a_change_of_what_matters_breaks_it(signed: bytes, change: tuple[bytes, bytes]) -> None:
    changed = signed.replace(*change, 1)
    assert changed != signed and not is_valid(changed)


def test_opendkim_says_so_too(signed: bytes, tmp_path: Path) -> None:
    require(["opendkim"], "no second program verifies signatures")
    (tmp_path / "message").write_bytes(signed)
    keys = tmp_path / "keys"
    keys.write_bytes(b"news2026._domainkey.example.org " + public_record() + b"\n")
    (tmp_path / "config").write_text(f"Mode v\nTestPublicKeys {keys}\n", "utf-8")
    arguments = ["opendkim", "-x", str(tmp_path / "config"), "-t", str(tmp_path / "message")]
    ended = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    assert "2048-bit key) succeeded" in ended.stdout, ended


def test_a_relay_signs_with_the_key_of_the_project(tmp_path: Path) -> None:
    table = {"host": "mail.example.org", "dkim_selector": "news2026", "dkim_key": "dkim.pem"}
    (tmp_path / "dkim.pem").write_bytes(private_key())
    signer = read_signer(read_relay(table), "news@example.org", Project(tmp_path))
    assert signer and is_valid(signer(SAM))
    assert read_signer(read_relay({"host": "mail.example.org"}), "news@example.org", Project(tmp_path)) is None


@pytest.mark.parametrize("content", [b"", b"not a key", None])
def test_text_that_is_no_private_key_is_not_in_the_message(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "dkim.pem").write_bytes(content)
    table = {"host": "mail.example.org", "dkim_selector": "news2026", "dkim_key": "dkim.pem"}
    with pytest.raises(Problems, match="The DKIM key cannot be") as error:
        read_signer(read_relay(table), "news@example.org", Project(tmp_path))
    assert "not a key" not in str(error.value)
