"""A project with one issue and a list of readers, in which each reader has an address to unsubscribe."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from support.command import run
from support.own_brand import own_brand

SLUG = "2190-12-02-winter"
URL = "https://www.saltby.test/nerve-news/unsubscribe"


def new_files(folder: Path) -> dict[str, str]:
    """Create a project in an empty folder, as `newsletter new` does, and return its issue and brand by their paths."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run("new", SLUG)
    return {name: (folder / name).read_text("utf-8") for name in (f"issues/{SLUG}.yaml", "templates/brand.yaml")}


def write_reader_project(folder: Path, files: Mapping[str, str]) -> Path:
    """Write such a project with a brand that is not the sample's, and a list. Return the path of the brand."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text.replace("example.org", "saltby.test"), "utf-8")
    path = folder / "templates" / "brand.yaml"
    sample = own_brand(files["templates/brand.yaml"]).replace("[standard, large-print, text-only]", "[text-only]")
    path.write_text(sample.replace(URL, f'"{URL}/{{token}}?a={{address}}"', 1), "utf-8")
    (folder / "readers.csv").write_text("address,name,token\nsam@saltby.test,Sam,k3/v\nnobody,,\n", "utf-8")
    return path


def write_relay(port: int, *lines: str) -> None:
    """Write settings into the current folder by which a server of the test is the relay, as fast as it can be."""
    table = ["[tool.newsletter.relay]", 'host = "127.0.0.1"', f"port = {port}", 'security = "none"']
    Path("pyproject.toml").write_text("\n".join([*table, 'rate = "1000000/s"', *lines, ""]), "utf-8")
