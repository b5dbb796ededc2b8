"""Problems with one cause are one finding, with a place for each. A fix changes one finding, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.check.causes import by_cause, to_do
from newsletter.check.report import Report
from newsletter.check.rule import Finding, Located
from newsletter.preview.findings import finding_views
from newsletter.preview.fixes import FileChange, Fixes, plan_change
from newsletter.preview.issue_state import IssueState
from newsletter.preview.project_state import ProjectState, read_project_state
from newsletter.problems import Fix, Location, Problem, Problems
from support.live_preview import SIMPLE

FILE = "issues/a.yaml"


def problem(line: int, message: str = "Two words.", hint: str = "Do it.", editions: tuple[str, ...] = ()) -> Problem:
    return Problem(Location(FILE, line, 3), "a-rule", message, hint, "warning", editions)


def state_with(*problems: Problem, source: str = "") -> IssueState:
    return IssueState("a", FILE, problems=problems, source=source)


@pytest.mark.parametrize(("id", "indent"), [("yaml", 4), ("a-rule", 0)])
def test_the_lines_around_a_fault_of_yaml_have_their_whole_indent(id: str, indent: int) -> None:
    state = state_with(replace(problem(1), id=id), source="    one: 1\n     two: 2\n")
    ((place,),) = (finding.places for finding in finding_views(state, state.problems))
    assert place.lines == ((1, f"{indent * ' '}one: 1"), (2, f"{(indent + 1) * ' '}two: 2"))


def test_equal_problems_whose_lines_to_add_are_in_other_places_have_one_cause() -> None:
    places = [Location("a.yaml", line, 11) for line in (12, 30)]
    hint = "Add a line “url: ...” below line {}, with 10 spaces before it."
    same = [Problem(place, "missing", "“button” has no “url”.", hint.format(place.line)) for place in places]
    other = Problem(places[0], "missing", "“link” has no “url”.", hint.format(12))
    assert by_cause([*same, other]) == [same, [other]]


def test_problems_with_one_cause_are_one_finding() -> None:
    state = state_with(
        problem(3, hint="Do it.\nSeen in One."),
        problem(5, hint="Do it.\nSeen in Two and 3 more."),
        problem(7, editions=("large-print",)),
        problem(9, message="Other words."),
    )
    same, other = finding_views(state, state.problems)
    assert (same.number, same.message, same.hint) == (1, "Two words. In 3 places.", "Do it.")
    assert not any(place.message for place in same.places)
    assert [place.location.line for place in same.places] == [3, 5, 7]
    assert [place.articles for place in same.places] == ["Seen in One.", "Seen in Two and 3 more.", ""]
    assert [place.editions for place in same.places] == [(), (), ("large-print",)]
    assert (other.number, other.message) == (2, "Other words.")


def graded(article: str, grade: float, line: int) -> Problem:
    message, hint = f"“{article}” has reading grade {grade}. The limit is 8.", f"Shorten what is in line {line + 2}."
    return Problem(Location(FILE, line, 3), "reading-grade", message, hint, "warning")


def test_problems_of_a_rule_that_differ_in_names_and_numbers_are_one_finding() -> None:
    state = state_with(graded("One", 9.1, 3), graded("Two, or 3", 10, 9), problem(12))
    grades, other = finding_views(state, state.problems)
    assert (
        grades.message == "“One” has reading grade 9.1. The limit is 8. This or the like is in 2 places."
        and not grades.hint
    )
    assert [(place.message, place.hint) for place in grades.places] == [
        ("“One” has reading grade 9.1. The limit is 8.", "Shorten what is in line 5."),
        ("“Two, or 3” has reading grade 10. The limit is 8.", "Shorten what is in line 11."),
    ]
    assert other.number == 2 and other.places[0].message == other.places[0].hint == ""
    assert to_do(state.problems) == "2 to consider"  # as many as there are entries


def test_another_severity_or_hint_is_another_finding() -> None:
    state = state_with(problem(3), replace(problem(4), severity="error"), problem(5, hint="Do that."))
    assert [finding.number for finding in finding_views(state, state.problems)] == [1, 2, 3]


def test_a_finding_keeps_its_number_if_others_are_hidden() -> None:
    first, second = problem(3), problem(5, message="Other words.")
    state = state_with(first, second)
    assert [finding.number for finding in finding_views(state, [second])] == [2]
    assert finding_views(state, []) == ()


def test_a_finding_keeps_its_anchor_and_each_place_its_id_whatever_is_above_them() -> None:
    texts = ["title: A", "  - text: One  two", "  - text: Three  four", "  - text: One  two"]
    before = state_with(problem(2), problem(3), problem(4), source="\n".join(texts))
    other = problem(1, message="Other words.")
    after = state_with(other, problem(3), problem(4), problem(5), source="\n".join(["subject: B", *texts]))
    (spaces,) = finding_views(before, before.problems)
    first, moved = finding_views(after, after.problems)
    assert (spaces.number, first.number, moved.number) == (1, 1, 2)
    assert moved.anchor == spaces.anchor != first.anchor
    assert [place.id for place in moved.places] == [place.id for place in spaces.places]
    assert len({place.id for place in moved.places}) == 3
    # Without the first place, the others have the ids that they had.
    fewer = replace(before, problems=before.problems[1:])
    (left,) = finding_views(fewer, fewer.problems)
    assert left.anchor == spaces.anchor and left.places[0].id == spaces.places[1].id


def test_only_places_in_the_issue_with_one_fix_can_be_fixed() -> None:
    here, snippet, unfixable = (
        problem(3),
        replace(problem(3), location=Location("issues/_snippets/b.yaml", 3, 3)),
        problem(5),
    )
    fix = Fix(("title",), 0, 1, "")
    findings = [Finding(Located(each.location), "Two words.", "Do it.", fix=fix) for each in (here, snippet)]
    report = Report((), (), 1, tuple(("a-rule", finding) for finding in findings))
    state = replace(state_with(here, snippet, unfixable), report=report)
    (finding,) = finding_views(state, state.problems)
    assert [place.can_be_fixed for place in finding.places] == [True, False, False]
    assert finding.fix_query == "rule=a-rule&at=3%3A3"


LINE = "Read  this and  that."


@pytest.fixture
def shared(tmp_path: Path) -> ProjectState:
    """A project with one issue, in which two spaces are between two pairs of words of one line."""
    (tmp_path / "issues").mkdir()
    (tmp_path / FILE).write_text(SIMPLE.format(title="A short issue", words=LINE), encoding="utf-8")
    return read_project_state(tmp_path)


def plan(shared: ProjectState, word: str) -> FileChange | None:
    """Plan the fix of the spaces after a word. The finding is at its last letter."""
    path = shared.project.root / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, line in enumerate(lines, 1) if LINE in line)
    column = lines[line - 1].index(word) + len(word)
    return plan_change("a", path, shared, "double-spaces", [(line, column)])


def test_a_fix_changes_one_finding_alone_and_can_be_undone(shared: ProjectState) -> None:
    path, fixes = shared.project.root / FILE, Fixes("token")
    before = path.read_bytes()
    change = plan(shared, "and")
    assert change and path.read_bytes() == before
    (line,) = change.lines
    assert (line.start + line.before + line.end, line.start + line.after + line.end) == (
        " " * 10 + "Read  this and  that.",
        " " * 10 + "Read  this and that.",
    )
    fixes.write(change, change.fingerprint, shared.project)
    assert path.read_bytes() == before.replace(b"and  that", b"and that")
    assert fixes.latest("a") == change and fixes.latest("b") is None
    fixes.undo("a", change.result_fingerprint, shared.project)
    assert path.read_bytes() == before and fixes.latest("a") is None


def test_a_file_that_changed_since_is_left_alone(shared: ProjectState) -> None:
    """Between the change that was shown and its form, between the plan and the writing, and before it is undone."""
    path, fixes = shared.project.root / FILE, Fixes("token")
    change = plan(shared, "and")
    assert change
    with pytest.raises(Problems, match="was changed in the meantime, so it was not fixed"):
        fixes.write(change, "0" * 64, shared.project)
    mine = path.read_bytes() + b"# my note\n"
    path.write_bytes(mine)
    with pytest.raises(Problems, match="changed this file in the meantime, so it was not fixed"):
        fixes.write(change, change.fingerprint, shared.project)
    assert path.read_bytes() == mine and fixes.latest("a") is None
    path.write_bytes(change.before)
    fixes.write(change, change.fingerprint, shared.project)
    path.write_bytes(mine)
    with pytest.raises(Problems, match="so the fix was not undone"):
        fixes.undo("a", change.result_fingerprint, shared.project)
    assert path.read_bytes() == mine


def test_a_fix_is_undone_once(shared: ProjectState) -> None:
    """Two windows show the button. The second click comes too late, and says so."""
    fixes = Fixes("token")
    change = plan(shared, "and")
    assert change
    fixes.write(change, change.fingerprint, shared.project)
    fixes.undo("a", change.result_fingerprint, shared.project)
    with pytest.raises(Problems, match="has been undone already"):
        fixes.undo("a", change.result_fingerprint, shared.project)


def test_no_link_leads_out_of_the_project(shared: ProjectState, tmp_path_factory: pytest.TempPathFactory) -> None:
    path, outside = shared.project.root / FILE, tmp_path_factory.mktemp("outside") / "a.yaml"
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    change = plan(shared, "and")
    assert change
    with pytest.raises(Problems, match="link to a place outside the project"):
        Fixes("token").write(change, change.fingerprint, shared.project)
    assert outside.read_bytes() == before and path.is_symlink()


def test_what_is_no_finding_is_not_fixed(shared: ProjectState) -> None:
    path = shared.project.root / FILE
    assert plan_change("a", path, shared, "double-spaces", [(1, 1)]) is None
    assert plan_change("a", path, shared, "no-such-rule", [(11, 15)]) is None
