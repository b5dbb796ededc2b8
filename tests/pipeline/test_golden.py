"""Each stage of each shipped issue is compared with a file, so that a review shows what a change does to readers.

Pages have one element a line. Of a message there are its headers and its parts: what these hold is in the other files.
`make update` writes the files again.
"""

import re
from hashlib import sha256

import pytest

from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from support.golden import GOLDEN, TREES, one_element_a_line, stages, structure


def forms(editions: dict[EditionKind, Edition], web: WebPage) -> dict[str, str]:
    """Return the files of the other editions and of the web version, beside the stages of the standard edition."""
    pictures = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=]+")
    others = [*EDITION_KINDS][1:]
    return {
        **{f"{kind}-3-inlined.html": one_element_a_line(editions[kind].inlined) for kind in others if _differs(kind)},
        **{f"{kind}-6-message.txt": structure(editions[kind]) for kind in others},
        "web.html": one_element_a_line(
            pictures.sub(lambda data: f"sha256:{sha256(data[0].encode()).hexdigest()}", web)
        ),
    }


def _differs(kind: EditionKind) -> bool:
    """Return whether an edition has a page of its own."""
    return EDITION_KINDS[kind].transform is not None


@pytest.mark.generated
def test_stages_are_as_reviewed(
    edition: Edition,
    every_edition: dict[str, dict[EditionKind, Edition]],
    web_pages: dict[str, WebPage],
    request: pytest.FixtureRequest,
) -> None:
    slug = edition.issue.slug
    folder = GOLDEN / slug
    current = stages(edition) | forms(every_edition[slug], web_pages[slug])
    if request.config.getoption("--update"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in current.items():
            (folder / name).write_bytes(content.encode())
    assert sorted(path.name for path in folder.iterdir()) == sorted([*current, *TREES.values()])
    for name, content in current.items():
        reviewed = (folder / name).read_bytes().decode()
        assert content == reviewed, f"{name} has changed; `make update` writes it again"


def test_golden_files_belong_to_issues(editions: dict[str, Edition]) -> None:
    # tests/stages/test_layout_examples.py and tests/preview/test_preview_trees.py have files here, too.
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted([*editions, "layouts", "preview"])
