"""Take the screenshots of the preview for the README: `.venv/bin/python bench/screenshots.py`.

They show the shipped issues as they are built now. A browser of the Chromium family has to be installed.
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import expect  # noqa: E402

from support.browser import installed_browser  # noqa: E402
from support.live_preview import running  # noqa: E402

SIZE = {"width": 1280, "height": 860}


@dataclass(frozen=True)
class Picture:
    """One screenshot: its file, and the view of an issue that it shows."""

    name: str
    view: str


PICTURES = (
    Picture("preview-email.png", "2023-09-26-stem-cell-hope/email"),
    Picture("preview-screen-reader.png", "2023-09-26-stem-cell-hope/screen-reader"),
    Picture("preview-checks.png", "2026-12-03-everything-at-once/checks"),
)


def main() -> None:
    """Write every screenshot into docs/images."""
    images = ROOT / "docs" / "images"
    with installed_browser() as browser, running(ROOT) as live:
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        for picture in PICTURES:
            page.goto(f"{live.address}issues/{picture.view}")
            expect(page.locator("#status")).not_to_contain_text(re.compile("Checking|Reading"))
            expect(page.locator(".about")).not_to_contain_text("Building")
            path = images / picture.name
            path.write_bytes(small(page.screenshot()))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} KB")


def small(png: bytes) -> bytes:
    """Return a picture with 128 colours, which are enough for flat areas and text.

    Args:
        png: the picture, as PNG.
    """
    smaller = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(smaller, "PNG", optimize=True)
    return smaller.getvalue()


if __name__ == "__main__":
    main()
