"""Take the README's screenshots of the email and of the preview: `.venv/bin/python bench/screenshots.py`.

They show the shipped issues as they are built now. A browser of the Chromium family has to be installed.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from newsletter.issue.load import layouts, load_brand  # noqa: E402
from newsletter.pipeline import build  # noqa: E402
from newsletter.project import Project  # noqa: E402
from newsletter.stages.data_urls import browser_page  # noqa: E402
from support.browser import View, installed_browser, opened  # noqa: E402
from support.live_preview import make_project, running  # noqa: E402

ISSUE = "2023-09-26-stem-cell-hope"
HEIGHT = 1400  # CSS pixels of the email
MOST_BYTES = 120_000
PREVIEW = {
    "preview-email.png": f"{ISSUE}/email?device=both",
    "preview-listening.png": f"{ISSUE}/listening",
    "preview-checks.png": "2026-12-03-everything-at-once/checks",
    "preview-inbox.png": f"{ISSUE}/inbox",
}
"""The views of the preview, by file."""


def main() -> None:
    """Write every screenshot into docs/images."""
    images = ROOT / "docs" / "images"
    with installed_browser() as browser:
        for name, screenshot in (
            *of_email(browser),
            *of_layouts(browser),
            *of_preview(browser),
            *of_first_pages(browser),
        ):
            path = images / name
            path.write_bytes(small(screenshot))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} KB")


def of_email(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the screenshot (PNG) of each view of the email."""
    project = Project(ROOT)
    edition = build(project.issues / f"{ISSUE}.yaml", project, load_brand(project))
    whole, without_images = browser_page(edition), str(edition.inlined)
    with tempfile.TemporaryDirectory() as folder:
        for name, html, view in (
            ("email-600.png", whole, View(640)),
            ("email-320.png", whole, View(320)),
            ("email-dark.png", whole, View(640, "dark")),
            ("email-images-off.png", without_images, View(640)),
        ):
            with opened(browser, html, view, Path(folder)) as email:
                email.page.set_viewport_size({"width": view.width, "height": HEIGHT})
                yield name, email.page.screenshot()


def of_layouts(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the screenshot (PNG) of each layout's example."""
    project = Project(ROOT)
    brand = load_brand(project)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in layouts(project).items():
            text = path.with_suffix(".yaml").read_text("utf-8")
            edition = build(project.issues / f"{name}.yaml", project, brand, text=text)
            with opened(browser, browser_page(edition), View(640), Path(folder)) as email:
                yield f"layout-{name}.png", email.page.screenshot(full_page=True)


def of_preview(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the screenshot (PNG) of each view of the preview."""
    with running(ROOT) as live:
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        for name, view in PREVIEW.items():
            page.goto(f"{live.address}issues/{view}")
            expect(page.locator("#status")).not_to_contain_text(re.compile("Checking|Reading"))
            expect(page.locator("#beside")).not_to_contain_text("Building")
            yield name, page.screenshot()


def of_first_pages(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the screenshot (PNG) of the list of issues, and of the gallery."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "neuro-news", ISSUE, "2026-12-03-everything-at-once")
        for path in (ROOT / "tests/cases/issues").glob("2027-0[2-6]*.yaml"):
            shutil.copy(path, project / "issues")
        with running(project) as live:
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            page.goto(live.address)
            expect(page.locator("main")).not_to_contain_text("Checking", timeout=300_000)
            yield "preview-list.png", page.screenshot()
            page.goto(f"{live.address}gallery#block-figures")
            for name in ("figures", "image"):
                expect(page.frame_locator(f"#block-{name} iframe").locator("table").first).to_be_visible()
            page.wait_for_timeout(1000)
            yield "preview-gallery.png", page.screenshot()


def small(png: bytes) -> bytes:
    """Return a PNG with so few colours that it has no more than MOST_BYTES bytes, if 32 colours are enough."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        output = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
        if len(output.getvalue()) < MOST_BYTES:
            break
    return output.getvalue()


if __name__ == "__main__":
    main()
