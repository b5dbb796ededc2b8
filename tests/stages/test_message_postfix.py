"""A strict mail server takes the bytes as they are: a real Postfix, on the loopback address, in a folder of its own.

It needs Debian's package `postfix` and root; the test says so and is skipped where they are missing, unless
NEWSLETTER_REQUIRE_ALL=1, where that is a failure. Nothing but 127.0.0.1 is contacted: this Postfix has no SMTP client.
"""

import os
import shutil
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from test_message import CHART, ENVELOPE, HTML, PHOTO, TEXT

from newsletter.edition import PlainText
from newsletter.stages.message import InlineAttachment, assemble

POSTFIX = shutil.which("postfix") or shutil.which("postfix", path="/usr/sbin:/usr/local/sbin")

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.org
mydestination =
mynetworks =
alias_maps =
alias_database =
smtpd_peername_lookup = no
virtual_mailbox_domains = example.org
virtual_mailbox_maps = static:inbox/
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
default_transport = error:only the loopback address
smtpd_relay_restrictions = reject_unauth_destination
smtpd_forbid_bare_newline = reject
smtpd_forbid_bare_newline_exclusions =
smtpd_forbid_unauth_pipelining = yes
strict_7bit_headers = yes
strict_8bitmime_body = yes
strict_mime_encoding_domain = yes
strict_rfc821_envelopes = yes
notify_classes =
smtpd_error_sleep_time = 0
"""

# service, type, private, unprivileged, chroot, wake-up, most processes, command
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Server:
    """Where it listens, and the folder that everything of it is in."""

    port: int
    folder: Path

    def send(self, message: bytes) -> tuple[int, str]:
        """Hand over the bytes as they are; return the server's answer to them."""
        with smtplib.SMTP("127.0.0.1", self.port, local_hostname="localhost", timeout=30) as session:
            session.ehlo_or_helo_if_needed()
            session.mail("news@example.org")
            session.rcpt("readers@example.org")
            code, answer = session.data(message)
        return code, answer.decode("ascii")

    def delivered(self) -> bytes:
        """Wait for the one message in the inbox; return it without the lines that the server put before it."""
        inbox = self.folder / "mail" / "inbox" / "new"
        until = time.monotonic() + 60
        while not (files := sorted(inbox.glob("*"))):
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)
        (stored,) = (file.read_bytes() for file in files)
        files[0].unlink()
        return stored[stored.index(b"\nDate: ") + 1 :]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    missing = [why for why, so in (("Debian's package postfix", not POSTFIX), ("root", os.geteuid() != 0)) if so]
    if missing and os.environ.get("NEWSLETTER_REQUIRE_ALL") == "1":
        pytest.fail(f"The strict mail server needs {' and '.join(missing)}.")
    if missing:
        pytest.skip(f"The strict mail server needs {' and '.join(missing)}.")
    # Not in tmp_path: Postfix works as a user of its own, who may not go into pytest's folders.
    with TemporaryDirectory(prefix="newsletter-postfix-") as name, socket.socket() as probe:
        folder = Path(name)
        folder.chmod(0o755)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        configure(folder, port)
        run_postfix(folder, "start")
        try:
            wait_for(port)
            yield Server(port, folder)
        finally:
            run_postfix(folder, "stop")


def configure(folder: Path, port: int) -> None:
    for part in ("config", "queue", "data", "mail"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix", "postfix")
    shutil.chown(folder / "mail", "postfix", "postfix")
    account = (folder / "data").stat()
    values = {"folder": folder, "port": port, "uid": account.st_uid, "gid": account.st_gid}
    (folder / "config" / "main.cf").write_text(MAIN.format(**values))
    (folder / "config" / "master.cf").write_text(MASTER.format(**values))


def run_postfix(folder: Path, action: str) -> None:
    assert POSTFIX
    subprocess.run([POSTFIX, "-c", str(folder / "config"), action], check=True, capture_output=True, timeout=60)


def wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.05)


AWKWARD = PlainText("First.\n.\n..\n.Second\nFrom here on\n\n \ntrailing \n" + "long " * 400 + "\nŵ مرحبا\nno end")


@pytest.mark.parametrize("pictures", [(), (PHOTO, CHART)], ids=["alone", "with pictures"])
def test_a_strict_server_takes_the_message_and_delivers_it_unchanged(
    server: Server, pictures: tuple[InlineAttachment, ...]
) -> None:
    envelope = replace(ENVELOPE, subject="Ŵythnos o newyddion: " + "beth a ganfu’r astudiaeth " * 5 + ".")
    message = assemble(envelope, AWKWARD, HTML, pictures)
    code, answer = server.send(message)
    assert code == 250, answer
    assert server.delivered().replace(b"\n", b"\r\n") == message


def test_the_server_is_strict(server: Server) -> None:
    """The judge must be able to say no: the same message with one bare LF, or with one byte that is not ASCII."""
    message = assemble(ENVELOPE, TEXT, HTML)
    code, answer = server.send(message.replace(b"\r\nSubject", b"\nSubject", 1))
    assert (code, "bare <LF>" in answer) == (550, True), answer
    code, answer = server.send(message.replace(b"Subject: ", b"Subject: \xe9", 1))
    assert code == 550, answer
