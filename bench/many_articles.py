"""Creates issues with any number of articles from the shipped ones."""

from __future__ import annotations

import re
import shutil
from itertools import cycle, islice
from pathlib import Path

ISSUES = Path(__file__).resolve().parent.parent / "issues"
# Bytes of an article. The loader rejects files of over 1 MB, and 500 whole articles would be larger.
LONGEST = 2000


def write_issue(project: Path, size: int) -> Path:
    """Write an issue of `size` articles into a project folder, which is created if necessary.

    The articles are the shipped ones in turn, each with its own title. A long one loses its last blocks.
    """
    (project / "issues").mkdir(parents=True, exist_ok=True)
    shutil.copytree(ISSUES / "images", project / "issues" / "images", dirs_exist_ok=True)
    articles = [_shortened(article) for issue in sorted(ISSUES.glob("[0-9]*.yaml")) for article in _articles(issue)]
    numbered = (
        re.sub(r"title: (['\"])", rf"title: \g<1>{number}. ", article, count=1)
        for number, article in enumerate(islice(cycle(articles), size), 1)
    )
    path = project / "issues" / f"articles-{size}.yaml"
    head = f'subject: "{size} articles"\npreheader: "To be measured"\ntitle: "Many articles"\ndate: 2026-12-03\n'
    path.write_text(f"{head}articles:\n{''.join(numbered)}", encoding="utf-8")
    return path


def _articles(issue: Path) -> list[str]:
    listed = re.split(r"^articles:\n", issue.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    listed = re.split(r"^(?=\w)", listed, flags=re.MULTILINE)[0]
    return re.split(r"^(?=  - title: )", listed, flags=re.MULTILINE)[1:]


def _shortened(article: str) -> str:
    head, *blocks = re.split(r"^(?=      - \w+:)", article, flags=re.MULTILINE)
    # Keys after the last block, such as the source, have less indentation.
    last, *after = re.split(r"^(?=    \w)", blocks[-1], flags=re.MULTILINE)
    blocks[-1] = last
    while len(blocks) > 1 and len("".join([head, *blocks, *after]).encode()) > LONGEST:
        blocks.pop()
    return "".join([head, *blocks, *after])
