"""The wheel: installed with pip alone, in an empty folder, it builds an email."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.own_brand import write_own_brand

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_it_carries_the_default_templates_and_its_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            assert f"newsletter/templates/{path.relative_to(ROOT / 'templates').as_posix()}" in names
    assert {"newsletter/py.typed", "newsletter/new_issue.yaml", "newsletter/css/user_agent.css"} <= names
    assert not [name for name in names if name.startswith(("tests/", "issues/", "outbox/"))]


def test_it_needs_what_every_command_needs_without_an_extra(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        needs = re.findall(r"^Requires-Dist: ([\w-]+)[^;\n]*$", archive.read(metadata).decode(), re.MULTILINE)
    assert {"pillow", "lxml", "mjml-python"} <= set(needs)
    assert not {"imagesize", "playwright"} & set(needs)


def test_the_wheel_builds_an_email_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    # First on the path, so that it is the wheel's package that runs, and not the working copy's.
    environment = {**os.environ, "PYTHONPATH": str(site)}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=home, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    where = run("-c", "import newsletter.project as p; print(p.__file__, p.DEFAULT_TEMPLATES)")
    assert all(str(site) in path for path in where.split())
    write_own_brand(home)
    run("-m", "newsletter", "new", "2026-12-01-first")
    assert run("-m", "newsletter", "render").startswith("outbox/2026-12-01-first.eml: ")
