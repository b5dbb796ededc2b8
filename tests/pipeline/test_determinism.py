"""The same input gives the same bytes, whatever the clock, time zone, locale or hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.project import Project
from support.own_brand import own_brand

SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
]


@pytest.mark.parametrize("embed", [False, True], ids=["linked", "embedded"])
def test_surroundings_do_not_matter(project: Project, tmp_path: Path, embed: bool) -> None:
    home = copy(project, tmp_path / "project", embed=embed)
    outputs = [render(home, tmp_path / f"outbox-{number}", around) for number, around in enumerate(SURROUNDINGS)]
    issues = len(list(project.issues.glob("*.yaml")))
    assert len([name for name in outputs[0] if "/" not in name]) == 8 * issues
    assert len([name for name in outputs[0] if name.endswith("/pictures.sha256")]) == issues * (not embed)
    assert outputs[0] == outputs[1] == outputs[2]


def copy(project: Project, home: Path, *, embed: bool) -> Path:
    for folder in ("issues", "templates"):
        (home / folder).parent.mkdir(parents=True, exist_ok=True)
        for path in (project.root / folder).rglob("*"):
            if path.is_file():
                target = home / path.relative_to(project.root)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    brand = home / "templates" / "brand.yaml"
    text = own_brand(brand.read_text("utf-8"))
    assert "images: link" in text
    brand.write_text(text.replace("images: link", "images: embed") if embed else text, "utf-8")
    return home


def render(home: Path, outbox: Path, around: dict[str, str]) -> dict[str, bytes]:
    command = [sys.executable, "-m", "newsletter", "render", "--output", str(outbox)]
    subprocess.run(command, cwd=home, env={**os.environ, **around}, check=True, capture_output=True)
    files = (path for path in sorted(outbox.rglob("*")) if path.is_file())
    return {path.relative_to(outbox).as_posix(): path.read_bytes() for path in files}
