"""Take the pictures of the email that the README shows: `.venv/bin/python docs/screenshots.py`.

They show the first issue as it is built now. Chrome, Chromium or Edge has to be installed.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from newsletter.issue.load import load_brand  # noqa: E402
from newsletter.pipeline import build  # noqa: E402
from newsletter.project import Project  # noqa: E402
from newsletter.stages.data_urls import browser_page  # noqa: E402
from support.browser import View, installed_browser, opened  # noqa: E402

ISSUE = "2023-09-26-stem-cell-hope"
HEIGHT = 1400
LARGEST = 120_000


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the view of the page, and whether the pictures of the page load."""

    name: str
    view: View
    pictures: bool = True


PICTURES = (
    Picture("email-600.png", View(640)),
    Picture("email-320.png", View(320)),
    Picture("email-dark.png", View(640, "dark")),
    Picture("email-images-off.png", View(640), pictures=False),
)


def main() -> None:
    """Write every picture into docs/images."""
    project = Project(ROOT)
    edition = build(project.issues / f"{ISSUE}.yaml", project, load_brand(project))
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with installed_browser() as browser, tempfile.TemporaryDirectory() as folder:
        for picture in PICTURES:
            html = browser_page(edition) if picture.pictures else edition.inlined
            with opened(browser, html, picture.view, Path(folder)) as email:
                email.page.set_viewport_size({"width": picture.view.width, "height": HEIGHT})
                screenshot = email.page.screenshot()
            path = images / picture.name
            path.write_bytes(small(screenshot))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} KB")  # noqa: T201


def small(png: bytes) -> bytes:
    """Return the picture as a PNG with so few colours that it is no larger than LARGEST bytes, if 32 are enough."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        output = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
        if len(output.getvalue()) < LARGEST:
            break
    return output.getvalue()


if __name__ == "__main__":
    main()
