"""`newsletter draft` with a real Dovecot, and what Python's own IMAP client reads there afterwards."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from support.command import run
from support.dovecot import Dovecot, running_dovecot
from support.reader_project import SLUG

CA = trustme.CA()
SECRET = "hunter2-of-the-test"


@pytest.fixture(scope="module")
def certificate() -> tuple[bytes, bytes]:
    issued = CA.issue_cert("127.0.0.1")
    return issued.cert_chain_pems[0].bytes(), issued.private_key_pem.bytes()


@pytest.fixture(scope="module")
def server(certificate: tuple[bytes, bytes]) -> Iterator[Dovecot]:
    with running_dovecot(*certificate, SECRET, drafts="Entwürfe & mehr") as server:
        yield server


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CA.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("NEWSLETTER_IMAP_PASSWORD", SECRET)


def configure(server: Dovecot, *lines: str, security: str = "tls") -> None:
    port = server.tls_port if security == "tls" else server.port
    table = ["[tool.newsletter.mailbox]", 'host = "127.0.0.1"', f"port = {port}", f'security = "{security}"']
    Path("pyproject.toml").write_text("\n".join([*table, f'user = "{server.user}"', *lines, ""]), "utf-8")


def drafts(server: Dovecot, folder: str) -> list[tuple[bytes, bytes]]:
    """Return the flags and the bytes of each message, and delete them."""
    context = ssl.create_default_context()
    with imaplib.IMAP4_SSL("127.0.0.1", server.tls_port, ssl_context=context) as imap:
        imap.login(server.user, SECRET)
        imap.select(f'"{folder}"')
        numbers = imap.search(None, "ALL")[1][0].split()
        messages = []
        for number in numbers:
            ((head, message), *_) = imap.fetch(number.decode(), "(FLAGS BODY.PEEK[])")[1]  # type: ignore[misc]
            messages.append((head, message))
            imap.store(number.decode(), "+FLAGS", r"(\Deleted)")
        imap.expunge()
    return messages  # type: ignore[return-value]


FOLDER = "Entw&APw-rfe &- mehr"
ADVICE = "Do not send it as it is: only merge, send and export fill in {address} and {token}.\n"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_draft_is_the_message_byte_for_byte_in_the_folder_that_the_server_marks(
    reader_brand: Path, server: Dovecot, security: str
) -> None:
    reader_brand.write_text(reader_brand.read_text("utf-8").replace("[text-only]", "[standard, text-only]"), "utf-8")
    assert run("render", SLUG).exit_code == 0
    configure(server, security=security)
    result = run("draft", SLUG, "--edition", "standard", "--edition", "text-only")
    assert (result.exit_code, result.stdout) == (0, f"{SLUG} is in the folder “Entwürfe & mehr”.\n{ADVICE}"), (
        result.stderr
    )
    messages = drafts(server, FOLDER)
    names = (f"{SLUG}.eml", f"{SLUG}.text-only.eml")
    assert [message for _, message in messages] == [Path("outbox", name).read_bytes() for name in names]
    assert all(rb"\Draft" in flags and rb"\Seen" in flags for flags, _ in messages)


@pytest.mark.usefixtures("trusted")
def test_a_draft_that_is_already_there_is_not_stored_again(reader_brand: Path, server: Dovecot) -> None:
    reader_brand.write_text(reader_brand.read_text("utf-8").replace("[text-only]", "[standard, text-only]"), "utf-8")
    configure(server)
    assert run("draft", SLUG).exit_code == 0
    result = run("draft", SLUG, "--edition", "standard", "--edition", "text-only")
    summary = f"{SLUG} is in the folder “Entwürfe & mehr”. 1 message of it had been there before.\n{ADVICE}"
    assert (result.exit_code, result.stdout) == (0, summary), result.stderr
    assert len(drafts(server, FOLDER)) == 2


@pytest.mark.usefixtures("trusted")
def test_a_folder_can_be_named_in_any_script(reader_brand: Path, server: Dovecot) -> None:
    configure(server, 'folder = "Entwürfe & mehr"')
    assert run("draft", SLUG).exit_code == 0
    assert len(drafts(server, FOLDER)) == 1
    configure(server, 'folder = "Nowhere"')
    result = run("draft", SLUG)
    assert result.exit_code == 1 and "does not take the draft" in result.stderr


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("name", ["Drafts", "Other"])
def test_without_a_mark_a_folder_of_the_usual_name_is_used(
    reader_brand: Path, certificate: tuple[bytes, bytes], name: str
) -> None:
    with running_dovecot(*certificate, SECRET, drafts=name, special_use=False) as server:
        configure(server)
        result = run("draft", SLUG)
        assert result.exit_code == (name != "Drafts")
        assert ("does not say which folder is that of drafts" in result.stderr) == (name != "Drafts")


@pytest.mark.usefixtures("trusted")
def test_an_issue_with_errors_is_no_draft(reader_brand: Path, server: Dovecot) -> None:
    configure(server)
    path = Path("issues", f"{SLUG}.yaml")
    path.write_text(path.read_text("utf-8").replace('preheader: "', 'preheader: "{{NAME}} ', 1), "utf-8")
    result = run("draft", SLUG)
    assert (result.exit_code, result.stdout) == (1, "") and "merge-tag" in result.stderr
    assert drafts(server, FOLDER) == []


def test_a_certificate_or_a_password_that_is_wrong(
    reader_brand: Path, server: Dovecot, trusted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(server)
    monkeypatch.setenv("NEWSLETTER_IMAP_PASSWORD", f"{SECRET}-another")
    result = run("draft", SLUG)
    assert result.exit_code == 1
    assert " refused: [AUTHENTICATIONFAILED] Authentication failed. (imap)\n" in result.stderr
    assert SECRET not in result.output and SECRET not in server.log
    monkeypatch.delenv("SSL_CERT_FILE")
    for security in ("tls", "starttls"):
        configure(server, security=security)
        stderr = run("draft", SLUG).stderr
        assert "The certificate of 127.0.0.1" in stderr and "No authority that this computer knows" in stderr
    Path("pyproject.toml").unlink()
    assert "Nothing says which server keeps your drafts." in run("draft", SLUG).stderr


@pytest.mark.usefixtures("trusted")
def test_tls_that_does_not_begin_or_is_of_another_host_has_the_advice_of_send(
    reader_brand: Path, server: Dovecot
) -> None:
    configure(server)
    settings = Path("pyproject.toml")
    right = settings.read_text("utf-8")
    settings.write_text(right.replace(f"= {server.tls_port}", f"= {server.port}"), "utf-8")
    stderr = run("draft", SLUG).stderr
    assert "and this program cannot agree on TLS: " in stderr and "_ssl.c" not in stderr
    assert 'This port begins unencrypted: write “security = "starttls"”, or the port for TLS, such as 993.' in stderr
    settings.write_text(right.replace("127.0.0.1", "localhost"), "utf-8")
    stderr = run("draft", SLUG).stderr
    assert "certificate is not valid for 'localhost'. (imap)\n" in stderr
    assert "Write the name of the host as its certificate has it." in stderr
