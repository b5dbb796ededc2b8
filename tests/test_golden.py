"""Each stage of each shipped issue is compared with a file, so that a review shows what a change does to readers.

`pytest --update` writes the files anew.
"""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EditionKind

GOLDEN = Path(__file__).parent / "golden"
TREES: dict[EditionKind, str] = {"standard": "7-tree.txt", "large-print": "large-print-7-tree.txt"}
"""What a browser tells a screen reader: test_tree.py, as a browser is needed to make it."""


def stages(edition: Edition) -> dict[str, bytes]:
    return {
        "1-composed.mjml": edition.mjml.encode(),
        "2-compiled.html": edition.page.encode(),
        "3-inlined.html": edition.inlined.encode(),
        "4-reading.html": edition.reading.encode(),
        "5-text.txt": edition.text.encode(),
        "6-message.eml": edition.message,
    }


def forms(editions: dict[EditionKind, Edition], web: WebPage) -> dict[str, bytes]:
    """What the other editions and the web version are made of beside the stages of the standard one."""
    pictures = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=]+")
    return {
        "large-print-3-inlined.html": editions["large-print"].inlined.encode(),
        "large-print-6-message.eml": editions["large-print"].message,
        "text-only-6-message.eml": editions["text-only"].message,
        "web.html": pictures.sub(lambda data: f"sha256:{sha256(data[0].encode()).hexdigest()}", web).encode(),
    }


def test_stages_are_as_reviewed(
    edition: Edition,
    every_edition: dict[str, dict[EditionKind, Edition]],
    web_pages: dict[str, WebPage],
    request: pytest.FixtureRequest,
) -> None:
    slug = edition.issue.slug
    folder = GOLDEN / slug
    made = stages(edition) | forms(every_edition[slug], web_pages[slug])
    if request.config.getoption("--update"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*made, *TREES.values()])
    for name, content in made.items():
        reviewed = (folder / name).read_bytes()
        assert content.decode() == reviewed.decode(), f"{name} has changed; `pytest --update` takes it over"


def test_golden_files_belong_to_issues(editions: dict[str, Edition]) -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(editions)
