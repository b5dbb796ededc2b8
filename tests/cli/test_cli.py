"""The commands, as an editor types them."""

import datetime
import email
import email.policy
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsletter
from newsletter import __version__
from newsletter.check.describe import described_rule, described_rules
from newsletter.check.registry import all_rules
from newsletter.cli.formats import github_annotation, sarif_log
from newsletter.problems import Location, Problem
from newsletter.project import DEFAULT_TEMPLATES, find_project
from support.command import commands, run
from support.own_brand import write_own_brand

BAD = "subject: x\n"
ENDINGS = (
    *("eml", "html", "large-print.eml", "large-print.html"),
    *("text-only.eml", "text-only.txt", "txt", "web.html"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is where a newcomer begins."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own_brand(home: Path) -> None:
    """A brand that is not that of the sample charity, which stops a render."""
    write_own_brand(home)


def test_a_newcomer_gets_an_email_once_the_brand_is_their_own(home: Path) -> None:
    result = run("new", "2026-12-01-winter")
    assert result.exit_code == 0
    assert (
        result.output
        == "Created issues/2026-12-01-winter.yaml\nCreated templates/brand.yaml. Change its first values first: "
        "name, organisation, colours, from, unsubscribe.\n"
        "Created docs/issue.schema.json\nCreated docs/brand.schema.json\n"
    )
    # The brand is a made-up charity as long as nobody changes it.
    refused = run("render")
    assert refused.exit_code == 1
    error, hint = refused.stderr.splitlines()
    assert error.startswith("templates/brand.yaml:") and error.endswith("(sample-brand)")
    assert hint.startswith("    Write those of your own charity") and "`newsletter preview`" in hint
    assert not (home / "outbox").exists()
    write_own_brand(home)
    rendered = run("render")
    assert rendered.exit_code == 0 and not rendered.stderr
    *lines, summary = rendered.stdout.splitlines()
    assert re.fullmatch(r"Checked \d+ articles? against \d+ rules: no problems\.", summary)
    names = [line.partition(": ")[0] for line in lines]
    assert names == [f"outbox/2026-12-01-winter.{ending}" for ending in ("eml", "large-print.eml", "text-only.eml")]
    for line, html in zip(lines, (r" with \d+ KB of HTML", r" with \d+ KB of HTML", ""), strict=True):
        assert re.fullmatch(rf"\S+: \d+ KB{html}, \d+ words, about 1 minute to read, 0 images", line)
    names = sorted(path.name for path in (home / "outbox").iterdir() if path.is_file())
    assert names == [f"2026-12-01-winter.{ending}" for ending in ENDINGS]
    message = email.message_from_bytes(
        (home / "outbox/2026-12-01-winter.eml").read_bytes(), policy=email.policy.default
    )
    assert message["Date"].datetime == datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)


def test_new_asks_nothing_and_overwrites_nothing(home: Path) -> None:
    run("new", "winter")
    text = (home / "issues/winter.yaml").read_text("utf-8")
    assert f"date: {datetime.date.today()}\n" in text
    (home / "issues/winter.yaml").write_text("mine", "utf-8")
    (home / "templates/brand.yaml").write_text("mine too", "utf-8")
    again = run("new", "winter")
    assert again.exit_code == 1
    assert "There is already an issue with this name." in again.stderr
    assert run("new", "spring").output == "Created issues/spring.yaml\n"
    assert (home / "issues/winter.yaml").read_text("utf-8") == "mine"
    assert (home / "templates/brand.yaml").read_text("utf-8") == "mine too"


@pytest.mark.usefixtures("own_brand")
def test_new_starts_from_another_issue(home: Path) -> None:
    run("new", "winter")
    assert run("new", "2027-03-04-spring", "--from", "winter").output == "Created issues/2027-03-04-spring.yaml\n"
    text = (home / "issues/2027-03-04-spring.yaml").read_text("utf-8")
    assert "date: 2027-03-04\n" in text and 'subject: "To write: ' in text
    assert run("new", "summer", "--from", "issues/winter.yaml").exit_code == 0
    checked = run("check", "summer")
    assert checked.exit_code == 1 and "still to be written" in checked.stdout
    assert run("new", "autumn", "--layout", "digest").exit_code == 0
    assert run("check", "autumn").exit_code == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("spring", "--from", "wynter"), "There is no issue called “wynter”. You have: winter."),
        (("spring", "--layout", "digset"), "Did you mean “digest”?"),
        (("spring", "--layout", "digest", "--from", "winter"), "Use --from or --layout, not both."),
        (("winter", "--from", "winter"), "There is already an issue with this name."),
    ],
)
def test_new_says_why_it_cannot_start(home: Path, options: tuple[str, ...], expected: str) -> None:
    run("new", "winter")
    result = run("new", *options)
    assert result.exit_code != 0 and expected in result.stderr
    assert [path.name for path in (home / "issues").iterdir()] == ["winter.yaml"]


@pytest.mark.usefixtures("own_brand")
def test_addresses_for_examples_reach_nobody(home: Path) -> None:
    brand = home / "templates/brand.yaml"
    brand.write_text(brand.read_text("utf-8").replace("saltby.test", "saltby.example.org"), "utf-8")
    run("new", "winter")
    message = "Nobody can be reached at an address for examples, such as example.org: “from.address”"
    assert message in run("render").stderr


@pytest.mark.usefixtures("own_brand")
def test_an_issue_in_another_language_is_named_by_its_whole_name(home: Path) -> None:
    run("new", "winter")
    assert "There is no issue called “winter.cy”." in run("check", "winter.cy").stdout
    (home / "issues/winter.cy.yaml").write_text((home / "issues/winter.yaml").read_text("utf-8"), "utf-8")
    run("render", "winter.cy", "--force")  # its words are English
    assert (home / "outbox/winter.cy.eml").is_file() and not (home / "outbox/winter.eml").exists()


def test_new_writes_the_schema_that_the_issue_names(home: Path) -> None:
    run("new", "winter")
    first = (home / "issues/winter.yaml").read_text("utf-8").splitlines()[0]
    schema = (home / "issues" / first.partition("$schema=")[2]).resolve()
    assert schema.is_file()
    assert "notice" in json.loads(schema.read_text("utf-8"))["definitions"]["Block"]["properties"]
    schema.write_text('{"properties": {"articles": {}}}', "utf-8")  # of a time when there were other blocks
    assert run("new", "spring").output == "Created issues/spring.yaml\nCreated docs/issue.schema.json\n"
    assert run("schema").output == schema.read_text("utf-8")
    brand = (home / "templates/brand.yaml").read_text("utf-8")
    of_brand = (home / "templates" / brand.splitlines()[0].partition("$schema=")[2]).resolve()
    assert run("schema", "brand").output == of_brand.read_text("utf-8")
    assert len(brand.splitlines()) < 30
    for own in ('{"mine": true}', "[1]", "no JSON"):
        schema.write_text(own, "utf-8")
        assert run("new", f"own-{len(own)}").output == f"Created issues/own-{len(own)}.yaml\n"
        assert schema.read_text("utf-8") == own


def test_nothing_in_an_installed_package_names_a_page_that_it_has_not() -> None:
    # Messages, hints, help, explanations of rules, pages of the preview: any text may reach an editor.
    page = re.compile(r"\bdocs/(?!(?:issue|brand)\.schema\.json)\S*|\b[\w-]+\.md\b")
    assert page.findall("docs/how-to/preview.md, see rules.md") == ["docs/how-to/preview.md,", "rules.md"]
    folders = (Path(newsletter.__file__).parent, DEFAULT_TEMPLATES)
    kinds = {".py", ".html", ".j2", ".js", ".css", ".yaml", ".json", ".mjml"}
    texts = {path: path.read_text("utf-8") for at in folders for path in at.rglob("*.*") if path.suffix in kinds}
    assert len(texts) > 200
    # Pages of others are named by their whole addresses.
    own = {path: re.sub(r"https?://\S+", "", text) for path, text in texts.items()}
    assert {path: names for path, text in own.items() if (names := page.findall(text))} == {}


@pytest.mark.parametrize("slug", ["Winter", "a b", "../x", "con", "", "x" * 65, "a/b", "ä"])
def test_new_refuses_names_that_cannot_be_files_everywhere(home: Path, slug: str) -> None:
    result = run("new", slug)
    assert result.exit_code == 1
    assert "lower-case letters, digits and hyphens" in result.stderr
    assert list(home.iterdir()) == []


@pytest.mark.usefixtures("own_brand")
def test_with_a_problem_nothing_is_written_and_the_old_file_stays(home: Path) -> None:
    run("new", "good")
    run("render")
    before = (home / "outbox/good.eml").read_bytes()
    (home / "issues/good.yaml").write_text(BAD, "utf-8")
    result = run("render")
    assert result.exit_code == 1
    assert "issues/good.yaml:1:1: error: This file has no “articles”. (missing)\n" in result.stderr
    assert (home / "outbox/good.eml").read_bytes() == before


@pytest.mark.usefixtures("own_brand")
def test_one_bad_issue_does_not_hold_up_the_others(home: Path) -> None:
    run("new", "good")
    (home / "issues/bad.yaml").write_text(BAD, "utf-8")
    result = run("render")
    assert result.exit_code == 1
    assert result.stdout.startswith("outbox/good.eml: ")
    assert not (home / "outbox/bad.eml").exists()


@pytest.mark.usefixtures("own_brand")
@pytest.mark.parametrize("name", ["second.yml", "second.YAML", "second.yaml.txt", "second.YML.TXT"])
def test_a_file_with_another_ending_of_yaml_is_not_skipped_in_silence(home: Path, name: str) -> None:
    run("new", "good")
    (home / "issues/good.yaml").rename(home / "issues" / name)
    hint = "Rename it to “second.yaml”. Or, if it is not finished, begin its name with _."
    for _ in ("alone", "with another one"):
        result = run("render")
        assert result.exit_code == 1
        ending = name.removeprefix("second")
        problem = f"This file is not used: the name of an issue has to end in .yaml, not in {ending}."
        assert f"issues/{name}: error: {problem}" in result.stderr
        assert problem in run("check", "second").output
        assert hint in result.stderr
        run("new", "good")
    assert (home / "outbox/good.eml").exists()
    (home / "issues" / name).rename(home / "issues/_second.yml")
    assert run("render").exit_code == 0


@pytest.mark.usefixtures("own_brand")
def test_unfinished_issues_are_rendered_only_when_named(home: Path) -> None:
    run("new", "_draft")
    result = run("render")
    assert result.exit_code == 1
    assert "There is no issue here." in result.stderr
    assert run("render", "issues/_draft.yaml").exit_code == 0
    assert run("render", "_draft").exit_code == 0
    assert (home / "outbox/draft.eml").exists()


@pytest.mark.usefixtures("own_brand")
def test_output_can_lie_elsewhere(home: Path) -> None:
    run("new", "good")
    result = run("render", "-o", "elsewhere/deep")
    assert result.stdout.startswith("elsewhere/deep/good.eml: ")
    assert (home / "elsewhere/deep/good.eml").exists()


@pytest.mark.usefixtures("own_brand")
def test_quiet_and_json(home: Path) -> None:
    run("new", "good")
    assert run("render", "-q").output == ""
    (home / "issues/bad.yaml").write_text(BAD, "utf-8")
    result = run("render", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert [(item["path"], item["edition"]) for item in report["written"]] == [
        ("outbox/good.eml", "standard"),
        ("outbox/good.large-print.eml", "large-print"),
        ("outbox/good.text-only.eml", "text-only"),
    ]
    assert {"file", "line", "column", "id", "message", "hint", "severity", "editions"} == set(report["problems"][0])
    assert report["problems"][0]["editions"] == []
    assert result.stderr == ""


def test_a_missing_file_is_a_problem(home: Path) -> None:
    result = run("render", "issues/nosuch.yaml")
    assert result.exit_code == 1
    assert (
        result.stderr
        == "issues/nosuch.yaml: error: There is no issue called “nosuch”. You have: none yet. (no-issue)\n"
    )
    run("new", "winter")
    assert "called “nosuch”. You have: winter." in run("check", "nosuch").stdout


@pytest.mark.usefixtures("own_brand")
def test_an_outbox_that_is_a_file(home: Path) -> None:
    run("new", "good")
    (home / "outbox").write_text("", "utf-8")
    result = run("render")
    assert result.exit_code == 1
    assert "outbox: error: This folder cannot be written" in result.stderr


@pytest.mark.usefixtures("own_brand")
def test_the_project_is_found_from_inside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "good")
    monkeypatch.chdir(home / "issues")
    assert find_project(Path.cwd()).root == home
    assert run("render", "good.yaml").exit_code == 0
    assert (home / "outbox/good.eml").exists()


def test_wrong_usage_has_an_exit_code_of_its_own() -> None:
    assert run("render", "--nosuch").exit_code == 2
    assert run("nosuch").exit_code == 2


def test_version_and_help() -> None:
    assert run("--version").output == f"newsletter {__version__}\n"
    for command in commands():
        assert run(command, "-h").exit_code == 0


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_on_a_terminal_unless_it_is_not_wanted(home: Path, no_color: str, coloured: bool) -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newsletter", "render"]
    done = subprocess.run(command, cwd=home, env={**os.environ, "NO_COLOR": no_color}, stderr=theirs, check=False)
    os.close(theirs)
    output = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 1
    assert "error:" in output
    assert ("\x1b[" in output) is coloured


def test_no_colour_in_a_pipe(home: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "newsletter", "render"], cwd=home, capture_output=True, check=False)
    assert b"error:" in done.stderr
    assert b"\x1b[" not in done.stderr


@pytest.mark.usefixtures("own_brand")
def test_the_problems_are_the_output_of_the_check(home: Path) -> None:
    """`newsletter check > report.txt` saves the problems; `render` writes emails, and reports to stderr."""
    run("new", "good")
    (home / "issues/bad.yaml").write_text(BAD, "utf-8")
    checked, rendered = run("check"), run("render")
    assert checked.stderr == ""
    *problems, summary = checked.stdout.splitlines()
    assert re.fullmatch(r"Checked 1 article against \d+ rules: \d+ errors?\.", summary)
    assert "issues/bad.yaml:1:1: error: This file has no “articles”. (missing)" in problems
    assert rendered.stderr.splitlines() == problems
    assert rendered.stdout.splitlines()[-1] == summary
    assert run("check", "-q").stdout.splitlines() == problems


def test_every_help_fits_a_terminal() -> None:
    for command in ("", *commands()):
        lines = run(*([command] if command else []), "--help").output.splitlines()
        assert max(map(len, lines)) <= 80, command
        assert not [line for line in lines if line.endswith("...") and not line.startswith("Usage:")], command


def test_explain_without_a_rule_lists_the_rules() -> None:
    assert "\nlink-text: " in run("explain").output


HOSTILE = Problem(Location("issues/a:b,c%.yaml", 3, 5), "link-text", "100%:\r\n::error::x, y", "Do: this.")


def test_a_github_annotation_escapes_what_would_end_it() -> None:
    assert github_annotation(HOSTILE) == (
        "::error file=issues/a%3Ab%2Cc%25.yaml,line=3,col=5,title=link-text::100%25:%0D%0A::error::x, y%0ADo: this."
    )
    assert github_annotation(Problem(Location("a"), "x", "m")) == "::error file=a,title=x::m"


def schema_of(**properties: object) -> dict[str, object]:
    return {"type": "object", "required": list(properties), "properties": properties}


TEXT = schema_of(text={"type": "string", "minLength": 1})
POSITIVE = {"type": "integer", "minimum": 1}
REGION = {"region": {**schema_of(startLine=POSITIVE), "properties": {"startLine": POSITIVE, "startColumn": POSITIVE}}}
ARTIFACT = schema_of(uri={"type": "string", "pattern": r"^(?![/\\])([A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$"})
PHYSICAL = {"type": "object", "required": ["artifactLocation"], "properties": {"artifactLocation": ARTIFACT, **REGION}}
RULES = {"type": "array", "uniqueItems": True, "items": schema_of(id={"type": "string"}, shortDescription=TEXT)}
RESULT = schema_of(
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    message=TEXT,
    locations={"type": "array", "items": schema_of(physicalLocation=PHYSICAL)},
)
RUN = schema_of(
    tool=schema_of(driver=schema_of(name={"type": "string"}, rules=RULES)),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": RESULT},
)
SARIF = schema_of(version={"const": "2.1.0"}, runs={"type": "array", "minItems": 1, "items": RUN})
"""The main rules of the published SARIF 2.1.0 schema."""


def test_sarif_keeps_the_rules_of_its_schema(home: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for problems in ([], [HOSTILE, Problem(Location("a"), "yaml", "m", severity="warning")]):
        jsonschema.validate(sarif_log(problems), SARIF)
    unplaced = sarif_log([Problem(Location("a"), "yaml", "m")])["runs"][0]["results"][0]
    assert "region" not in unplaced["locations"][0]["physicalLocation"]
    run("new", "good")
    (home / "issues/bad.yaml").write_text(BAD, "utf-8")
    result = run("check", "--format", "sarif")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    jsonschema.validate(log, SARIF)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "issues/bad.yaml"}, "region": {"startLine": 1, "startColumn": 1}}


def test_a_project_in_a_folder_of_a_repository_names_its_files_from_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".git").mkdir()
    project = home / "charity/news letter"
    (project / "issues").mkdir(parents=True)
    (project / "issues/bad.yaml").write_text(BAD, "utf-8")
    monkeypatch.chdir(project)
    (line, *_) = run("check", "--format", "github").stdout.splitlines()
    assert line.startswith("::error file=charity/news letter/issues/bad.yaml,line=1,")
    log = json.loads(run("check", "--format", "sarif").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "charity/news%20letter/issues/bad.yaml"}
    assert run("check").stdout.startswith("issues/bad.yaml:1:1: error: ")


@pytest.mark.usefixtures("own_brand")
def test_github_and_json_as_formats(home: Path) -> None:
    run("new", "good")
    (home / "issues/bad.yaml").write_text(BAD, "utf-8")
    result = run("check", "--format", "github")
    assert result.exit_code == 1
    errors = [
        line for line in result.stdout.splitlines() if not line.startswith("::warning file=templates/brand.yaml,")
    ]
    assert errors
    assert all(line.startswith("::error file=issues/bad.yaml,line=1,col=1,title=missing::") for line in errors)
    assert run("check", "--format", "json").stdout == run("check", "--json").stdout
    assert run("check", "--format", "github", "--json").exit_code == 2


LOADED = """
import sys
from newsletter.check.describe import described_rule, described_rules
from newsletter.check.registry import all_rules
from newsletter.cli import main
try:
    main(sys.argv[1:])
finally:
    print("loaded:", *sys.modules)
"""
BUILD = {"pydantic", "lxml", "jinja2", "premailer", "cssutils", "markdown_it", "babel", "html2text", "yaml", "regex"}
NEVER = {"playwright", "starlette", "uvicorn", "watchfiles", "dkim", "smtplib", "imaplib", "icalendar", "pypdf", "ftfy"}


def loaded(*arguments: str) -> set[str]:
    """Run a command in a process of its own, and return the names of the modules that it has loaded."""
    result = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=False)
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("loaded: "))
    return set(line.split()[1:])


def test_a_command_loads_what_it_needs_and_no_more(home: Path, own_brand: None) -> None:
    run("new", "winter")
    unneeded = BUILD | NEVER | {"multiprocessing", "urllib.request", "http", "email.message", "importlib.metadata"}
    for arguments in (["--version"], ["--help"], ["explain", "link-text"], ["explain", "active-content"]):
        assert unneeded & loaded(*arguments) == set(), arguments
    assert {name for name in loaded("--version") if name.startswith("newsletter.cli.")} == {"newsletter.cli.app"}
    for command in ("check", "render"):
        modules = loaded(command, "winter", *(["--jobs", "1"] if command == "render" else []))
        assert modules >= BUILD
        assert (NEVER | {"newsletter.check.autofix"}) & modules == set()
    # Now that it is in the outbox, nothing is built.
    assert (BUILD | NEVER) & loaded("render", "winter", "--jobs", "1") == set()


def test_explain_says_of_each_rule_what_the_rule_itself_says() -> None:
    for rule in all_rules():
        description = described_rule(rule.id)
        assert description is not None
        assert vars(description).items() <= vars(rule).items(), rule.id
    assert [rule.id for rule in described_rules()] == [rule.id for rule in all_rules()]
    assert described_rule("-references") is None
