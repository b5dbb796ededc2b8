"""Who may look at the preview from another device: `newsletter preview --phone`.

The tests play the local network with 127.0.0.2, another address of this computer's own loopback.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest

from newsletter.preview import pages, phone
from newsletter.problems import Problems
from support.live_preview import Live, running, write_simple

NETWORK = "127.0.0.2"
SLUG = "a-short-one"
PROGRAM = f"""
import sys
from newsletter.preview import phone
phone.network_address = lambda: {NETWORK!r}
from newsletter.cli import run
sys.argv = ["newsletter", "preview", "--phone", *sys.argv[1:]]
run()
"""


@dataclass(frozen=True)
class Answer:
    """An answer of the preview."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def cookie(self) -> str:
        """The cookie that it sets, as a later request sends it."""
        return "; ".join(f"{name}={item.value}" for name, item in SimpleCookie(self.headers["set-cookie"]).items())


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "issues").mkdir()
    write_simple(folder, SLUG)
    with running(folder, program=("-c", PROGRAM)) as preview:
        yield preview


def ask(host: str, port: int, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        received = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, received, answer.read().decode())
    finally:
        connection.close()


def entrance(live: Live) -> tuple[int, str]:
    """Return the port for phones and the path that lets in the next one, as the page on the computer shows them."""
    match = re.search(rf"http://{NETWORK}:(\d+)(/phone/[\w-]+)", ask("127.0.0.1", live.port, "/phone").body)
    assert match
    return int(match[1]), match[2]


@pytest.fixture(scope="module")
def admitted(live: Live) -> tuple[int, dict[str, str]]:
    port, path = entrance(live)
    return port, {"Cookie": ask(NETWORK, port, path).cookie}


def test_without_a_terminal_no_code_is_promised(live: Live) -> None:
    assert live.process.stdout
    printed = next(line for line in live.process.stdout if line.startswith("On one phone"))
    assert re.fullmatch(rf"On one phone, open http://{NETWORK}:\d+/phone/\S+\. It works once\.\n", printed)


def test_an_address_works_once(live: Live) -> None:
    port, path = entrance(live)
    first = ask(NETWORK, port, path)
    assert (first.status, first.headers["location"]) == (303, "/")
    assert "httponly" in first.headers["set-cookie"].lower()
    second = ask(NETWORK, port, path)
    assert second.status == 403
    assert "it works once" in second.body
    assert "set-cookie" not in second.headers
    assert entrance(live) != (port, path)


def test_a_phone_sees_every_page_with_the_same_protection(admitted: tuple[int, dict[str, str]]) -> None:
    port, cookie = admitted
    for path in ("/", f"/issues/{SLUG}/email", f"/issues/{SLUG}/page", "/static/preview.css"):
        answer = ask(NETWORK, port, path, headers=cookie)
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_list_leads_to_the_code_only_on_the_computer(live: Live, admitted: tuple[int, dict[str, str]]) -> None:
    port, cookie = admitted
    assert 'href="/phone"' in ask("127.0.0.1", live.port, "/").body
    assert 'href="/phone"' not in ask(NETWORK, port, "/", headers=cookie).body


def test_a_phone_gets_no_form_and_no_link_to_a_file(live: Live, admitted: tuple[int, dict[str, str]]) -> None:
    port, cookie = admitted
    here = ask("127.0.0.1", live.port, f"/issues/{SLUG}/fix?rule=double-spaces&at=1%3A1")
    there = ask(NETWORK, port, f"/issues/{SLUG}/fix?rule=double-spaces&at=1%3A1", headers=cookie)
    assert (here.status, there.status) == (200, 404)
    page = ask(NETWORK, port, f"/issues/{SLUG}/email?part=1", headers=cookie)
    assert 'name="token"' not in page.body and "Open in" not in page.body


@pytest.mark.parametrize("path", ["/", f"/issues/{SLUG}/page", "/events", "/static/preview.css", "/none", "/phone"])
@pytest.mark.parametrize("cookie", ["", "newsletter_phone=", "newsletter_phone=AAAAAAAAAAAAAAAAAAAAAA"])
def test_nobody_else_gets_anything(live: Live, path: str, cookie: str) -> None:
    port, _ = entrance(live)
    answer = ask(NETWORK, port, path, headers={"Cookie": cookie})
    assert answer.status == 403
    assert answer.body.startswith("To let this phone in")


@pytest.mark.parametrize("token", ["", "x", "%00", "%C3%A9", "%FF", "../", "A" * 4000])
def test_a_wrong_token_lets_nobody_in(live: Live, token: str) -> None:
    port, _ = entrance(live)
    answer = ask(NETWORK, port, f"/phone/{token}")
    assert answer.status in (400, 403)
    assert "set-cookie" not in answer.headers


def test_a_look_ahead_does_not_use_the_address(live: Live) -> None:
    port, path = entrance(live)
    assert ask(NETWORK, port, path, "HEAD").status == 403
    assert entrance(live) == (port, path)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_phone_changes_nothing(admitted: tuple[int, dict[str, str]], method: str) -> None:
    port, cookie = admitted
    assert ask(NETWORK, port, f"/issues/{SLUG}/email", method, cookie).status == 405


def test_another_name_is_not_answered(admitted: tuple[int, dict[str, str]]) -> None:
    port, cookie = admitted
    for host in ("example.org", f"example.org:{port}", f"127.0.0.1:{port}", NETWORK):
        assert ask(NETWORK, port, "/", headers={**cookie, "Host": host}).status == 400


def test_a_phone_cannot_let_in_others(admitted: tuple[int, dict[str, str]]) -> None:
    port, cookie = admitted
    assert ask(NETWORK, port, "/phone", headers=cookie).status == 403


def test_the_loopback_address_does_not_let_phones_in(live: Live) -> None:
    _, path = entrance(live)
    assert ask("127.0.0.1", live.port, path).status == 404


def test_the_page_says_what_it_means_and_shows_the_code(live: Live) -> None:
    page = ask("127.0.0.1", live.port, "/phone").body
    assert phone.NOTICE in page
    assert '<img src="data:image/svg+xml' in page


def test_without_the_option_the_page_says_how_to_begin() -> None:
    page = pages.phone(None)
    assert "newsletter preview --phone" in page
    assert "http://" not in page


def test_a_computer_without_a_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone, "network_address", lambda: None)
    with pytest.raises(Problems, match="not in any network"):
        phone.listen_for_phones(0)


def test_an_address_that_cannot_be_used_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone, "network_address", lambda: "192.0.2.7")  # reserved: no computer has it
    with pytest.raises(Problems, match=r"cannot listen at 192\.0\.2\.7"):
        phone.listen_for_phones(0)
