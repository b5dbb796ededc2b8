"""A real Postfix on the loopback address, in a folder of its own. It delivers, and has no SMTP client.

It needs Debian's package `postfix` and root; without them a test is skipped and says so; with
NEWSLETTER_REQUIRE_ALL=1 it fails.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

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
virtual_mailbox_domains = {domain}
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
class Postfix:
    """The port, and the folder that everything of it is in."""

    port: int
    folder: Path

    @property
    def log(self) -> str:
        """The log so far."""
        return (self.folder / "log").read_text()

    def delivered(self, number: int) -> list[bytes]:
        """Wait for a number of messages in the one inbox; return them as they were stored, and delete them."""
        inbox = self.folder / "mail" / "inbox" / "new"
        until = time.monotonic() + 120
        while len(files := sorted(inbox.glob("*"))) < number:
            assert time.monotonic() < until, self.log
            time.sleep(0.05)
        stored = [file.read_bytes() for file in files]
        for file in files:
            file.unlink()
        return stored


@contextmanager
def running_postfix(domain: str) -> Iterator[Postfix]:
    """Run one that takes messages for a domain, until the end of the block."""
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
        _configure(folder, port, domain)
        _run_postfix(folder, "start")
        try:
            _wait_for(port)
            yield Postfix(port, folder)
        finally:
            _run_postfix(folder, "stop")


def _configure(folder: Path, port: int, domain: str) -> None:
    for part in ("config", "queue", "data", "mail"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix", "postfix")
    shutil.chown(folder / "mail", "postfix", "postfix")
    account = (folder / "data").stat()
    values = {"folder": folder, "port": port, "domain": domain, "uid": account.st_uid, "gid": account.st_gid}
    (folder / "config" / "main.cf").write_text(MAIN.format(**values))
    (folder / "config" / "master.cf").write_text(MASTER.format(**values))


def _run_postfix(folder: Path, action: str) -> None:
    assert POSTFIX
    subprocess.run([POSTFIX, "-c", str(folder / "config"), action], check=True, capture_output=True, timeout=60)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.05)
