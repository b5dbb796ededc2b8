"""The engine of the rules: settings, allowances, reports, and the commands that use it."""

import ast
import json
import re
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

import newsletter
from newsletter.check.context import CheckContext
from newsletter.check.engine import check
from newsletter.check.explain import RENAMED
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import MASK
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings, read_settings
from newsletter.css.colour import parse_colour, ratio
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load, load_brand
from newsletter.pipeline import build
from newsletter.problems import Problem, Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.command import run
from support.examples import SHORT
from support.own_brand import write_own_brand

ISSUE = (
    SHORT
    + """\
      - text: |
          Sit down while you **stir**. See `e. g. this` at
          hello@example.org. Then rest, says
          [Dr. Khan](https://example.org/).
"""
)
BAD_LINK = "      - text: |\n          [Click here](https://example.org/).\n"

# A loop over the blocks as a project might write it.
OWN = """{% for item in article.content %}
    {% set block = item.value %}
    {% include ["blocks/" ~ item.kind ~ ".mjml"] %}
    {% endfor %}
"""

# What the plain profile checks.
IN_FORCE = sum(rule.severity != "off" and rule.scope != "browser" for rule in all_rules())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "issues").mkdir()
    return tmp_path


def write(home: Path, more: str = "") -> Path:
    path = home / "issues/a.yaml"
    path.write_text(ISSUE + more, "utf-8")
    return path


def test_a_good_issue(home: Path) -> None:
    write(home)
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Checked 1 article against {IN_FORCE} rules: no problems.\n"


def test_an_allowance_on_a_block_covers_its_page_and_message(home: Path) -> None:
    shop = '      - text: "Our [shop](https://www.example.org/?fbclid=3) has chairs."\n'
    write(home, shop)
    (problem,) = json.loads(run("check", "--json").stdout)["problems"]
    assert (problem["id"], problem["file"], problem["line"]) == ("tracking", "issues/a.yaml", ISSUE.count("\n") + 1)
    assert "Seen in" not in problem["hint"]
    write(home, shop + '        allow: {tracking: "our own shop"}\n')
    assert (
        run("check").output
        == f"Checked 1 article against {IN_FORCE} rules: no problems. The issues allow exceptions from: tracking.\n"
    )
    # The block beside it is not reported.
    library = shop.replace("[shop]", "[library]").replace("chairs", "stories").replace("3", "4")
    write(home, shop + '        allow: {tracking: "our own shop"}\n' + library)
    (problem,) = json.loads(run("check", "--json").stdout)["problems"]
    assert problem["line"] == ISSUE.count("\n") + 3


PALE = ".lead{color:#ccc!important}"


@pytest.mark.parametrize(
    "css",
    [
        PALE,
        '.x::before{content:"}"}' + PALE,
        "@supports (display: grid) {" + PALE + "}",
        "/* { */" + PALE,
        ".lead /* { */ {color:#ccc!important}",
    ],
)
def test_a_pale_text_is_an_error_whatever_is_before_its_rule(home: Path, css: str) -> None:
    (home / "templates").mkdir()
    shipped = (DEFAULT_TEMPLATES / "dark.css").read_text("utf-8")
    (home / "templates/dark.css").write_text(f"{shipped}\n{css}\n", "utf-8")
    write(home)
    result = run("check")
    assert result.exit_code == 1
    assert "(contrast)" in result.stdout


def test_a_rule_of_a_style_sheet_is_found_behind_its_comments(home: Path) -> None:
    (home / "templates").mkdir()
    shipped = (DEFAULT_TEMPLATES / "dark.css").read_text("utf-8").rstrip("\n")
    css = "@media screen { .page /* all */ .lead /* { */ { /* a note */ text-transform: uppercase } }"
    (home / "templates/dark.css").write_text(f"{shipped}\n{css}\n", "utf-8")
    write(home)
    result = run("check")
    assert f"templates/dark.css:{shipped.count(chr(10)) + 2}: " in result.stdout, result.stdout


def test_a_project_s_own_article_need_not_count_its_blocks(home: Path) -> None:
    shipped = (DEFAULT_TEMPLATES / "article.mjml").read_text("utf-8")
    own = shipped.replace('{% include "article/content.mjml" %}', OWN)
    assert own != shipped
    (home / "templates/blocks").mkdir(parents=True)
    (home / "templates/article.mjml").write_text(own, "utf-8")
    small = '<mj-text><div style="font-size:9px">{{ block.text }} {{ block.by }}</div></mj-text>'
    (home / "templates/blocks/quote.mjml").write_text(small, "utf-8")
    allowed = '      - quote: {text: "I sit down.", by: "Anwen"}\n        allow: {text-size: "this is a joke"}\n'
    write(home, allowed)
    assert json.loads(run("check", "--json", "--only", "text-size", "--only", "allow").stdout)["problems"] == []
    write(home, allowed.replace("text-size", "contrast"))
    assert run("check", "--only", "text-size").exit_code == 1


def test_a_skipped_heading_is_reported_once(home: Path) -> None:
    write(home, "      - text: |\n          ### Chairs\n\n          ##### With wheels\n")
    (problem,) = json.loads(run("check", "--json").stdout)["problems"]
    assert problem["id"] == "heading-levels"


def test_an_error_stops_the_file_and_force_writes_it(home: Path) -> None:
    write(home, BAD_LINK)
    checked = run("check")
    assert checked.exit_code == 1
    assert checked.stdout.startswith(
        "issues/a.yaml:14:11: error: “Click here” does not say where the link goes. (link-"
    )
    assert checked.stdout.endswith("rules: 1 error.\n")
    assert run("render").exit_code == 1
    assert not (home / "outbox").exists()
    forced = run("render", "--force")
    assert "written despite problems" in forced.stdout
    assert "(link-text)" in forced.stderr
    assert (home / "outbox/a.eml").exists()


def test_warnings_stop_only_the_strict(home: Path) -> None:
    write(home, BAD_LINK)
    write_own_brand(home)
    (home / "pyproject.toml").write_text('[tool.newsletter.rules]\nlink-text = "warning"\n')
    for command in ("check", "render"):
        loose, strict = run(command), run(command, "--strict")
        assert (loose.exit_code, strict.exit_code) == (0, 1)
        assert "warning: “Click here”" in (loose.stdout if command == "check" else loose.stderr)
        assert (home / "outbox/a.eml").exists() is (command == "render")


def test_only_and_ignore(home: Path) -> None:
    write(home, BAD_LINK)
    assert run("check", "--ignore", "link-text").exit_code == 0
    assert run("check", "--only", "contrast", "-q").output == ""
    assert run("check", "--only", "link-text").stdout.endswith(
        "\nChecked 1 article against 1 rule: 1 error. All other rules were left out, because of --only.\n"
    )
    wrong = run("check", "--only", "link-txt")
    assert wrong.exit_code == 2
    assert "Did you mean “link-text”?" in wrong.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("image-alt", "“image-alt” is always reported while an issue is read. It cannot be chosen, set or left out."),
        ("imag-alt", "There is no rule “imag-alt”. Did you mean “image-alt”?"),
        ("words-lost", "No rule reports “words-lost”. It cannot be chosen, set or left out."),
        ("seen-contrast", "The rule “seen-contrast” has another name now. Write “contrast-on-screen”."),
        ("contrast-on-screen", "“contrast-on-screen” is a rule of `newsletter audit`."),
    ],
)
def test_a_name_that_is_no_rule_of_the_check_is_explained(home: Path, name: str, message: str) -> None:
    wrong = run("check", "--only", name)
    assert wrong.exit_code == 2
    assert message in " ".join(wrong.stderr.split())


def test_json(home: Path) -> None:
    write(home, BAD_LINK)
    report = json.loads(run("check", "--json").stdout)
    assert (report["rules"], report["articles"]) == (IN_FORCE, 1)
    (problem,) = report["problems"]
    assert (problem["id"], problem["line"], problem["severity"]) == ("link-text", 14, "error")


def test_explain() -> None:
    for rule in all_rules():
        assert rule.explanation in run("explain", rule.id).stdout
    assert "Did you mean “link-text”?" in run("explain", "link-tex").stderr
    assert "Did you mean “image-alt”?" in run("explain", "imag-alt").stderr
    assert run("explain", "nosuch").exit_code == 2


def test_explain_names_the_new_name_of_each_renamed_rule() -> None:
    ids = {rule.id for rule in all_rules()}
    for old, new in RENAMED.items():
        assert old not in ids
        assert new in ids
        assert f"Write “{new}”." in run("explain", old).stderr


def test_explain_knows_the_problems_of_reading_an_issue() -> None:
    mistakes = (Path(__file__).parents[1] / "cases/mistakes").glob("*.yaml")
    for id in {mistake.read_text("utf-8").partition("\n")[0].split()[-1] for mistake in mistakes}:
        result = run("explain", id)
        assert result.exit_code == 0, id
        assert result.stdout.startswith(f"{id} (error, reported while an issue is read)\n\n")


def reported_ids() -> Iterator[str]:
    """Yield the id of each problem that the program itself reports, from its source."""
    for path in Path(newsletter.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            match call:
                case (
                    ast.Call(func=ast.Name("Problem"), args=[_, ast.Constant(id), *_])
                    | ast.Call(func=ast.Attribute(ast.Name("Problems"), "one"), args=[_, ast.Constant(id), *_])
                    | ast.Call(func=ast.Name("invalid_value"), keywords=[ast.keyword("id", ast.Constant(id))])
                ):
                    yield str(id)


def test_explain_knows_every_id() -> None:
    ids = set(reported_ids())
    assert {"image-alt", "settings", "yaml", "words-lost"} <= ids
    for id in ids:
        assert run("explain", id).exit_code == 0, id


def test_a_rule_that_is_off_is_used_when_it_is_asked_for(home: Path) -> None:
    write(home, "      - text: |\n          It isn't far.\n")
    assert run("check").exit_code == 0
    result = run("check", "--only", "contractions")
    assert "\nChecked 1 article against 1 rule: 1 warning." in result.stdout
    assert ": warning: " in result.stdout


def test_a_rule_cannot_be_asked_for_and_left_out(home: Path) -> None:
    write(home)
    wrong = run("check", "--only", "link-text", "--ignore", "link-text")
    assert wrong.exit_code == 2
    assert "“link-text” is in --only and in --ignore" in wrong.stderr


def test_code_is_quoted_as_it_was_written(home: Path) -> None:
    write(
        home,
        "      - text: |\n          One thing is here. Two are there. Three came later. And `this` stays. Five go.\n",
    )
    assert "for example at “And this stays.”" in run("check", "--only", "paragraph-length").stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (
            "الكرسي بجانب الموقد يوفر القوة",
            "Write “language: ar” (or one of fa, ur, ps, ckb, sd, ug) under",
        ),
        ("Η καρέκλα δίπλα στην κουζίνα", "Write “language: el” under the article's title."),
        ("Mae ein nyrsys yn siarad", "such as “language: cy” for Welsh, under the article's title."),
    ],
)
def test_the_script_names_the_language(home: Path, words: str, hint: str) -> None:
    write(home, f"  - title: Nurse\n    summary: {f'{words} ' * 10}\n    content:\n      - text: Nurse\n")
    assert hint in run("check", "--only", "language-unlike").stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        # The issue is of Thursday 3 December 2026.
        ("We meet next Tuesday.", "Write the date too: “Tuesday 8 December”."),
        ("We meet next Friday.", "Write the date too: “Friday 4 December” or “Friday 11 December”."),
        ("Sign up by Thursday!", "Write the date too: “Thursday 10 December”."),
        ("We meet this Thursday.", "Write the date too: “Thursday 3 December”."),
        ("We meet this Friday.", "Write the date too: “Friday 4 December”."),
        ("Sign up by tomorrow!", "Write the date too: “Friday 4 December”."),
    ],
)
def test_what_depends_on_today_is_reckoned_from_the_issues_date(home: Path, words: str, hint: str) -> None:
    write(home, f"      - text: {words}\n")
    assert hint in run("check", "--only", "date-ambiguous").stdout


@pytest.mark.parametrize("level", ["block", "article"])
def test_what_is_allowed_is_not_reported(home: Path, level: str) -> None:
    indent = " " * (8 if level == "block" else 4)
    write(home, f'{BAD_LINK}{indent}allow: {{link-text: "The name of a magazine"}}\n')
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.endswith("The issues allow exceptions from: link-text.\n")


@pytest.mark.parametrize(
    ("allow", "message"),
    [
        ("link-text: the magazine's name", "Nothing here goes against “link-text”"),
        ("link-txt: the magazine's name", "There is no rule “link-txt”."),
        ("a" * 300 + ": the magazine's name", "There is no rule “" + "a" * 300 + "”."),
        ("image-words: the poster is quoted below", "The rule “image-words” has another name now."),
        ('link-text: "-"', "This does not say why the rule does not count here."),
        ("link-text: ok", "This does not say why the rule does not count here."),
        ("link-text: ok ok ok", "This does not say why the rule does not count here."),
        ("link-text: N/A n/a N/A", "This does not say why the rule does not count here."),
        ("link-text: x y z", "This does not say why the rule does not count here."),
        ("link-text: we like it", "This does not say why the rule does not count here."),
        ("link-text: Because we say so.", "This does not say why the rule does not count here."),
        ("link-text: It’s fine like this", "This does not say why the rule does not count here."),
        ("link-text: fine by me", "This does not say why the rule does not count here."),
        ("link-text: because we can", "This does not say why the rule does not count here."),
        ("link-text: no time now", "This does not say why the rule does not count here."),
        ("link-text: No reason given", "This does not say why the rule does not count here."),
        ("link-text: TODO write reason later", "This does not say why the rule does not count here."),
        ("link-text: It does not matter", "This does not say why the rule does not count here."),
        ("link-text: will fix it later", "This does not say why the rule does not count here."),
        ("link-text: not for the moment", "This does not say why the rule does not count here."),
        ("link-text: not needed", "This does not say why the rule does not count here."),
        ("link-text:", "Nothing is written after “link-text:”."),
        ("{}", "Nothing is allowed here."),
        ("contractions: the magazine's name", "“contractions” is off, so there is nothing to allow."),
        ("image-alt: the magazine's name", "“image-alt” is reported while an issue is read, and cannot be allowed."),
    ],
)
def test_idle_allowances(home: Path, allow: str, message: str) -> None:
    write(home, f"        allow:\n          {allow}\n")
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("issues/a.yaml:14:")
    assert message in result.stdout


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[tool.newsletter]\nprofile = "plane"\n', 2, "There is no profile “plane”."),
        ('[tool.newsletter.rules]\n\nlink-txt = "off"\n', 3, "There is no rule “link-txt”."),
        ('[tool.newsletter.rules]\nlost-words = "off"\n', 2, "The rule “lost-words” has another name now."),
        ('[tool.newsletter.rules]\nimage-alt = "off"\n', 2, "“image-alt” is always reported while an issue is read."),
        ('[tool.newsletter.rules]\nlink-text = "of"\n', 2, "A rule cannot count as “of”."),
        ("[tool.newsletter.rules]\nhtml-size = {warn_from = 3}\n", 2, "The rule “html-size” has no “warn_from”."),
        ('[tool.newsletter.rules.html-size]\nwarn_from_kb = "x"\n', 2, "“warn_from_kb” cannot be “x”."),
        ("[tool.newsletter]\nrule = 3\n", 2, "Unknown key “rule”."),
        ("[tool.newsletter\n", 1, "This line cannot be read as TOML."),
        ("tool = 3\n", 1, "“tool” should be a table."),
        ("\n[[tool]]\nx = 1\n", 2, "“tool” should be a table."),
        ("[tool.newsletter.rules]\nhype-words = {allowed = [1]}\n", 2, "“allowed” cannot be [1]."),
        ('[tool.newsletter.rules]\nhype-words = {allowed = "cure"}\n', 2, "“allowed” cannot be “cure”."),
        ("\n[tool.newletter.rules]\n", 2, "No program reads “tool.newletter”."),
        ("[tool.newsletters]\nfolder = 3\n", None, ""),
        (
            '[tool.newsletter.rules]\nmail-clients = {accepted = ["section: we like it", "cursor: it does no harm"]}\n',
            2,
            "“section” in “accepted” is not a feature of mail apps.",
        ),
        (
            "[tool.newsletter.rules]\nhtml-size = {warn_from_kb = 200, block_from_kb = 100}\n",
            2,
            "“warn_from_kb” (200) must not be above “block_from_kb” (100).",
        ),
        (
            "[tool.newsletter.rules.html-size]\nblock_from_kb = 60\n",
            2,
            "“warn_from_kb” (80) must not be above “block_from_kb” (60).",
        ),
    ],
)
def test_settings_that_mean_nothing(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    if line is None:  # it is somebody else's
        assert read_settings(Project(tmp_path)) == Settings()
        return
    with pytest.raises(Problems) as error:
        read_settings(Project(tmp_path))
    (problem,) = error.value.problems
    assert (problem.location.file, problem.location.line, problem.message) == ("pyproject.toml", line, message)


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        (
            "[tool.newsletter.rules]\nlink-text = warning  # for now\n",
            2,
            'Put the word in quotes: link-text = "warning".',
        ),
        ("\n[tool.newsletter\nprofile = 3\n", 2, "The closing bracket is missing: [tool.newsletter]."),
        ("\ufeff[tool.newsletter]\n", 1, "The file begins with an invisible character, a byte order mark."),
        ("[tool.newsletter.rules]\n\nhtml-size = {warn_from_kb = 60\n", 3, "There is a quote, a bracket"),
        ('[tool.newsletter.rules]\nlink-text = "warning\n', 2, "There is a quote, a bracket"),
    ],
)
def test_settings_that_are_no_toml(tmp_path: Path, text: str, line: int, hint: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    with pytest.raises(Problems) as error:
        read_settings(Project(tmp_path))
    (problem,) = error.value.problems
    assert problem.location.line == line
    assert problem.hint.startswith(hint)


def test_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.newsletter.rules]\nlink-text = "off"\nhtml-size = {warn_from_kb = 60}\n'
    )
    settings = read_settings(Project(tmp_path))
    rules = {rule.id: rule for rule in all_rules()}
    assert settings.severity(rules["link-text"]) == "off"
    assert settings.options(rules["html-size"]) == {"warn_from_kb": 60, "block_from_kb": 100}
    assert settings.severity(rules["html-size"]) == "error"


def test_a_list_in_the_settings_is_added_to_the_rules_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.newsletter.rules]\nabbreviations = {known = ["PML"]}\n')
    (rule,) = [rule for rule in all_rules() if rule.id == "abbreviations"]
    assert read_settings(Project(tmp_path)).options(rule) == {"known": [*rule.options["known"], "PML"]}


def test_words_without_marks_addresses_and_code(home: Path, project: Project, brand: Brand) -> None:
    issue = load(write(home), project, brand)
    issue_text = IssueText(issue, brand)
    (paragraph,) = issue_text.paragraphs("paragraph")
    assert paragraph.words == (f"Sit down while you stir. See {MASK * 10} at {MASK * 17}. Then rest, says Dr. Khan.")
    first, second, third = paragraph.sentences
    assert [sentence.count for sentence in (first, second, third)] == [5, 2, 5]
    assert (second.location.line, second.location.column) == (10, 40)
    assert (third.location.line, third.location.column) == (11, 30)
    assert [(link.words, link.location.line) for link in issue_text.links] == [("Dr. Khan", 12)]


def test_a_link_knows_its_place_among_others_of_the_same_words(home: Path, project: Project, brand: Brand) -> None:
    text = """\
      - text: |
          [here](https://a.example.org/) or [here](https://b.example.org/), not here: [**here**](https://c.example.org/)
          or <https://d.example.org/> or <https://d.example.org/>, or [read
          more](https://e.example.org/); and [read \\[more\\]](https://f.example.org/)
"""
    links = IssueText(load(write(home, text), project, brand), brand).links[1:]
    first = ISSUE.count("\n") + 2
    places = [(link.location.line - first, link.location.column) for link in links]
    assert places == [(0, 11), (0, 45), (0, 87), (1, 14), (1, 42), (1, 71), (2, 46)]


def test_each_element_of_the_page_knows_its_template(edition: Edition) -> None:
    page = CheckContext(edition).page
    body = next(page.find("body"))
    assert all(node.location.file.startswith("templates/") and node.location.line for node in body.walk())
    assert {node.location.file for node in body.walk()} > {"templates/layouts/newsletter.mjml", "templates/footer.mjml"}
    assert {node.location.file for node in page.find("h1")} == {"templates/masthead.mjml"}
    for number, heading in enumerate(node for node in page.find("h2") if node.get("id").startswith("article")):
        assert (heading.location.file, heading.path) == ("templates/article/heading.mjml", ("articles", number))


def test_comments_for_outlook_are_content(edition: Edition) -> None:
    page = CheckContext(edition).page
    words = [node.text for node in page.nodes if node.text and node.inside("body")]
    assert [node.text for node in page.outlook if node.text and node.inside("body")] == words
    assert len(page.outlook) > len(page.nodes)


def test_a_page_that_is_too_large_names_its_longest_article(edition: Edition) -> None:
    most = len(edition.inlined.encode()) // 1000 - 1
    (problem,) = check(edition, Settings("plain", {"html-size": {"warn_from_kb": most}}), only=["html-size"]).problems
    parts = re.split(r'<h2 id="a\d+"', edition.inlined.partition("<dl")[0])[1:]
    longest = max(zip(map(len, parts), edition.issue.articles, strict=True), key=itemgetter(0))[1]
    assert f"with a link from here: “{longest.title}” (" in problem.hint


def test_contrast_is_that_of_wcag() -> None:
    black, white, grey = parse_colour("#000"), parse_colour("white"), parse_colour("rgb(118, 118, 118)")
    assert black
    assert white
    assert grey
    assert ratio(black, white) == ratio(white, black) == pytest.approx(21)
    assert ratio(grey, white) == pytest.approx(4.54, abs=0.01)
    assert (
        parse_colour("hsl(0, 0%, 60%)")
        == parse_colour("rgb(60% 60% 60%)")
        == parse_colour("rgb(153 153 153 / 1)")
        == (153,) * 3
    )
    assert parse_colour("hsl(120deg 100% 25%)") == parse_colour("green")
    assert parse_colour("transparent") is parse_colour("#12") is parse_colour("rgba(0, 0, 0, 0.5)") is None


@pytest.mark.parametrize(
    ("articles", "options", "hint"),
    [
        (3, {"warn_from_kb": 10, "block_from_kb": 10}, "Move 2 articles to the next issue"),
        (3, {"warn_from_kb": 10, "block_from_kb": 1000}, "Move 2 articles to the next issue"),
        (12, {"warn_from_kb": 15, "block_from_kb": 15}, " more."),
        (3, {"warn_from_kb": 1, "block_from_kb": 1}, "Move the longest parts of each article"),
    ],
)
def test_the_size_says_the_excess_and_what_to_move(home: Path, articles: int, options: Any, hint: str) -> None:
    issue = write(home).read_text("utf-8")
    head, article = issue.split("articles:\n")
    path = home / "issues/a.yaml"
    path.write_text(f"{head}articles:\n{article * articles}", "utf-8")
    edition = build(path, Project(home), load_brand(Project(home)))
    problems = check(edition, Settings(rules={"html-size": options}), only=["html-size"]).problems
    (problem,) = problems
    size = int(re.search(r"is (\d+) KB", problem.message)[1])  # type: ignore[index]
    excess = int(re.search(r"lose (\d+) KB", problem.hint)[1])  # type: ignore[index]
    assert abs(size - options["warn_from_kb"] - excess) <= 1
    assert hint in problem.hint


def test_a_name_is_no_long_word_to_replace(home: Path) -> None:
    sentence = "Participants from Wolverhampton and Northumberland in January demonstrated deterioration. "
    problem = _reading_grade(home, sentence * 15)
    assert "deterioration" in problem.hint
    assert "participants" in problem.hint
    assert not re.search("wolverhampton|northumberland|january", problem.hint)


def _reading_grade(home: Path, words: str) -> Problem:
    path = write(home)
    path.write_text(path.read_text("utf-8") + f"      - text: |\n          {words}\n", "utf-8")
    (problem,) = check(
        build(path, Project(home), load_brand(Project(home))), Settings(), only=["reading-grade"]
    ).problems
    return problem


@pytest.mark.parametrize("word", ["LATELY", "PARISH", "HARVEST"])
def test_a_word_in_capitals_is_not_called_an_abbreviation(home: Path, word: str) -> None:
    path = write(home)
    path.write_text(path.read_text("utf-8") + f"      - text: |\n          We met {word} for tea.\n", "utf-8")
    (problem,) = check(build(path, Project(home), load_brand(Project(home))), Settings()).problems
    assert problem.message == f"“{word}” is in capitals: it is a word, or an abbreviation that nothing explains."
    assert problem.hint.startswith(f"If it is a word, write “{word.lower()}”")


def test_the_abbreviations_of_a_paragraph_are_one_problem(home: Path) -> None:
    path = write(home)
    path.write_text(
        path.read_text("utf-8") + "      - text: |\n          The PCC, the DCC and the PCC meet.\n", "utf-8"
    )
    (problem,) = check(build(path, Project(home), load_brand(Project(home))), Settings()).problems
    assert problem.message == "“PCC” and “DCC” are not explained where they are first used."
