"""Links that are tried: against a server of this computer, which has to be named, because it is not public."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsletter.ready import reach as module
from newsletter.ready.reach import reach

HOST = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path begins with, and counts the requests."""

    requests: list[tuple[str, str]] = []
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.requests.append((self.command, self.path))
        assert not {"Cookie", "Authorization"} & {*self.headers}
        _, status, *rest = self.path.split("/", 2)
        if status == "silent":
            self.connection.recv(1)
            return
        if status == "junk":
            self.wfile.write(b"SSH-2.0-OpenSSH\r\n")
            self.close_connection = True
            return
        if status == "escape":
            self.send_response(302)
            self.send_header("Location", "/200/?\x1b[2Jé".encode().decode("latin-1"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if status == "get-only":
            status = "405" if self.command == "HEAD" else "200"
        self.send_response(int(status))
        if rest and status.startswith("3"):
            self.send_header("Location", rest[0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def requests_of_server(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    requests: list[tuple[str, str]] = []
    monkeypatch.setattr(Handler, "requests", requests)
    # A busy computer may be slow, so that no answer is late.
    monkeypatch.setattr(module, "_SILENCE_S", 60.0)
    monkeypatch.setattr(module, "_LIMIT_S", 60.0)
    return requests


@pytest.mark.parametrize(
    ("path", "verdict", "detail"),
    [
        ("/200", "opens", ""),
        ("/get-only", "opens", ""),
        ("/404", "broken", "There is no such page (404)."),
        ("/410", "broken", "There is no such page (410)."),
        ("/403", "unsure", "does not show it to a program (403)"),
        ("/503", "unsure", "(503)"),
        ("/302/%2F200", "opens", "It leads on to http://127.0.0.1:"),
        ("/301/%2F404", "broken", "(404). It leads on to http://127.0.0.1:"),
        ("/308/ftp://example.org/a", "unsure", "not a web page"),
        ("/302/file:///etc/passwd", "unsure", "not a web page"),
        ("/302", "opens", ""),
        ("/escape", "opens", "/200/?%1B[2J%C3%A9."),
        ("/junk", "unsure", "no proper answer"),
        ("/200/été n°1?q=ü", "opens", ""),
    ],
)
def test_an_answer_and_its_result(server: str, path: str, verdict: str, detail: str) -> None:
    address = server + path.replace("%2F", f"{server}/" if "%2F" in path else "")
    result = reach([address], {HOST})[address]
    assert result.verdict == verdict and detail in result.detail


def test_a_circle_of_redirects_ends(server: str) -> None:
    address = f"{server}/302/302"  # relative: it leads to itself
    assert "without end" in reach([address], {HOST})[address].detail


def test_each_page_is_asked_once(server: str, requests_of_server: list[tuple[str, str]]) -> None:
    addresses = [f"{server}/200", f"{server}/200#a", f"{server}/200#b", f"{server}/404"]
    results = reach(addresses, {HOST})
    assert [results[each].verdict for each in addresses] == ["opens", "opens", "opens", "broken"]
    assert sorted(requests_of_server) == [("GET", "/404"), ("HEAD", "/200"), ("HEAD", "/404")]


def test_a_name_and_a_password_stay_here(server: str) -> None:
    address = f"{server}/200".replace("//", "//sam:secret@")
    assert reach([address], {HOST})[address].verdict == "opens"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:{port}",
        "localhost:{port}",
        "127.1:{port}",
        "0.0.0.0:{port}",
        "[::1]",
        "[::ffff:127.0.0.1]:{port}",
        "[::ffff:10.0.0.1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "224.0.0.1",
        "[fe80::1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "[::7f00:1]",
        "240.0.0.1",
    ],
)
def test_what_is_not_public_is_not_asked(server: str, host: str, requests_of_server: list[tuple[str, str]]) -> None:
    address = f"http://{host.format(port=server.rpartition(':')[2])}/200"
    result = reach([address])[address]
    assert result.verdict in ("unsure", "broken")
    assert not requests_of_server


@pytest.mark.parametrize("place", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"])
def test_what_is_public(place: str) -> None:
    assert module._is_public(place)


def test_nor_after_a_redirect(server: str, requests_of_server: list[tuple[str, str]]) -> None:
    address = f"{server}/302/{server.replace(HOST, 'localhost')}/200"
    result = reach([address], {HOST})[address]
    assert "private network" in result.detail
    assert len(requests_of_server) == 1


def test_the_name_is_looked_up_once(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look-up could lead to another computer than the one that was allowed."""
    names = []
    look_up = socket.getaddrinfo

    def look_up_once(host: object, *arguments: object, **keywords: object) -> object:
        names.append(host)
        return look_up(HOST, *arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up_once)
    address = f"{server}/200".replace(HOST, "www.example.org")
    assert reach([address], {"www.example.org"})[address].verdict == "opens"
    assert names.count("www.example.org") == 1


def test_an_unknown_host_name_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert reach(["https://none.example"])["https://none.example"].detail == "There is no website with this name."


def test_nobody_listens(server: str) -> None:
    with socket.socket() as free:
        free.bind((HOST, 0))
        address = f"http://{HOST}:{free.getsockname()[1]}/"
        assert reach([address], {HOST})[address].verdict == "broken"


def test_a_silent_website_is_left(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SILENCE_S", 0.2)
    address = f"{server}/silent"
    assert reach([address], {HOST})[address].verdict == "unsure"
    monkeypatch.setattr(module, "_SILENCE_S", 600.0)
    monkeypatch.setattr(module, "_LIMIT_S", 0.2)
    assert reach([address], {HOST})[address].verdict == "unsure"


@pytest.mark.parametrize("address", ["http://[", "http://example.org:port/", "https://" + "a" * 300 + ".org/"])
def test_no_address_ends_in_a_traceback(address: str) -> None:
    assert reach([address])[address].verdict in ("unsure", "broken")


def test_https_asks_for_a_certificate(server: str) -> None:
    address = server.replace("http:", "https:")
    assert reach([address], {HOST})[address].verdict == "unsure"
