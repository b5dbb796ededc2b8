"""A real Dovecot on the loopback address, in a folder of its own: an IMAP server with one user.

It needs Debian's package `dovecot-imapd`, and runs as the user of the tests, also if that is root.
"""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from support.programs import require, running

# Dovecot lets no one log in as root, so with root the mail belongs to another user of the system.
_NOBODY = "nobody"

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
auth_verbose = yes
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox {drafts} {{
    auto = create
    {special_use}
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """The ports, for encryption after STARTTLS and from the first byte, and the folder of everything."""

    port: int
    tls_port: int
    folder: Path
    user: str
    password: str

    @property
    def log(self) -> str:
        """The log so far."""
        return (self.folder / "log").read_text()


@contextmanager
def running_dovecot(
    certificate: bytes, key: bytes, password: str, drafts: str = "Drafts", special_use: bool = True
) -> Iterator[Dovecot]:
    """Run one until the end of the block.

    Args:
        certificate: for 127.0.0.1, in PEM.
        key: its private key, in PEM.
        password: of every user.
        drafts: the name of the folder of drafts.
        special_use: whether the server says which folder that is.
    """
    require(["dovecot"], "no real IMAP server takes drafts")
    user = _NOBODY if os.geteuid() == 0 else getpass.getuser()
    group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    # Not in tmp_path: it may run as another user, who may not go into pytest's folders.
    with TemporaryDirectory(prefix="newsletter-dovecot-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder / "mail", user, group)
        (folder / "certificate.pem").write_bytes(certificate)
        (folder / "key.pem").write_bytes(key)
        port, tls_port = _free_ports()
        config = folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=folder,
                ssl="required",
                user=user,
                group=group,
                password=password,
                port=port,
                tls_port=tls_port,
                drafts=f'"{drafts}"',
                special_use=r"special_use = \Drafts" if special_use else "",
            )
        )
        with running(["dovecot", "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT):
            _wait_for(port, folder)
            yield Dovecot(port, tls_port, folder, "editor", password)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def _wait_for(port: int, folder: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            log = folder / "log"
            assert time.monotonic() < until, log.read_text() if log.exists() else "It does not start."
            time.sleep(0.05)
