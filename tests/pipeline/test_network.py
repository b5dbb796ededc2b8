"""A render contacts no other computer: every connection and every look-up of a name stays on this one."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from support.own_brand import own_brand

ROOT = Path(__file__).parents[2]

# Python imports this module by itself when it starts, before anything of ours. A refusal is also written down, for
# code that catches the error and says nothing.
GUARD = """
import ipaddress, json, os, sys

def audit(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"  # else a Unix socket, or already connected
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    try:
        near = host in (None, "", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near:
        with open(os.environ["REFUSED"], "a") as log:
            print(json.dumps([event, host]), file=log)
        raise PermissionError(f"{event} {host}")

sys.addaudithook(audit)
"""


def run_guarded(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[list[str]]]:
    """Run Python under the guard; return how it ended, and each event and host that was refused."""
    guard = folder / "guard"
    guard.mkdir(exist_ok=True)
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    refused = folder / "refused"
    refused.write_text("", encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(guard), os.environ.get("PYTHONPATH")]))
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "REFUSED": str(refused), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return ended, [json.loads(line) for line in refused.read_text(encoding="utf-8").splitlines()]


def test_a_render_contacts_nobody(tmp_path: Path) -> None:
    for name in ("issues", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    brand = tmp_path / "templates/brand.yaml"
    brand.write_text(own_brand(brand.read_text("utf-8")), "utf-8")
    ended, refused = run_guarded(tmp_path, "-m", "newsletter", "render")
    assert (ended.returncode, refused) == (0, []), ended.stderr
    issues = {path.stem for path in (ROOT / "issues").glob("[!_]*.yaml")}
    editions = {f"{slug}{kind}.eml" for slug in issues for kind in ("", ".large-print", ".text-only")}
    assert {path.name for path in (tmp_path / "outbox").glob("*.eml")} == editions


@pytest.mark.parametrize(
    ("statement", "event", "host"),
    [
        ("socket.create_connection(('192.0.2.1', 443), 1)", "socket.getaddrinfo", "192.0.2.1"),
        ("socket.socket().connect(('192.0.2.1', 443))", "socket.connect", "192.0.2.1"),
        ("socket.socket(socket.AF_INET6).connect(('2001:db8::1', 443))", "socket.connect", "2001:db8::1"),
        (
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
            "socket.sendto",
            "192.0.2.1",
        ),
        ("socket.getaddrinfo('www.example.org', 443)", "socket.getaddrinfo", "www.example.org"),
        ("socket.gethostbyname('www.example.org')", "socket.gethostbyname", "www.example.org"),
        ("urllib.request.urlopen('https://www.example.org/a.css')", "socket.getaddrinfo", "www.example.org"),
    ],
)
def test_the_guard_records_every_way_out(tmp_path: Path, statement: str, event: str, host: str) -> None:
    """Also when the error is swallowed, as premailer and others would."""
    code = f"import socket, urllib.request\ntry:\n    {statement}\nexcept OSError:\n    print('swallowed')"
    ended, refused = run_guarded(tmp_path, "-c", code)
    assert (ended.stdout, ended.stderr) == ("swallowed\n", "")
    assert [event, host] in refused


def test_the_guard_lets_this_computer_talk_to_itself(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection(('localhost', {server.getsockname()[1]}), 5); print('through')"
        ended, refused = run_guarded(tmp_path, "-c", code)
    assert (ended.stdout, refused) == ("through\n", [])
