"""An issue is rendered again exactly when something that counts has changed; several processes change nothing."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter import manifest
from newsletter.manifest import FILE
from newsletter.parallel import WorkerFailure, run_parallel
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, STATE_FOLDER, Project
from newsletter.render import Renderer
from newsletter.render_result import RenderOptions
from support.command import run
from support.own_brand import write_own_brand

PICTURE = DEFAULT_TEMPLATES.parent / "issues" / "images" / "clinic.png"
ISSUE = """\
subject: "What the choir sings this winter"
preheader: "Where it sings, when it sings, and how you get there"
title: "Our newsletter"
date: 2026-12-03
articles:
  - title: "The choir sings again"
    summary: "The choir was utilised in the hall."
    content:
      - text: "Everybody can come, and nobody has to sing."
      - snippet: shop
      - image: {src: images/dot.png, alt: "A dot, drawn in ink"}
"""
WELSH = ISSUE.replace("date:", "language: cy\ndate:")
WARNING = "“utilised” is a word of officials."


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a rendered project, and a copy of all that is in it.

    It has two issues, a snippet and a picture; the check warns about both issues.
    """
    folder = tmp_path_factory.mktemp("rendered")
    home, copy = folder / "home", folder / "copy"
    home.mkdir()
    write_own_brand(home)
    (home / "issues/_snippets").mkdir(parents=True)
    (home / "issues/_snippets/shop.yaml").write_text("content:\n  - text: Our shop is open on Mondays.\n", "utf-8")
    (home / "issues/images").mkdir()
    (home / "issues/images/dot.png").write_bytes(PICTURE.read_bytes())
    for name in ("summer", "winter"):
        (home / f"issues/{name}.yaml").write_text(ISSUE.replace("the choir", f"the {name} choir"), "utf-8")
    with contextlib.chdir(home):
        assert run("render").exit_code == 0
    shutil.copytree(home, copy)
    return home, copy


@pytest.fixture
def home(rendered: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return that project as it was rendered, at the same path, which the manifest names, whatever a test has done."""
    home, copy = rendered
    shutil.rmtree(home)
    shutil.copytree(copy, home)
    monkeypatch.chdir(home)
    return home


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unchanged(*arguments: str) -> list[str]:
    """Render, compare everything with a full render, and return the names of the issues that had not changed."""
    shutil.copytree("outbox", "fresh", dirs_exist_ok=True)
    result, fresh = run("render", *arguments), run("render", *arguments, "--rebuild", "-o", "fresh")
    assert result.exit_code == fresh.exit_code
    assert result.stderr == fresh.stderr
    assert result.stdout.replace("; unchanged", "") == fresh.stdout.replace("fresh/", "outbox/")
    assert contents(Path("outbox")) == contents(Path("fresh"))
    lines = [line for line in result.stdout.splitlines() if line.endswith("; unchanged")]
    return sorted({Path(line.partition(":")[0]).name.partition(".")[0] for line in lines})


def test_without_a_change_nothing_is_written_and_everything_is_reported_again(home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    result = run("render")
    assert result.stderr.count(WARNING) == 2
    assert result.stdout.count("; unchanged\n") == 6
    assert before == {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    data = json.loads(run("render", "--json").stdout)
    assert {message["unchanged"] for message in data["written"]} == {True}
    assert len(data["problems"]) == 2
    assert unchanged() == ["summer", "winter"]
    assert (home / STATE_FOLDER / ".gitignore").read_text("utf-8") == "*\n"
    assert {path.name for path in home.iterdir()} == {"issues", "templates", "outbox", "fresh", STATE_FOLDER}


def write(name: str, content: str) -> Callable[[], None]:
    def change() -> None:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, "utf-8")

    return change


def replace(name: str, old: str, new: str) -> Callable[[], None]:
    def change() -> None:
        text = Path(name).read_text("utf-8")
        assert old in text
        Path(name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def link() -> None:
    Path("issues/images/dot.png").rename("issues/images/ink.png")
    Path("issues/images/dot.png").symlink_to("ink.png")


def link_message() -> None:
    Path("outbox/winter.eml").rename("winter.eml")
    Path("outbox/winter.eml").symlink_to("../winter.eml")


def add_template() -> None:
    Path("templates/blocks").mkdir()
    shutil.copy(DEFAULT_TEMPLATES / "blocks" / "text.mjml", "templates/blocks")


def leave_a_set() -> None:
    Path("outbox/.newsletter-0123456789abcdef.whole").mkdir()
    Path("outbox/.newsletter-0123456789abcdef.whole/winter.txt").write_text("of a killed run", "utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (replace("issues/winter.yaml", "nobody has", "no one has"), ["summer"]),
        (replace("issues/_snippets/shop.yaml", "Mondays", "Tuesdays"), []),
        (lambda: Path("issues/images/dot.png").write_bytes(PICTURE.read_bytes() + b"\0"), []),
        (link, []),
        (write("issues/winter.cy.yaml", WELSH), ["summer"]),
        (add_template, []),
        (write("templates/brand.cy.yaml", "name: Newyddion\n"), []),
        (replace("templates/brand.yaml", "Mill Street", "Mill Road"), []),
        (write("pyproject.toml", '[tool.newsletter.rules]\nofficials-words = "off"\n'), []),
        (write("pyproject.toml", '[tool.newsletter.rules]\nofficials-words = "error"\n'), []),
        (lambda: Path("outbox/winter.txt").unlink(), ["summer"]),
        (write("outbox/winter.eml", "Somebody has saved this."), ["summer"]),
        (link_message, ["summer"]),
        (write("outbox/winter.draft.eml", "Somebody has saved this."), ["summer"]),
        (write("outbox/winter.review.html", f'<meta name="message-sha256" content="{"0" * 64}">'), ["summer"]),
        (leave_a_set, []),
        (write("issues/autumn.yaml", ISSUE), ["summer", "winter"]),
    ],
)
def test_a_change_of_anything_that_counts_renders_again(
    home: Path, change: Callable[[], None], expected: list[str]
) -> None:
    change()
    assert unchanged() == expected


def test_an_issue_whose_twin_cannot_be_read_is_always_rendered(home: Path) -> None:
    """What is missing for the twin may come from anywhere."""
    write("issues/winter.cy.yaml", WELSH.replace("snippet: shop", "snippet: siop"))()
    for _ in range(2):
        assert unchanged() == ["summer"]
    write("issues/_snippets/siop.yaml", "content:\n  - text: Mae'r siop ar agor.\n")()
    assert unchanged() == ["summer"]


def test_options_that_change_the_result_render_again(home: Path) -> None:
    for arguments in (["--draft"], ["--force"], ["--strict"], ["--policy", "strict"], ["--edition", "text-only"]):
        assert unchanged(*arguments) == []
    assert run("render", "--rebuild").stdout.count("unchanged") == 0


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path, text: path.write_text(text[:-200], "utf-8"),
        lambda path, text: path.write_text(text.replace("word of officials", "good word"), "utf-8"),
        lambda path, text: path.write_bytes(b"\xff\0" * 1000),
        lambda path, text: path.write_text("[" * 100_000, "utf-8"),
        lambda path, text: (path.unlink(), path.mkdir()),
        lambda path, text: as_pipe(path),
        lambda path, text: (path.rename(path.with_name("elsewhere")), path.symlink_to("elsewhere")),
    ],
    ids=["cut", "edited", "bytes", "deep", "folder", "pipe", "link"],
)
def test_a_manifest_that_cannot_be_trusted_is_ignored(home: Path, damage: Callable[[Path, str], object]) -> None:
    path = home / STATE_FOLDER / FILE
    damage(path, path.read_text("utf-8"))
    assert unchanged() == []


def test_what_does_not_exist_any_more_is_forgotten(home: Path) -> None:
    run("render", "-o", "elsewhere")
    shutil.rmtree("elsewhere")
    Path("issues/summer.yaml").unlink()
    run("render", "--rebuild")
    records = json.loads((home / STATE_FOLDER / FILE).read_text("utf-8").partition("\n")[2])["records"]
    assert [json.loads(key)[1:] for key in records] == [["issues/winter.yaml", str(home / "outbox")]]


def test_another_version_renders_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "program_digest", lambda: "0" * 64)
    assert unchanged() == []


def test_the_version_is_that_of_each_file_and_each_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = manifest.program_digest()
    assert manifest.program_digest() == before
    (tmp_path / "mjml_python-9.9.9.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert manifest.program_digest() != before
    monkeypatch.undo()
    monkeypatch.setattr("newsletter.__file__", str(tmp_path / "__init__.py"))
    (tmp_path / "rule.py").write_text("limit = 1\n", "utf-8")
    first = manifest.program_digest()
    (tmp_path / "rule.py").write_text("limit = 2\n", "utf-8")
    assert manifest.program_digest() != first


def test_a_state_folder_that_cannot_be_written_stops_no_email(home: Path) -> None:
    shutil.rmtree(home / STATE_FOLDER)
    (home / STATE_FOLDER).write_text("A file has the name of the folder.", "utf-8")
    assert unchanged() == unchanged() == []


OPENED = """
import json, os, sys
opened = set()
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        opened.add(os.path.abspath(os.fsdecode(arguments[0])))
sys.addaudithook(hook)
from newsletter.cli import main
try:
    main(["render", "--rebuild", "--jobs", "1", "-q"])
finally:
    print(json.dumps(sorted(opened)))
"""


def test_every_file_that_a_render_opens_is_among_its_inputs(home: Path) -> None:
    """Python itself reports each file that is opened, so that a new reader that says nothing is noticed."""
    result = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, check=True)
    (listed,) = (line for line in result.stdout.splitlines() if line.startswith("["))
    records = json.loads((home / STATE_FOLDER / FILE).read_text("utf-8").partition("\n")[2])["records"].values()
    inputs = {path for record in records for kind, path, _ in record["inputs"] if kind == "file"}
    folders = [path for record in records for kind, path, _ in record["inputs"] if kind == "folder"]
    assert set(folders) == {str(home / "templates"), str(DEFAULT_TEMPLATES)}
    places = [str(home / "issues"), *folders]
    opened = [path for path in json.loads(listed) if path.startswith(tuple(f"{place}/" for place in places))]
    assert {str(home / "issues/winter.yaml"), str(home / "issues/images/dot.png")} <= set(opened)
    others = [path for path in opened if path not in inputs and not path.startswith(tuple(f"{f}/" for f in folders))]
    assert others == []


def test_several_processes_write_the_same_bytes_and_lines(home: Path) -> None:
    for number in range(6):
        text = ISSUE.replace("Everybody", f"{number + 2} people" if number % 2 else "Everyone")
        (home / f"issues/issue-{number}.yaml").write_text(text, "utf-8")
    (home / "issues/issue-3.yaml").write_text("subject: x\n", "utf-8")
    results = [run("render", "--rebuild", "--jobs", jobs, "-o", "elsewhere") for jobs in ("1", "3")]
    shutil.move("elsewhere", "three")
    assert results[0].stdout == results[1].stdout and results[0].stderr == results[1].stderr
    assert results[0].exit_code == results[1].exit_code == 1
    run("render", "--rebuild", "--jobs", "1", "-o", "elsewhere")
    assert contents(home / "elsewhere") == contents(home / "three")


def test_an_issue_whose_process_is_killed_is_a_problem_and_the_others_go_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = Renderer.render

    def killed(self: Renderer, path: Path) -> object:
        if path.stem == "summer":
            os.kill(os.getpid(), signal.SIGKILL)
        return render(self, path)

    (home / "issues/autumn.yaml").write_text(ISSUE, "utf-8")
    monkeypatch.setattr(Renderer, "render", killed)
    result = run("render", "--rebuild", "--jobs", "2")
    assert result.exit_code == 1
    assert "issues/summer.yaml: error: The process that built this issue ended." in result.stderr
    assert "outbox/autumn.eml" in result.stdout and "outbox/winter.eml" in result.stdout
    assert "outbox/summer.eml" not in result.stdout and "Traceback" not in result.output


def test_results_come_in_order_and_every_process_ends() -> None:
    def work(number: int) -> int | Problems:
        if number % 5 == 4:
            os._exit(1)
        time.sleep(0.02 * (number % 3))
        return number * number

    numbers = range(20)
    results = list(run_parallel(work, numbers, 3))
    expected = ["lost" if number % 5 == 4 else number * number for number in numbers]
    assert ["lost" if isinstance(result, WorkerFailure) else result for result in results] == expected
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


# In the background of a shell, Ctrl-C would be ignored.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from newsletter.cli import run
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes")
def test_ctrl_c_stops_every_process_and_leaves_nothing_half_done(home: Path) -> None:
    for number in range(40):
        (home / f"issues/issue-{number:02}.yaml").write_text(ISSUE, "utf-8")
    command = [sys.executable, "-c", INTERRUPTIBLE, "render", "--jobs", "3"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("outbox/issue-00.eml")
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate()
    assert process.returncode == 1
    assert errors.strip() == "Aborted!"
    assert output.count("issue-39") == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert not list((home / "outbox").glob(".newsletter-*"))
    lines = [line for line in run("render", "--quiet", "--json").stdout.splitlines() if '"unchanged": true' in line]
    assert len(lines) >= 9  # what was ready is remembered: three emails each of issue-00, summer and winter


def test_another_process_can_render_with_what_it_is_sent(home: Path) -> None:
    """So it can be sent to a new process, as on Windows, where a process cannot be forked."""
    renderer = pickle.loads(pickle.dumps(Renderer(Project(home), RenderOptions(home / "outbox"))))
    assert renderer.try_render(home / "issues" / "winter.yaml")[0].messages[0].path == "outbox/winter.eml"


def test_nothing_that_decides_about_an_email_asks_for_the_day() -> None:
    """If a rule did, an issue of yesterday would not be unchanged today: the day would have to be an input."""
    source = Path(manifest.__file__).parent
    parts = ("check", "css", "dom", "issue", "pipeline.py", "render.py", "rules", "source", "stages", "verify")
    files = [path for part in parts for path in ([source / part, *(source / part).rglob("*.py")]) if path.is_file()]
    clock = re.compile(r"\b(?:today|now|utcnow|localtime|gmtime|monotonic)\(|\btime\.time\(")
    assert len(files) > 250
    assert [path for path in files if clock.search(path.read_text("utf-8"))] == []
