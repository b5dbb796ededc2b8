"""Each stage of each shipped issue is compared with a file, so that a review shows what a change does to readers.

Pages have one element a line. Of a message there are its headers and its parts: what these hold is in the other files.
`make update` writes the files again.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import MIMEPart
from hashlib import sha256
from pathlib import Path

import pytest

from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind

GOLDEN = Path(__file__).parent / "golden"
TREES: dict[EditionKind, str] = {
    kind: f"{kind}-7-tree.txt".removeprefix("standard-") for kind, form in EDITION_KINDS.items() if form.has_page
}
"""What a browser reports to a screen reader: see test_tree.py, as this needs a browser."""


def one_element_a_line(page: str) -> str:
    """Begin a line before each element; a line break that was there is an empty line, so nothing is hidden."""
    return re.sub(r"<(?=[a-z])", "\n<", page)


def structure(edition: Edition) -> str:
    """Return the headers of a message and of its parts, and for each part the stage that it holds, or its hash."""
    stages = {edition.text: "the plain text", edition.inlined: "the inlined page"}

    def lines(part: MIMEPart, indent: str) -> Iterator[str]:
        yield from (f"{indent}{name}: {value}".replace("\n", f"\n{indent}") for name, value in part.raw_items())
        if part.is_multipart():
            for child in part.iter_parts():
                yield ""
                yield from lines(child, f"{indent}    ")
            return
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        text = content.decode(errors="replace").replace("\r\n", "\n")
        yield f"{indent}= {stages.get(text) or f'sha256:{sha256(content).hexdigest()}'}"

    message = message_from_bytes(edition.message.replace(b"\r\n", b"\n"), policy=policy.default)
    return "\n".join(lines(message, "")) + "\n"


def stages(edition: Edition) -> dict[str, str]:
    return {
        "1-composed.mjml": edition.mjml,
        "2-compiled.html": one_element_a_line(edition.page),
        "3-inlined.html": one_element_a_line(edition.inlined),
        "4-reading.html": one_element_a_line(edition.reading),
        "5-text.txt": edition.text,
        "6-message.txt": structure(edition),
    }


def forms(editions: dict[EditionKind, Edition], web: WebPage) -> dict[str, str]:
    """What the other editions and the web version are made of beside the stages of the standard one."""
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
