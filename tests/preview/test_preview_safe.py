"""What the preview answers and to whom, and that a hostile email neither runs nor reaches anything, in any view."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from newsletter.edition_kinds import EDITION_KINDS
from newsletter.preview.views import VIEWS
from newsletter.preview.views.email import CONTROLS
from support.counting_listener import counting_listener
from support.live_preview import ROOT, SIMPLE, Live, make_project, running, save, wait_until, write_simple
from support.own_brand import write_own_brand

SLUG = "a-short-one"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "issues").mkdir()
    write_own_brand(folder)
    write_simple(folder, SLUG)
    (folder / "secret.txt").write_text("secret")
    with running(folder) as preview:
        wait_for(preview, "No problems")
        yield preview


def ask(
    live: Live, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], str]:
    """Ask for a path exactly as written; return the status, the headers in lower case, and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_its_own_names_are_answered(live: Live, host: str) -> None:
    assert ask(live, "/", headers={"Host": f"{host}:{live.port}"})[0] == 200


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.:{port}", ""]
)
def test_another_host_is_not_answered(live: Live, host: str) -> None:
    for path in ("/", "/events", "/static/preview.css", f"/issues/{SLUG}/page", "/none"):
        status, headers, body = ask(live, path, headers={"Host": host.format(port=live.port)})
        assert status == 400
        assert body.startswith("The preview answers only at its own address.")
        assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_is_accepted(live: Live, method: str) -> None:
    assert ask(live, f"/issues/{SLUG}/email", method)[0] == 405


def test_head_is_answered_without_a_body(live: Live) -> None:
    for path in ("/", f"/issues/{SLUG}/email", "/events"):
        status, _, body = ask(live, path, "HEAD")
        assert (status, body) == (200, "")


def test_every_answer_is_guarded(live: Live) -> None:
    paths = ["/", "/none", "/static/preview.css", "/static/none", f"/issues/{SLUG}.eml", f"/issues/{SLUG}"]
    paths += [f"/issues/{SLUG}/{view.name}" for view in VIEWS]
    for path in paths:
        headers = ask(live, path)[1]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
    framed = ask(live, f"/issues/{SLUG}/page")[1]["content-security-policy"]
    assert framed.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script" not in framed


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/static/../../secret.txt",
        "/static/..%2f..%2f__init__.py",
        "/static/%2e%2e/pages.py",
        "/static/%2e%2e%2fpages.py",
        "/static/..%5cpages.py",
        "/static//etc/passwd",
        "/static/%00",
        "/issues/..%2fsecret/email",
        "/issues/%2e%2e/secret.txt",
        "/issues/..%2f..%2fsecret.txt.eml",
        "/issues//etc/passwd.eml",
        f"/issues/{SLUG}/..%2f..%2fsecret.txt",
        f"/issues/{SLUG}/__init__",
        f"/issues/{SLUG}/base",
        "/issues/images%2fclinic/email",
        "/issues/%ff%fe/email",
    ],
)
def test_no_address_is_a_path(live: Live, path: str) -> None:
    status, _, body = ask(live, path)
    assert status == 404
    assert "secret" not in body and "import" not in body and "root:" not in body


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("screen-reader", "listening"),
        ("screen-reader?edition=large-print", "listening?edition=large-print"),
        ("email?width=320&scheme=dark", "email?device=phone&scheme=dark"),
        ("email?width=600", "email"),
        ("email?scheme=dark&width=full&x=%26", "email?scheme=dark&x=%26"),
        ("web-version?width=320", "web-version?device=phone"),
    ],
)
def test_an_old_address_leads_to_the_new_one(live: Live, old: str, new: str) -> None:
    status, headers, _ = ask(live, f"/issues/{SLUG}/{old}")
    assert (status, headers["location"]) == (307, f"/issues/{SLUG}/{new}")
    assert ask(live, f"/issues/{SLUG}/{new}")[0] == 200


def test_the_message_is_handed_out_as_a_file(live: Live) -> None:
    status, headers, body = ask(live, f"/issues/{SLUG}.eml")
    while status == 409 and "is being checked" in body:
        time.sleep(0.05)
        status, headers, body = ask(live, f"/issues/{SLUG}.eml")
    assert status == 200
    assert headers["content-type"] == "message/rfc822"
    assert headers["content-disposition"] == f"attachment; filename*=utf-8''{SLUG}.eml"
    assert body.startswith("MIME-Version:") or "\r\nMIME-Version:" in body


def test_only_loopback_listens(live: Live) -> None:
    """Another of this computer's addresses, 127.0.0.2, gets no answer."""
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", live.port), timeout=2).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make symbolic links.")
def test_no_link_leads_out(tmp_path: Path) -> None:
    outside, project = tmp_path / "outside", tmp_path / "project"
    (project / "issues" / "images").mkdir(parents=True)
    (project / "templates").mkdir()
    outside.mkdir()
    stolen = outside / "stolen.yaml"
    stolen.write_text(SIMPLE.format(title="Stolen words", words="Stolen."))
    (outside / "clinic.png").write_bytes((ROOT / "issues" / "images" / "clinic.png").read_bytes())
    (project / "issues" / "linked.yaml").symlink_to(stolen)
    (project / "issues" / "inside.yaml").symlink_to(project / "issues" / f"{SLUG}.yaml")
    (project / "issues" / "images" / "linked.png").symlink_to(outside / "clinic.png")
    (project / "issues" / "loop.yaml").symlink_to("loop.yaml")
    issue = write_simple(project, SLUG)
    image_block = "    image: {src: images/linked.png, decorative: true}\n    content:\n"
    pictured = project / "issues" / "pictured.yaml"
    pictured.write_text(issue.read_text().replace("    content:\n", image_block))
    with running(project) as live:
        listed = ask(live, "/")[2]
        assert "linked" not in listed and "loop" not in listed
        assert ask(live, "/issues/linked/source")[0] == 404
        assert ask(live, "/issues/inside/email")[0] == 200
        assert "1 to fix" in wait_for(live, "is not in the folder of this file", "/issues/pictured/checks")
        # A brand, a template, and then the folder of issues itself.
        brand = project / "templates" / "brand.yaml"
        brand.symlink_to(outside / "brand.yaml")
        assert "This is a link to something outside of the project" in wait_for(live, "outside")
        brand.unlink()
        assert "outside" not in wait_for(live, "No problems")
        (project / "issues").rename(outside / "issues")
        (project / "issues").symlink_to(outside / "issues")
        assert "This file does not exist any more" in wait_for(live, "does not exist any more")


def wait_for(live: Live, pattern: str, path: str = f"/issues/{SLUG}/checks") -> str:
    """Ask for a page until it matches a regular expression. Return it."""
    end = time.monotonic() + 60
    while not re.search(pattern, body := ask(live, path)[2], re.DOTALL):
        assert time.monotonic() < end, f"{pattern} is not in {body}"
        time.sleep(0.1)
    return body


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="This system has no named pipes.")
def test_a_pipe_among_the_issues_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    os.mkfifo(tmp_path / "issues" / "pipe.yaml")
    write_simple(tmp_path, SLUG)
    with running(tmp_path) as live:
        wait_for(live, "A short issue", f"/issues/{SLUG}/email")
        assert "pipe.yaml" not in ask(live, "/")[2]


# --- Hostile content -------------------------------------------------------------------------------------------------

HOSTILE = """\
    <mj-raw>
      <script>top.hacked = parent.hacked = window.hacked = 1; fetch("{there}fetch")</script>
      <script src="{there}script"></script>
      <iframe src="{there}iframe"></iframe>
      <iframe srcdoc="&lt;script src='{there}srcdoc'&gt;&lt;/script&gt;"></iframe>
      <object data="{there}object"></object>
      <form action="{there}form">
        <input name="a" autofocus="autofocus" onfocus="top.hacked = 1" /><button id="send">Send</button>
      </form>
      <img src="{there}img" alt="" onerror="top.hacked = 1" />
      <img src="x" srcset="{there}srcset 1x" alt="" onload="top.hacked = 1" />
      <picture><source srcset="{there}source" /><img src="{there}picture" alt="" /></picture>
      <video src="{there}video" autoplay="autoplay" poster="{there}poster"></video>
      <audio src="{there}audio" autoplay="autoplay"></audio>
      <svg onload="top.hacked = 1" width="9" height="9"><script>top.hacked = 1</script>
        <image href="{there}svg" width="9" height="9" /><use href="{there}use#a" /></svg>
      <meta http-equiv="refresh" content="0; url={there}refresh" />
      <link rel="stylesheet" href="{there}link" />
      <link rel="preconnect" href="{there}preconnect" />
      <link rel="dns-prefetch" href="{there}dns" />
      <link rel="prefetch" href="{there}prefetch" />
      <link rel="preload" as="image" href="{there}preload" />
      <link rel="icon" href="{there}icon" />
      <style>
        @import "{there}import";
        @font-face {{ font-family: f; src: url({there}font) }}
        body {{ background: url({there}css); font-family: f }}
      </style>
      <div style="background-image: url({there}inline)">A background</div>
      <table background="{there}background"><tr><td>A table</td></tr></table>
      <a id="to-top" href="{there}top" target="_top" ping="{there}ping">To the top</a>
      <a id="to-blank" href="{there}blank" target="_blank">To a new window</a>
      <a id="to-self" href="{there}self">To here</a>
      <a id="to-script" href="javascript:top.hacked = 1">To a script</a>
      <a id="to-file" href="{there}file" download="download">To a file</a>
      <svg xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="20">
        <a id="to-drawing" xlink:href="{there}drawing"><text y="15">A drawing</text></a></svg>
      <svg width="90" height="20"><a id="to-changing" href="#x"><set attributeName="href" to="{there}set" />
        <animate attributeName="href" values="{there}animate" /><text y="15">A change</text></a></svg>
    </mj-raw>
"""
WORDS = """<script>top.hacked = 1</script>"'><img src={there}words onerror=top.hacked=1>{{{{ 7 * 7 }}}}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, str, list[str]]]:
    """A preview of an issue whose words, and whose template, are an attack."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "issues").mkdir()
    (folder / "templates" / "layouts").mkdir(parents=True)
    with counting_listener() as (there, requests):
        layout = (ROOT / "templates" / "layouts" / "newsletter.mjml").read_text(encoding="utf-8")
        opened = re.sub(r"(<mj-body[^>]*>)", lambda tag: tag[1] + "\n" + HOSTILE.format(there=there), layout, count=1)
        assert opened != layout
        save(folder / "templates" / "layouts" / "newsletter.mjml", opened)
        words = WORDS.format(there=there)
        path = write_simple(folder, SLUG, title=words.replace('"', '\\"'))
        text = path.read_text().replace("One plain sentence about it.", words.replace('"', '\\"'))
        save(path, text)
        save(folder / "issues" / "broken.yaml", text.replace("subject:", "'" + words.replace("'", "''") + "':"))
        with running(folder) as live:
            wait_for(live, "^(?!.*(Checking|Building|Reading))", "/")
            # The other editions and the web version come last, and a page without a script does not update itself.
            wait_for(live, "<iframe", f"/issues/{SLUG}/email?edition=text-only")
            yield live, there, requests


def looks() -> list[str]:
    """Return every way of looking at a page that views offer beyond the first, each edition too."""
    options = [(control.name, option.value) for control in CONTROLS for option in control.options[1:]]
    options += [("edition", kind) for kind in [*EDITION_KINDS][1:]]
    return [*(f"email?{urlencode([look])}" for look in options), "stripped?client=bare", "web-version?scheme=dark"]


@pytest.mark.parametrize("slug", [SLUG, "broken"])
def test_hostile_content_neither_runs_nor_reaches_anything(
    chromium: Browser, hostile: tuple[Live, str, list[str]], slug: str
) -> None:
    live, _, requests = hostile
    addresses: list[str] = []
    failed: dict[str, str | None] = {}
    context = chromium.new_context()
    context.on("request", lambda request: addresses.append(request.url))
    context.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    # An issue that could never be built has no page to look at.
    for look in [*(view.name for view in VIEWS), *(looks() if slug == SLUG else ())]:
        address = f"{live.address}issues/{slug}/{look}"
        page.goto(address)
        page.wait_for_timeout(150)
        assert page.url == address
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("[...document.scripts].every(script => script.src.startsWith(location.origin))")
        assert len(context.pages) == 1
        if look.startswith(("email", "stripped", "web")) and slug == SLUG:
            # It is there: what does nothing could also be missing.
            expect(page.frame_locator("#email").get_by_text("One thing").first).to_be_visible()
    for place in ("", "gallery", f"issues/{slug}/page", f"issues/{slug}/fix?rule=double-spaces&at=1%3A1"):
        page.goto(live.address + place)
        page.wait_for_timeout(150)
        assert page.url == live.address + place
    assert page.evaluate("window.hacked") is None
    foreign = {url for url in addresses if not url.startswith((live.address, "data:"))}
    # What the policy stopped never left the browser: the listener got no request. And there was much to stop.
    assert {url: why for url in foreign if (why := failed.get(url)) not in ("csp", "origin")} == {}
    assert len(foreign) > 8 or slug != SLUG
    assert requests == []
    context.close()


def test_hostile_content_that_is_saved_while_somebody_looks_does_no_more(chromium: Browser, tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_simple(folder, SLUG)
    layout = folder / "templates" / "layouts" / "newsletter.mjml"
    with counting_listener() as (there, requests), running(folder) as live:
        context = chromium.new_context()
        failed: dict[str, str | None] = {}
        context.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(f"{live.address}issues/{SLUG}/email")
        page.evaluate("window.isSame = true")
        expect(page.frame_locator("#email").get_by_text("One thing").first).to_be_visible()
        opened = re.sub(
            r"(<mj-body[^>]*>)", lambda tag: tag[1] + "\n" + HOSTILE.format(there=there), layout.read_text()
        )
        save(layout, opened)
        expect(page.frame_locator("#email").locator("#to-file")).to_be_attached()
        page.frame_locator("#email").locator("#send").click(force=True)
        page.frame_locator("#email").locator("#to-top").click(force=True)
        page.wait_for_timeout(400)
        assert page.evaluate("[window.isSame, window.hacked]") == [True, None]
        assert {url: why for url, why in failed.items() if url.startswith(there) and why not in ("csp", "origin")} == {}
        assert len(failed) > 4
        assert requests == []
        context.close()


LINKS = ["#to-top", "#to-blank", "#to-self", "#to-script", "#to-file", "#to-drawing", "#to-changing"]
# The email in its frame and alone, as the two ways of stripping it leave it, as text alone, and on the web.
LINKED = ["email", "stripped", "web-version", "email?edition=text-only", "page", "page?client=bare", "web"]


@pytest.mark.parametrize("key", ["click", "Enter", "middle", "Control"])
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("look", LINKED)
def test_no_link_reaches_anything_however_it_is_pressed(
    chromium: Browser, hostile: tuple[Live, str, list[str]], look: str, has_script: bool, key: str
) -> None:
    live, _, requests = hostile
    context = chromium.new_context(java_script_enabled=has_script)
    address = f"{live.address}issues/{SLUG}/{look}"
    # Only the untouched email has the ids; elsewhere, and for other keys, it is the first link that leads out.
    targets = LINKS if (look, key, has_script) == ("email", "click", True) else ["a[href^='/link']"]
    for target in targets:
        page = context.new_page()
        page.goto(address)
        is_alone = look.startswith("page") or look == "web"
        within = page.main_frame if is_alone else page.locator("iframe").first.element_handle().content_frame()
        assert within
        link = within.locator(target).first
        if key == "Enter":
            link.focus()
            page.keyboard.press("Enter")
        else:
            pressed: dict[str, Any] = {
                "click": {},
                "middle": {"button": "middle"},
                "Control": {"modifiers": ["Control"]},
            }
            link.click(force=True, **pressed[key])
        page.wait_for_timeout(100)
        if is_alone and key in ("click", "Enter"):
            page.wait_for_url(lambda url: url.startswith(f"{live.address}link?"), wait_until="commit")
        assert all(other.url.startswith((live.address, "about:")) for tab in context.pages for other in tab.frames)
        assert requests == []
        assert not has_script or page.evaluate("window.hacked") is None
        for tab in context.pages:
            tab.close()
    context.close()


def test_the_target_of_a_link_is_announced(chromium: Browser, hostile: tuple[Live, str, list[str]]) -> None:
    live, there, _ = hostile
    page = chromium.new_context().new_page()
    page.goto(f"{live.address}issues/{SLUG}/email")
    page.frame_locator("#email").locator("#to-self").click(force=True)
    expect(page.locator("#notice")).to_have_text(f"This link goes to {there}self. The preview does not open links.")
    expect(page.frame_locator("#email").get_by_text("One thing").first).to_be_visible()
    # Another tab, a page without a script and the email alone have the same from a page.
    page.goto(f"{live.address}issues/{SLUG}/page")
    page.locator("#to-script").click(force=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link goes to")
    expect(page.get_by_role("main")).to_contain_text("javascript:top.hacked")
    page.go_back()
    expect(page.get_by_text("One thing").first).to_be_visible()
    page.context.close()


def test_the_page_of_a_link_shows_an_address_and_does_nothing(live: Live) -> None:
    status, headers, body = ask(live, f"/link?{urlencode({'to': '<script>alert(1)</script>'})}")
    assert status == 200
    assert headers["content-security-policy"].startswith("sandbox allow-same-origin; default-src 'none'")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body and "<script" not in body
    assert "href" not in body


def test_a_form_sends_nothing(chromium: Browser, hostile: tuple[Live, str, list[str]]) -> None:
    live, _, requests = hostile
    page = chromium.new_context().new_page()
    page.goto(f"{live.address}issues/{SLUG}/email")
    page.frame_locator("#email").locator("#send").click(force=True)
    page.wait_for_timeout(400)
    assert requests == []
    page.context.close()


def test_a_link_within_the_email_works(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(viewport={"width": 1000, "height": 500})
    page = context.new_page()
    page.goto(f"{live.address}issues/{SLUG}/email")
    page.frame_locator("#email").get_by_role("link", name="One thing").first.click()
    wait_until(page, "document.querySelector('#email').contentWindow.scrollY > 0")
    context.close()


# --- The command -----------------------------------------------------------------------------------------------------


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newsletter", "preview", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_port_that_is_in_use_is_a_problem(live: Live, tmp_path: Path) -> None:
    ended = command(tmp_path, "--port", f"{live.port}")
    assert ended.returncode == 1
    assert f"The preview cannot listen on port {live.port}:" in ended.stderr
    assert "Leave “--port” out" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_issue_that_is_not_there(live: Live) -> None:
    ended = command(live.folder, "nonsense")
    assert ended.returncode == 2
    assert "There is no issue called “nonsense”" in ended.stderr
    assert SLUG in ended.stderr


def test_two_previews_find_a_port_each(tmp_path: Path) -> None:
    with running(tmp_path, port=None) as one, running(tmp_path, port=None) as other:
        assert one.port != other.port
        assert ask(one, "/")[0] == ask(other, "/")[0] == 200


def test_it_says_what_it_watches_and_ends_at_once_with_a_window_open(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    with running(tmp_path) as live:
        listening = socket.create_connection(("127.0.0.1", live.port))
        listening.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\n\r\n".encode())
        assert b"text/event-stream" in listening.recv(4000)
        assert live.process.stdout
        watching = live.process.stdout.readline()
        assert watching == f"Watching issues/, templates/ and pyproject.toml in {tmp_path}.\n"
    # `running` gives it ten seconds, and it would wait for ever.
    assert live.process.returncode == 0
    listening.close()


@pytest.mark.parametrize("has_policy", [True, False])
def test_a_review_file_of_hostile_content_neither_runs_nor_reaches_anything(
    chromium: Browser, hostile: tuple[Live, str, list[str]], tmp_path: Path, has_policy: bool
) -> None:
    live, _, requests = hostile
    text = ask(live, f"/issues/{SLUG}/review")[2]
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    assert policy.search(text)
    file = tmp_path / "mailed.review.html"
    # Not every program that shows a file obeys its policy.
    file.write_text(text if has_policy else policy.sub("", text), encoding="utf-8")
    before, addresses = len(requests), []
    context = chromium.new_context()
    context.on("request", lambda request: addresses.append(request.url))
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert {url for url in addresses if not url.startswith("data:")} == {file.as_uri()}
    assert len(requests) == before
    assert page.evaluate("document.scripts.length + document.forms.length") == 0
    # All parts are there, each inside its own place: nothing hostile swallows or covers what follows it.
    assert page.locator("main > section").count() == 8
    for look in page.locator(".email").all():
        assert "One thing" in look.evaluate("look => look.shadowRoot.textContent")
        assert look.evaluate("look => look.shadowRoot.querySelectorAll('script, [href], [onload], form').length") == 0
    page.get_by_role("link", name="8 Facts").click()
    assert page.url == f"{file.as_uri()}#facts"
    context.close()
