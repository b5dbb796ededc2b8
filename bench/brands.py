"""Take pictures of every layout in the look of three brands: `.venv/bin/python bench/brands.py FOLDER`.

Each is taken in light and in dark colours, 600 and 320 px wide. `--docs` writes the picture of all three brands side by
side, docs/images/brands.png. A browser of the Chromium family has to be installed.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from newsletter.pipeline import build  # noqa: E402
from newsletter.stages.data_urls import browser_page  # noqa: E402
from support.browser import View, installed_browser, opened  # noqa: E402
from support.newsletters import BRANDS, add_layout_examples, branded_project  # noqa: E402

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VIEWS = [View(width, scheme) for width in (600, 320) for scheme in SCHEMES]
HEIGHT, GAP, SCALE = 1500, 24, 0.6
"""Of the picture for the docs: CSS pixels of each email and of the space between two, and how much smaller they are."""


def main() -> None:
    """Write the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description="Take pictures of every layout in the look of three brands.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--docs", action="store_true", help="write docs/images/brands.png, too")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with installed_browser() as browser:
        pages = dict(pictures(browser))
    for name, png in pages.items():
        (options.folder / name).write_bytes(png)
    print(f"{len(pages)} pictures in {options.folder}")
    if options.docs:
        beside = side_by_side([pages[f"newsletter-{brand}-light-600.png"] for brand in BRANDS])
        (ROOT / "docs/images/brands.png").write_bytes(beside)


def pictures(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the picture (PNG) of each layout, brand and view."""
    with tempfile.TemporaryDirectory() as folder:
        for name in BRANDS:
            project, brand = branded_project(name, Path(folder) / name)
            for layout, path in add_layout_examples(project).items():
                page = browser_page(build(path, project, brand))
                for view in VIEWS:
                    with opened(browser, page, view, Path(folder)) as email:
                        picture = email.page.screenshot(full_page=True)
                    yield f"{layout}-{name}-{view.scheme}-{view.width}.png", picture


def side_by_side(pngs: list[bytes]) -> bytes:
    """Return the tops of some pictures beside each other, smaller, as a PNG."""
    tops = [Image.open(io.BytesIO(png)).convert("RGB") for png in pngs]
    whole = Image.new("RGB", (sum(top.width for top in tops) + GAP * (len(tops) - 1), HEIGHT), "#808080")
    left = 0
    for top in tops:
        whole.paste(top.crop((0, 0, top.width, HEIGHT)), (left, 0))
        left += top.width + GAP
    smaller = whole.resize((round(whole.width * SCALE), round(HEIGHT * SCALE)), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    # Few colours make a small file. This method keeps those of small areas, such as a title.
    smaller.quantize(192, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
    return output.getvalue()


if __name__ == "__main__":
    main()
