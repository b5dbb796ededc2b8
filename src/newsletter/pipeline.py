"""The sentence: load, compose, compile, inline, linearise, text, message; and then nothing may be lost.

`render` and every later user of an issue go through `build`; none of them has a second way to make an email.
"""

from pathlib import Path

from newsletter.brand import Brand
from newsletter.compile import compile_page
from newsletter.compose import compose
from newsletter.conserve import lost
from newsletter.edition import Edition
from newsletter.envelope import envelope
from newsletter.inline import inline
from newsletter.linearise import linearise
from newsletter.load import load
from newsletter.message import assemble
from newsletter.picture_links import embedded, pictures
from newsletter.problems import stop_at
from newsletter.project import Project
from newsletter.text import to_text


def build(path: Path, project: Project, brand: Brand, text: str | None = None) -> Edition:
    """Make one issue's email.

    Args:
        path: the issue's YAML file.
        project: where templates and pictures are.
        brand: what is the same in every issue (see `load.load_brand`).
        text: what the file would hold, in place of what it holds.

    Returns:
        The message, and every value on the way to it. Nothing is written.

    Raises:
        Problems: everything that the failing stage found wrong; a traceback is a bug of ours.
    """
    issue = load(path, project, brand, text)
    mjml = compose(issue, brand, project)
    page = compile_page(mjml)
    inlined = inline(page)
    reading = linearise(inlined)
    text = to_text(reading)
    message = assemble(envelope(issue, brand), text, inlined, embedded(issue, brand))
    stop_at(lost(issue.manuscript.text, issue.manuscript.file, inlined, text, message))
    return Edition(issue, brand, mjml, page, inlined, reading, text, message, pictures(issue, brand))
