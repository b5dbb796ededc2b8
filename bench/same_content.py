"""Creates issues for every stack, whose articles have a title, a picture, three paragraphs, a link and a button."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests"))

from support.own_brand import write_own_brand  # noqa: E402

_BASE_URL = "https://saltby.test/pictures/"
_PICTURES = {
    "clinic.png": "A nurse and a patient look at a chart together",
    "seated-yoga.png": "Four people do yoga on chairs",
    "winter-moor.png": "A path leads over a moor in snow",
}
_SUBJECTS = ("The choir", "The walking group", "The helpline", "The reading circle", "The garden", "The research team")
_NEWS = ("meets on Mondays", "has a new room", "looks for helpers", "tried something new", "has good news")
_PARAGRAPHS = (
    "Many people asked us how they can join. You need nothing but a little time, and you can leave whenever you like. "
    "Bring a friend, if you want.",
    "We met for the first time in spring. Since then, twenty people have come, and most of them have come again. "
    "They say that the company does them good.",
)
_LAST = "The room has a step-free entrance, a quiet corner and a hearing loop. Tea and coffee are free."


@dataclass(frozen=True)
class Content:
    """The files of one issue: our YAML, and the same as JSON for the other stacks."""

    issue: Path
    data: Path


def write_content(project: Path, size: int) -> Content:
    """Write an issue of `size` articles into a project folder, which is created if necessary."""
    if not (project / "templates").is_dir():
        (project / "issues" / "images").mkdir(parents=True)
        for name in _PICTURES:
            shutil.copy(PROJECT / "issues" / "images" / name, project / "issues" / "images")
        write_own_brand(project)
        brand = project / "templates" / "brand.yaml"
        linked = re.sub(r"(?m)^images: embed.*", f"images: link\nbase_url: {_BASE_URL}", brand.read_text("utf-8"))
        brand.write_text(linked, "utf-8")
    numbered = islice(zip(cycle(_SUBJECTS), cycle(_NEWS), cycle(_PICTURES.items())), size)
    articles: list[dict[str, Any]] = [
        {
            "title": f"{subject} of street {number} {news}",
            "picture": f"images/{picture}",
            "alt": alt,
            "paragraphs": _PARAGRAPHS,
            "last": _LAST,
            "link": {"text": f"how to get to street {number}", "url": f"https://saltby.test/streets/{number}"},
            "button": {"text": f"Come to street {number}", "url": f"https://saltby.test/visits/{number}"},
        }
        for number, (subject, news, (picture, alt)) in enumerate(numbered, 1)
    ]
    data: dict[str, Any] = {
        "subject": "What is new in your street this winter",
        "preheader": "Groups that meet near you, when they meet, and how you can join one of them",
        "title": "News of your streets",
        "base_url": _BASE_URL,
        "articles": articles,
    }
    issue, path = project / "issues" / f"streets-{size}.yaml", project / f"streets-{size}.json"
    path.write_text(json.dumps(data), "utf-8")
    head = "".join(f"{key}: {json.dumps(data[key])}\n" for key in ("subject", "preheader", "title"))
    issue.write_text(f"{head}date: 2026-12-03\narticles:\n{''.join(map(_as_yaml, articles))}", "utf-8")
    return Content(issue, path)


def _as_yaml(article: dict[str, Any]) -> str:
    link, button = article["link"], article["button"]
    paragraphs = [*article["paragraphs"], f"{article['last']} Read [{link['text']}]({link['url']})."]
    text = "\n".join(f"          {paragraph}\n" for paragraph in paragraphs)
    return (
        f"  - title: {json.dumps(article['title'])}\n    content:\n"
        f"      - image: {{src: {article['picture']}, alt: {json.dumps(article['alt'])}}}\n"
        f"      - text: |\n{text}"
        f"      - button: {{text: {json.dumps(button['text'])}, url: {json.dumps(button['url'])}}}\n"
    )
