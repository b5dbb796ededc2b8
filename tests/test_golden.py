"""Each stage of each shipped issue is compared with a file, so that a review shows what a change does to readers.

`pytest --update` writes the files anew.
"""

from pathlib import Path

import pytest

from newsletter.edition import Edition

GOLDEN = Path(__file__).parent / "golden"
TREE = "7-tree.txt"
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


def test_stages_are_as_reviewed(edition: Edition, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / edition.issue.slug
    made = stages(edition)
    if request.config.getoption("--update"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*made, TREE])
    for name, content in made.items():
        reviewed = (folder / name).read_bytes()
        assert content.decode() == reviewed.decode(), f"{name} has changed; `pytest --update` takes it over"


def test_golden_files_belong_to_issues(editions: dict[str, Edition]) -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(editions)
