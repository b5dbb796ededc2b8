"""Writes src/newsletter/check/mail_clients.json: what mail apps do not support, from Can I email's data on npm.

python bench/mail_clients.py [--version 2.0.2]

Needs npm, to fetch the package. Run it when there is a newer version of the data, and read the difference before you
commit it. The file has only the mail apps of our readers, each in the newest version that was tested, and only what
they do not fully support. Anything that is not listed for an app works there, or was never tested.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "src/newsletter/check/mail_clients.json"
PACKAGE = "caniemail"
CLIENTS = {
    ("gmail", "desktop-webmail"): "Gmail",
    ("gmail", "ios"): "Gmail on iPhones",
    ("gmail", "android"): "Gmail on Android",
    ("outlook", "windows"): "Outlook for Windows",
    ("outlook", "outlook-com"): "Outlook.com",
    ("apple-mail", "macos"): "Apple Mail",
    ("apple-mail", "ios"): "Mail on iPhones",
    ("yahoo", "desktop-webmail"): "Yahoo",
    ("thunderbird", "macos"): "Thunderbird",
    ("samsung-email", "android"): "Samsung Email",
}
# Features whose title is a phrase, and not the name of a property or an element.
SPECIAL = {
    "css-at-media-hover": ["@media (hover)", "@media (any-hover)"],
    "css-block-inline-size": ["block-size", "inline-size"],
    "css-border-image": ["border-image", "border-image-source"],
    "css-border-inline-block": ["border-inline", "border-block"],
    "css-border-inline-block-individual": [
        *(f"border-{axis}-{end}" for axis in ("inline", "block") for end in ("start", "end")),
    ],
    "css-border-inline-block-longhand": [
        *(f"border-{axis}-{part}" for axis in ("inline", "block") for part in ("color", "style", "width")),
    ],
    "css-border-radius": [
        "border-radius",
        *(f"border-{y}-{x}-radius" for y in ("top", "bottom") for x in ("left", "right")),
    ],
    "css-border-radius-logical": [f"border-{y}-{x}-radius" for y in ("start", "end") for x in ("start", "end")],
    "css-color-scheme": ["color-scheme"],
    "css-column-layout-properties": ["columns", "column-width", "column-rule", "column-span", "column-fill"],
    "css-comments": [],
    "css-flex-direction": ["flex-direction"],
    "css-flex-wrap": ["flex-wrap"],
    "css-font": ["font"],
    "css-grid-template": ["grid-template", "grid-template-columns", "grid-template-rows", "grid-template-areas"],
    "css-important": ["!important"],
    "css-inert-attribute": ["[inert]"],
    "css-intrinsic-size": ["=fit-content", "=min-content", "=max-content"],
    "css-left-right-top-bottom": ["left", "right", "top", "bottom"],
    "css-nesting": [],
    "css-pseudo-class-lang": [":lang"],
    "css-scroll-snap": ["scroll-snap-type", "scroll-snap-align"],
    "css-selector-adjacent-sibling": [],
    "css-selector-attribute": [],
    "css-selector-chaining": [],
    "css-selector-child": [],
    "css-selector-class": [],
    "css-selector-descendant": [],
    "css-selector-general-sibling": [],
    "css-selector-grouping": [],
    "css-selector-id": [],
    "css-selector-type": [],
    "css-selector-universal": [],
    "css-sytem-ui": ["=system-ui", "=ui-serif", "=ui-sans-serif", "=ui-rounded", "=ui-monospace"],
    "css-text-decoration": [],  # its notes are about values that the longhands have, too
    "css-unit-calc": ["calc()"],
    "css-unit-initial": ["=initial"],
    "css-variables": ["var()"],
    "html-address": ["<address>"],
    "html-align": ["[align]"],
    "html-anchor-links": [],
    "html-comments": [],
    "html-doctype": [],
    "html-h1-h6": [f"<h{level}>" for level in range(1, 7)],
    "html-image-maps": ["<map>"],
    "html-lists": ["<ul>", "<ol>", "<dl>"],
    "html-mailto-links": [],
    "html-meta-color-scheme": [],
    "html-semantics": [
        *(f"<{tag}>" for tag in ("article", "aside", "details", "figcaption", "figure", "footer", "header", "main")),
        *(f"<{tag}>" for tag in ("mark", "nav", "section", "summary", "time")),
    ],
    "html-srcset": ["[srcset]", "[sizes]"],
    "html-svg": ["<svg>"],
}


def keys(feature: dict[str, Any]) -> list[str]:
    """Return how a page writes a feature.

    The forms are: the name of a property, `name:value` for one of its values, `=value` for a value of any property,
    `@media (...)`, `:hover`, `name()`, `1rem` for a unit, `<element>` and `[attribute]`.
    """
    slug, title = feature["slug"], feature["title"].strip()
    if slug in SPECIAL:
        return SPECIAL[slug]
    if unit := re.fullmatch(r"(\w+|%) unit", title):
        return [f"1{unit[1]}"]
    if slug.startswith("html-"):
        inputs = re.fullmatch(r'<(input|button) type="(\w+)"> element', title)
        if inputs:
            return [f"<{inputs[1]} {inputs[2]}>"]
        if element := re.match(r"<(\w+)>", title):
            return [f"<{element[1]}>"]
        return [f"[{title.removesuffix(' attribute')}]"] if title.endswith(" attribute") else []
    if title.startswith(("@", ":")):
        return [title.removesuffix("()")]
    names = re.split(r", | & ", title.removesuffix(" property"))
    return [name.replace(": ", ":") for name in names if re.fullmatch(r"[a-z-]+(\(\))?|[a-z-]+:\s?[a-z]+", name)]


def newest(versions: dict[str, str]) -> str:
    """Return the support in the newest version; the data lists versions from old to new."""
    return list(versions.values())[-1]


def missing(feature: dict[str, Any]) -> dict[str, str]:
    """Return the support in each mail app that does not fully support a feature: "n", or "a" with the notes."""
    support_by_app = {}
    for (family, platform), name in CLIENTS.items():
        versions = feature["stats"].get(family, {}).get(platform)
        support = newest(versions) if versions else "y"
        if support[0] in "na":
            known = feature["notes_by_num"] or {}
            notes = [known[number] for number in re.findall(r"#(\d+)", support) if number in known]
            support_by_app[name] = " ".join([support[0], *(notes if support[0] == "a" else [])])
    return support_by_app


def lines(data: dict[str, Any]) -> Iterator[str]:
    """Return one line for each feature, so that a difference in the data can be read."""
    for feature in sorted(data["data"], key=lambda feature: str(feature["slug"])):
        names, lacks = keys(feature) if feature["category"] in ("css", "html") else [], missing(feature)
        for name in names if lacks else []:
            yield f"  {json.dumps(name)}: {json.dumps(lacks, ensure_ascii=False)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--version", default="2.0.2", help="of the npm package")
    version = parser.parse_args().version
    with tempfile.TemporaryDirectory() as folder:
        package = f"{PACKAGE}@{version}"
        command = ["npm", "pack", "--silent", "--pack-destination", folder, package]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile("package/data/caniemail.json")
            assert member is not None
            data = json.load(member)
    head = {
        "about": "Written by bench/mail_clients.py; do not edit. By client: n = no, a = in part, and what is known.",
        "source": f"Can I email (caniemail.com), by the npm package {package}",
        "licence": "MIT, Copyright Avi Goldman, Copyright Andrew Powell; the data by Can I email's contributors",
        "date": data["last_update_date"].partition(" ")[0],
        "clients": list(CLIENTS.values()),
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    TARGET.write_text(opening + ',\n "features": {\n' + ",\n".join(lines(data)) + "\n }\n}\n", "utf-8")
    features = json.loads(TARGET.read_text("utf-8"))["features"]
    print(f"{TARGET.name}: {len(features)} features, {TARGET.stat().st_size // 1000} KB, data of {head['date']}")


if __name__ == "__main__":
    main()
