"""Every example in the docs is tried, and everything that exists is documented."""

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from newsletter.check import describe, registry
from newsletter.check.engine import check
from newsletter.check.issue_text import IssueText
from newsletter.check.nodes import PageElement
from newsletter.check.page import ParsedPage
from newsletter.check.prose import Paragraph, Sentence
from newsletter.check.settings import Settings
from newsletter.issue.blocks import _TYPES, read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.fields import Layout
from newsletter.issue.load import layouts
from newsletter.pipeline import build, build_web_page
from newsletter.project import Project
from support.command import commands, run
from support.examples import SHORT

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/how-to/write-an-issue.md"
RULE_GUIDE = ROOT / "docs/how-to/add-a-rule.md"
BLOCK_GUIDE = ROOT / "docs/how-to/add-a-block.md"
LAYOUT_GUIDE = ROOT / "docs/how-to/add-a-layout.md"
PIECES_GUIDE = ROOT / "docs/how-to/write-other-pieces.md"
TUTORIAL = ROOT / "docs/tutorial/first-issue.md"
STEP = re.compile(
    r"```console\n\$ newsletter (?P<command>[^\n]*)\n.*?```"
    r"|```yaml\n(?P<issue># yaml-language-server.*?)```"
    r"|Change line (?P<line>\d+) to this:\n\n```yaml\n(?P<text>[^\n]*)\n```"
    r"|change\s+`(?P<old>[^`]*)`\s+to\s+`(?P<new>[^`]*)`",
    re.DOTALL,
)


def test_the_documented_blocks_are_yaml(project: Project) -> None:
    page = (ROOT / "docs/reference/blocks.md").read_text("utf-8")
    names = [
        name
        for text in re.findall(r"```yaml\n(    content:.*?)```", page, re.DOTALL)
        for name in yaml.safe_load(text)["content"][0]
    ]
    assert names == list(read_blocks(project))


PIECES = re.findall(
    r"^## (.*)\n(?:(?!```).*\n)*```yaml\n((?:(?!```).*\n)*)```", PIECES_GUIDE.read_text("utf-8"), re.MULTILINE
)


def test_the_pieces_of_the_guide_are_fit_to_be_sent(tmp_path: Path, project: Project, brand: Brand) -> None:
    """All of them are one issue, as an editor would paste them, and nothing is reported about it."""
    assert [name.split()[-1] for name, _ in PIECES] == [
        "poll",
        "survey",
        "advert",
        "obituary",
        "recipe",
        "letter",
        "correction",
    ]
    path = tmp_path / "pieces.yaml"
    path.write_text(SHORT.partition("  - title")[0] + "".join(article for _, article in PIECES), "utf-8")
    edition = build(path, project, brand)
    assert not check(edition, Settings("plain")).problems
    assert f"[Article {len(PIECES)} ends]" in edition.text
    build_web_page(edition.build, project)


@pytest.mark.generated
def test_the_tutorial_works_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Do each step in order in an empty folder; what a command prints is written beneath it with `--update`."""
    monkeypatch.chdir(tmp_path)
    text = TUTORIAL.read_text("utf-8")
    expected = STEP.sub(lambda step: done(step, tmp_path), text)
    if request.config.getoption("--update"):
        TUTORIAL.write_text(expected, "utf-8")
    assert TUTORIAL.read_text("utf-8") == expected, "`make update` writes it again"
    assert (tmp_path / "outbox/2026-12-01-winter.eml").is_file()


def done(step: re.Match[str], folder: Path) -> str:
    """Do one step of the tutorial, and return its text, with what its command prints now."""
    issue, brand = folder / "issues/2026-12-01-winter.yaml", folder / "templates/brand.yaml"
    if command := step["command"]:
        return f"```console\n$ newsletter {command}\n{run(*shlex.split(command)).output}```"
    if step["issue"]:
        issue.write_text(step["issue"], "utf-8")
    elif step["line"]:
        lines = issue.read_text("utf-8").splitlines()
        lines[int(step["line"]) - 1] = step["text"]
        issue.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        text = brand.read_text("utf-8")
        assert text.count(step["old"]) == 1
        brand.write_text(text.replace(step["old"], step["new"]), "utf-8")
    return step[0]


def test_the_guides_layout_leaves_nothing_out(project: Project, brand: Brand, tmp_path: Path) -> None:
    (layout,) = re.findall(r"```xml\n(.*?)```", LAYOUT_GUIDE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "templates/layouts").mkdir(parents=True)
    (tmp_path / "templates/layouts/words-first.mjml").write_text(layout, "utf-8")
    own, path = Project(tmp_path), project.issues / "2023-09-26-stem-cell-hope.yaml"
    other = brand.model_copy(update={"layout": Layout("words-first")})
    edition, usual = build(path, own, other), build(path, project, brand)
    assert edition.text.index("++ Words explained") < edition.text.index("++ 1. ")
    assert sorted(edition.text.split()) == sorted(usual.text.split())
    assert not check(edition, Settings()).errors
    page = build_web_page(edition.build, own)
    assert page.count("<article") == len(edition.issue.articles)
    assert page.count("<footer") == page.count("<header") == 1


def test_the_guides_layout_has_a_name_that_no_layout_has(project: Project) -> None:
    (name,) = re.findall(r"^layout: (.*)$", LAYOUT_GUIDE.read_text("utf-8"), re.MULTILINE)
    assert f"`templates/layouts/{name}.mjml`" in LAYOUT_GUIDE.read_text("utf-8")
    assert name not in layouts(project)


def test_the_guide_names_what_a_layout_includes() -> None:
    included = re.findall(r'{% include "([^"]*)"', (ROOT / "templates/layouts/newsletter.mjml").read_text("utf-8"))
    assert included
    assert all(f"| `{name}` |" in LAYOUT_GUIDE.read_text("utf-8") for name in included)


def test_the_guides_first_issue_renders(project: Project, brand: Brand, tmp_path: Path) -> None:
    (issue, *_) = re.findall(r"```yaml\n(# yaml-language-server.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "winter.yaml"
    path.write_text(issue, "utf-8")
    assert "Stem cells and MS" in build(path, project, brand).text


def test_the_guides_new_block_works_without_python(brand: Brand, tmp_path: Path) -> None:
    guide = BLOCK_GUIDE.read_text("utf-8")
    (declaration,) = re.findall(r"```yaml\n(about:.*?)```", guide, re.DOTALL)
    (template,) = re.findall(r"```xml\n(.*?)```", guide, re.DOTALL)
    blocks = tmp_path / "templates/blocks"
    blocks.mkdir(parents=True)
    (blocks / "tip.yaml").write_text(declaration, "utf-8")
    (blocks / "tip.mjml").write_text(template, "utf-8")
    issue = tmp_path / "issues/tips.yaml"
    issue.parent.mkdir()
    issue.write_text(
        "subject: s\npreheader: p\ntitle: t\ndate: 2026-12-03\narticles:\n  - title: a\n    summary: b\n    content:\n"
        '      - tip: {title: "Keep a chair by the cooker", text: "Sit down while you **stir**.",'
        ' link: {text: "More tips", url: "https://www.example.org/tips"}}\n',
        "utf-8",
    )
    edition = build(issue, Project(tmp_path), brand)
    assert "+++ Keep a chair by the cooker\n\nSit down while you stir.\n\nMore tips:\nhttps://" in edition.text


def test_the_guide_has_every_type_of_value() -> None:
    guide = BLOCK_GUIDE.read_text("utf-8")
    assert all(f"\n| `{name}` |" in guide for name in _TYPES)


def test_the_guides_new_rule_is_two_files(tmp_path: Path) -> None:
    for part in ("src", "tests", "templates", "issues", "bench", "docs", "README.md", "pyproject.toml"):
        if (ROOT / part).is_dir():
            # Other tests write bytecode meanwhile.
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / part, tmp_path / part)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    generated = ("reference/rules", "reference/settings", "tutorial/first-issue")
    new_files = {tmp_path / f"docs/{name}.md" for name in generated}
    for name, language, text in re.findall(
        r"`((?:src|tests)/\S+)`:\n\n```(python|yaml)\n(.*?)```", RULE_GUIDE.read_text("utf-8"), re.DOTALL
    ):
        assert language == {".py": "python", ".yaml": "yaml"}[Path(name).suffix]
        (tmp_path / name).write_text(text, "utf-8")
        new_files.add(tmp_path / name)
    # Its cases, and every test that is not a case of another rule: that of the figures in the documents, too.
    modules = ("rules/test_rules", "check/test_faults", "docs/test_reference", "docs/test_docs")
    paths = [f"tests/{name}.py" for name in modules]
    others = "test_case or test_the_fault_is or test_what_is_said or test_every_rule_explains"
    which = f"exclamation or settings or tutorial or (test_rules or test_faults) and not ({others})"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths, "--update", "-k", which, "-rA"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    for case in ("reported-1", "silent-1", "silent-2"):
        assert f"PASSED tests/rules/test_rules.py::test_case[exclamation-marks-{case}]" in done.stdout
    after = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in after if after[path] != before.get(path)} == new_files
    assert "### `exclamation-marks`" in (tmp_path / "docs/reference/rules.md").read_text("utf-8")


def test_the_guide_names_what_the_module_of_a_rule_can_hold() -> None:
    (table,) = re.findall(r"^\| the docstring.*?\n\n", RULE_GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    code = "".join(map(inspect.getsource, (registry, describe)))
    named = re.findall(r"^\| `(\w+)", table, re.MULTILINE)
    assert {*named} >= {*re.findall(r'(?:module, |constants\[|constants\.get\()"([A-Z_]+)"', code)}
    for name in named:
        assert re.search(rf'(?:module, |constants\[|constants\.get\()"{name}"|module\.{name}\b', code), name


TYPES_FOR_RULES = (IssueText, Paragraph, Sentence, ParsedPage, PageElement)


@pytest.mark.parametrize("type_for_rules", TYPES_FOR_RULES, ids=lambda type_for_rules: type_for_rules.__name__)
def test_the_guide_names_what_a_rule_can_ask(type_for_rules: type) -> None:
    (table,) = re.findall(
        rf"^`{type_for_rules.__name__}`.*?\n\n(.*?)\n\n", RULE_GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE):
        for name in re.findall(r"`(\w+)", cell):
            assert hasattr(type_for_rules, name) or name in type_for_rules.__annotations__, name


@pytest.mark.parametrize("path", [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")], ids=lambda path: path.stem)
def test_each_command_in_the_documents_exists(path: Path) -> None:
    named = re.findall(r"(?:^|`)newsletter ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= commands().keys()


def test_the_layout_of_the_code_is_as_contributing_says() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    (table,) = re.findall(r"\| part \|.*?\n\n", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert [re.findall(r"\w+", cell) for cell in cells] == [re.findall(r"\w+", layer) for layer in layers]


def test_tests_have_the_folders_of_the_package_and_those_that_contributing_describes() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    of_the_package = {path.name for path in (ROOT / "src/newsletter").iterdir() if path.is_dir()}
    folders = {path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/**/*.py")}
    assert {name for name in folders - of_the_package if f"`tests/{name}/`" not in text} == set()


def test_the_files_that_contributing_names_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Where to change what")[1].split("\n## ")[0]
    named = re.findall(r"`((?:\w+/)*\w+\.(?:py|yaml|mjml)|(?:\w+/)+)`", text)
    folders = (ROOT, ROOT / "src/newsletter")
    assert len(named) > 50
    assert {name for name in named if not any((folder / name).exists() for folder in folders)} == set()


def test_a_commit_is_checked_by_the_tools_of_make_lint() -> None:
    (recipe,) = re.findall(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    (own,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [f"\t{hook['entry']}" for hook in own["hooks"]] == recipe.replace("$(BIN)", ".venv/bin").splitlines()


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench/README.md"]


def links(path: Path) -> list[tuple[str, str]]:
    """Return the links of a page that stay inside the project: each a path, which may be empty, and a heading's id."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.findall(r"\]\(([^)#:]*)#?([^):]*)\)", prose)


def heading_ids(path: Path) -> set[str]:
    """Return the ids that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.*)", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_project_work(path: Path) -> None:
    for link, id in links(path):
        target = path.parent / link if link else path
        assert target.exists(), link
        assert not id or id in heading_ids(target), f"{link}#{id}"


def test_each_page_of_docs_is_in_its_index() -> None:
    index = ROOT / "docs/README.md"
    listed = {(index.parent / link).resolve() for link, _ in links(index)}
    assert {page for page in (ROOT / "docs").rglob("*.md") if page != index} <= listed
