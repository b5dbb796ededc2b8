"""Templates: an author's mistake is reported at the template's file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.problems import Problem, Problems
from newsletter.project import Project
from newsletter.stages.compile import compile_page
from newsletter.stages.compose import compose

ISSUE = """\
subject: "A subject"
preheader: "What an inbox shows"
title: "A title"
date: 2026-12-03
articles:
  - title: "One"
    summary: "A summary."
    content:
      - quote: {text: "Words", by: "Somebody"}
"""

Compose = Callable[[dict[str, str]], list[Problem]]


@pytest.fixture
def problems_of(tmp_path: Path, brand: Brand) -> Compose:
    """Compose and compile an issue with templates of its own, and return what is wrong."""

    def run(templates: dict[str, str]) -> list[Problem]:
        (tmp_path / "issues").mkdir()
        (tmp_path / "issues" / "one.yaml").write_text(ISSUE, "utf-8")
        for name, text in templates.items():
            path = tmp_path / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        project = Project(tmp_path)
        with pytest.raises(Problems) as error:
            compile_page(compose(load(tmp_path / "issues" / "one.yaml", project, brand), brand, project))
        return list(error.value.problems)

    return run


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        pytest.param("<mj-text>\n{{ blok.text }}</mj-text>", 2, "“blok” is undefined", id="undefined"),
        pytest.param(
            "<mj-text>\n\n{{ block.tekst }}</mj-text>",
            3,
            "the block “quote” has no field “tekst” (did you mean “text”?)",
            id="field",
        ),
        pytest.param(
            "<mj-text>\n{{ article.titel }}</mj-text>", 2, "“article” has no field “titel” (did", id="article"
        ),
        pytest.param("\n{% for i in range(10**9) %}x{% endfor %}", 2, "at most 100,000 numbers", id="endless loop"),
        pytest.param(
            "{% for i in range(900) %}\n{% for j in range(900) %}\n<mj-text>x</mj-text>{% endfor %}{% endfor %}",
            3,
            "at most 5,000,000 characters",
            id="loops in loops",
        ),
        pytest.param(
            "{% for i in range(900) %}\n{% for j in range(9000) %}{% endfor %}{% endfor %}",
            2,
            "all ranges together can have at most 1,000,000 numbers",
            id="loops that write nothing",
        ),
        pytest.param("\n{{ 'x' * 10**15 }}", 2, "needs too much memory", id="memory"),
        pytest.param(
            "<mj-text>\n" + "<div>" * 3000 + "</div>" * 3000 + "</mj-text>", 2, "more than 250", id="nested elements"
        ),
        pytest.param("<mj-text>\n{{ t.sauce }}</mj-text>", 2, "no attribute “sauce”", id="undefined word"),
        pytest.param("{% if block %}\n<mj-text>", 2, "Unexpected end of template", id="Jinja syntax"),
        pytest.param("\n{{ block.text text }}", 2, "“end of print statement”", id="two names"),
        pytest.param("<mj-text>\n{{ block.text | nosuch }}</mj-text>", 2, "No filter named", id="unknown filter"),
        pytest.param("\n{% include 'nosuch.mjml' %}", 2, "no template “nosuch.mjml”", id="missing include"),
        pytest.param("<mj-text>\n{{ 1 / 0 }}</mj-text>", 2, "division by zero", id="arithmetic"),
        pytest.param(
            "\n\n<mj-txt>\n<p>x <b>y</b></p><mj-text>z</mj-text></mj-txt>",
            3,
            "no element <mj-txt>",
            id="unknown element",
        ),
        pytest.param(
            '<mj-spacer />\n<mj-text algn="left">x</mj-text>', 2, "no attribute “algn”", id="unknown attribute"
        ),
        pytest.param('\n<mj-image scr="x" />', 2, "no attribute “scr”", id="misspelt src"),
        pytest.param("\n<mj-hero></mj-hero>", 2, "cannot be made accessible", id="refused element"),
        pytest.param("\n<mj-text><mj-button>x</mj-button></mj-text>", 2, "lost inside HTML", id="MJML inside HTML"),
        pytest.param("\n<mj-section>words<mj-column /></mj-section>", 2, "Words directly in", id="loose words"),
        pytest.param("\n\nwords\n<mj-text>x</mj-text>", 3, "Words directly in <mj-column>", id="words before a text"),
        pytest.param("<mj-text>\nx</mj-text>\n\nwords", 4, "Words directly in <mj-column>", id="words after a text"),
        pytest.param(
            "<mj-text>\nwords\n<b\n>x</b></mj-text>\n {{ block.by or 'words' }}",
            5,
            "Words directly in <mj-column>",
            id="value after a text with the same words",
        ),
        pytest.param("<mj-text>\n<p>{{ block.text }}</mj-text>", 2, "not well-formed", id="unclosed element"),
        pytest.param("<mj-text>\n<blockquote>{{ block.text }}</mj-text>", 2, "not well-formed", id="unclosed quote"),
        pytest.param("\n<mj-text>{{ block.text }}", 2, "not well-formed", id="unclosed MJML"),
        pytest.param("& stray<mj-text>x</mj-text>", 1, "not well-formed", id="stray sign"),
        pytest.param("<mj-text>\na<br>b</mj-text>", 2, "not well-formed", id="unclosed br"),
    ],
)
def test_a_mistake_is_reported_at_its_line(problems_of: Compose, template: str, line: int, message: str) -> None:
    (problem,) = problems_of({"blocks/quote.mjml": template})
    assert (problem.location.file, problem.location.line) == ("templates/blocks/quote.mjml", line)
    assert message in problem.message
    assert not problem.message.endswith("..")
    assert problem.hint


def test_every_unknown_name_is_reported_in_one_run(problems_of: Compose) -> None:
    problems = problems_of({"blocks/quote.mjml": '<mj-txt>x</mj-txt>\n<mj-text colour="red">x</mj-text>'})
    assert [(problem.location.line, problem.id) for problem in problems] == [(1, "mjml-element"), (2, "mjml-attribute")]
    assert problems[0].hint == "Did you mean “mj-text”?"
    assert problems[1].hint == "Did you mean “color”?"


def test_the_project_wins_over_the_default_templates(problems_of: Compose) -> None:
    (problem,) = problems_of({"layouts/newsletter.mjml": "<mjml>\n<mj-body>{{ issue.nosuch }}</mj-body></mjml>"})
    assert (problem.location.file, problem.location.line) == ("templates/layouts/newsletter.mjml", 2)


@pytest.mark.parametrize("layout", ["", "\n{# Later. #}", "<mjml></mjml>", "<mjml><mj-body></mj-body></mjml>"])
def test_a_layout_without_words_is_one_problem(problems_of: Compose, layout: str) -> None:
    (problem,) = problems_of({"layouts/newsletter.mjml": layout})
    assert str(problem.location) == "templates/layouts/newsletter.mjml:1" and "shows nothing" in problem.message


def test_a_declaration_without_a_template_is_reported_at_the_declaration(problems_of: Compose) -> None:
    (problem,) = problems_of({"blocks/tip.yaml": "about: A tip\nfields: {words: text}\nexample: {words: x}\n"})
    assert str(problem.location) == "templates/blocks/tip.yaml:1:1"
    assert "has no template" in problem.message and "tip.mjml" in problem.hint


def test_a_link_out_of_the_templates_is_not_followed(problems_of: Compose, tmp_path: Path) -> None:
    secret = tmp_path / "secret.mjml"
    secret.write_text("<mj-text>secret</mj-text>", "utf-8")
    (tmp_path / "templates" / "blocks").mkdir(parents=True)
    (tmp_path / "templates" / "blocks" / "quote.mjml").symlink_to(secret)
    (problem,) = problems_of({})
    assert "no template “blocks/quote.mjml”" in problem.message


def test_values_are_never_templates(editions: dict[str, Edition]) -> None:
    """Jinja2 fills in what the editor wrote; it does not read it."""
    edition = editions["2026-12-03-everything-at-once"]
    assert "Q&amp;amp;A" in edition.mjml
    assert "Q&amp;amp;A" in edition.inlined


def test_each_element_knows_its_template(edition: Edition) -> None:
    lines = edition.mjml.splitlines()
    for tag in ("mj-text", "mj-section", "mj-image"):
        for number, line in enumerate(lines, 1):
            if line.strip().startswith(f"<{tag}"):
                place = edition.mjml.source(number, tag).location
                in_template = (Path(__file__).parents[2] / place.file).read_text("utf-8").splitlines()[place.line - 1]
                assert f"<{tag}" in in_template
