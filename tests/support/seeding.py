"""Faults that are put into something good on purpose: the marks, the edits, and the catalogue in tests/cases/faults/.

A file of the catalogue is about one area and holds a list. A rule's case file may hold one, too, under
`fault:`, which needs no `rule`. A fault is:

    - what: Who is shut out, and how, in one line.
      rule: image-alt-begins            # the rule that has to report it, or the id of a problem that stops the render
      find: 'alt: "A nurse in'          # is once in the shipped issue, or in what the next keys name
      with: 'alt: "Image of a nurse in  # <-- reported'

- `issue`: the slug of the other shipped issue. `file`: any template instead of the issue; with web.html or web.css,
  the web version is checked. `edit`: `html`, `text` or `message`, for what only a faulty pipeline could do; `times`
  repeats `with`.
- `twin`: true for an unchanged copy of the issue beside it, as if it were the same issue in Welsh.
- `picture`: one that is added, as `draw_picture` takes it, with its `name`. `options` and `profile`: settings.
- `page`: a `find` and `with` for the good page, if the render is refused: what a tool that looks at pages alone
  would have got. A fault that leaves no trace on any page says nothing.
- `missed`: why nothing reports the fault. Then nothing may report it: a mark that is out of date fails.

The line in which `with` begins has to be reported. If it is another line of the file, or more than one, these end in
a comment that holds `<-- reported`, in the file's own kind of comment, taken out before anything is read. If it is a
line of another file, `at` names that file and a part of the line: `article.mjml: <p class="lead">`, `issue: subject:`;
the file alone, if the whole of it is wrong.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newsletter.check.engine import check
from newsletter.check.registry import all_rules
from newsletter.check.rule import Rule, RuleScope
from newsletter.check.settings import Settings
from newsletter.edition import Edition, PlainText, WebPage
from newsletter.issue.load import load_brand
from newsletter.pipeline import build, build_issue, build_web_page
from newsletter.problems import Problem, Problems
from newsletter.project import DEFAULT_TEMPLATES
from newsletter.stages.envelope import envelope
from newsletter.stages.message import assemble_message
from newsletter.stages.picture_urls import attachments
from support.case_files import read_cases
from support.default_words import ProjectOfTests
from support.marked_pages import edited_page
from support.partial_edition import partial_edition
from support.pictures import draw_picture
from support.web_problems import FILES as WEB_FILES
from support.web_problems import web_problems

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "tests/cases/faults"
CASES = ROOT / "tests/cases/rules"
RULES = {rule.id: rule for rule in all_rules()}
CHECKED = {rule.id for rule in all_rules() if rule.scope != "browser"}
"""The rules of `newsletter check`; those that need a browser have their own faults in tests/audit."""
MARK = re.compile(r"[ \t]*(?:\{#|<!--|/\*|#)\s*<-- reported[^\n]*")
SHIPPED = "2023-09-26-stem-cell-hope"


def unmarked(text: str) -> tuple[str, set[int]]:
    """Return the text without the marks, and the numbers of their lines, from 1."""
    lines = text.split("\n")
    return "\n".join(MARK.sub("", line) for line in lines), {n for n, line in enumerate(lines, 1) if MARK.search(line)}


def replaced(text: str, edit: Mapping[str, Any]) -> str:
    """Edit a file, in which `find` has to be once."""
    assert text.count(edit["find"]) == 1, f"`find` is there {text.count(edit['find'])} times, not once: {edit['find']}"
    return text.replace(edit["find"], edit["with"])


def edited(edition: Edition, case: Mapping[str, Any]) -> Edition:
    """Edit a build, at the first `find`, and build the rest of the edition again."""
    if "edit" not in case:
        return edition

    def edit(text: str) -> str:
        assert text.count(case["find"]) >= 1, f"`find` has to be there: {case['find']}"
        return text.replace(case["find"], case["with"] * case.get("times", 1), 1)

    if case["edit"] == "message":
        return replace(edition, message=edit(edition.message.decode("latin-1")).encode("latin-1"))
    page = edited_page(edition.inlined, edit(edition.inlined)) if case["edit"] == "html" else edition.inlined
    text = PlainText(edit(edition.text)) if case["edit"] == "text" else edition.text
    issue, brand = edition.issue, edition.brand
    message = assemble_message(envelope(issue, brand), text, page, attachments(edition.pictures, brand))
    return replace(edition, inlined=page, text=text, message=message)


def settings_for(rule: Rule, case: Mapping[str, Any]) -> Settings:
    """Return a project's settings with the case's profile and thresholds; a rule that is off is switched on."""
    switched_on = {"severity": "warning"} if rule.severity == "off" else {}
    return Settings(case.get("profile", "plain"), {rule.id: {**switched_on, **case.get("options", {})}})


@dataclass(frozen=True)
class Fault:
    """One fault of the catalogue: its area, its number there, and what its file says."""

    area: str
    number: int
    entry: Mapping[str, Any]
    is_of_a_rule: bool = False
    """Whether it is in the case file of a rule. An area can have the name of a rule."""

    def __str__(self) -> str:
        return f"{self.area}-{self.number}"

    @property
    def slug(self) -> str:
        """The shipped issue that it is put into."""
        return str(self.entry.get("issue", SHIPPED))

    @property
    def file(self) -> str:
        """The file that it is put into."""
        return f"templates/{self.entry['file']}" if "file" in self.entry else f"issues/{self.slug}.yaml"

    @property
    def rule(self) -> str:
        """The rule, or the problem that stops the render."""
        return str(self.entry["rule"])

    @property
    def is_in_web_version(self) -> bool:
        """Whether only the readers of the web version meet it."""
        return self.entry.get("file") in WEB_FILES

    @property
    def settings(self) -> Settings:
        """The project's settings for the rule."""
        return settings_for(RULES[self.rule], self.entry) if self.rule in RULES else Settings()

    @cached_property
    def changed(self) -> str:
        """The file with the fault in it."""
        return unmarked(self._text_with_marks)[0]

    @cached_property
    def places(self) -> set[tuple[str, int]]:
        """File and line of everything that has to be reported; none, if a build was edited."""
        if "edit" in self.entry:
            return set()
        if "at" in self.entry:
            name, _, part = str(self.entry["at"]).partition(": ")
            file = f"issues/{self.slug}.yaml" if name == "issue" else f"templates/{name}"
            text = self.changed if file == self.file else _shipped(file)
            return {(file, _line(text, part) if part else 0)}
        lines = unmarked(self._text_with_marks)[1] or {_line(_shipped(self.file), self.entry["find"])}
        return {(self.file, line) for line in lines}

    @property
    def _text_with_marks(self) -> str:
        return replaced(_shipped(self.file), self.entry)


def _shipped(file: str) -> str:
    return (DEFAULT_TEMPLATES.parent / file if file.startswith("templates/") else ROOT / file).read_text("utf-8")


def _line(text: str, part: str) -> int:
    assert text.count(part) == 1, f"this has to be in the file once: {part}"
    return text.partition(part)[0].count("\n") + 1


def catalogue() -> list[Fault]:
    """Return every fault, by area, and those in the case files of rules."""
    faults = [
        Fault(path.stem, number, entry)
        for path in sorted(CATALOGUE.glob("*.yaml"))
        for number, entry in enumerate(read_cases(path), 1)
    ]
    files = {path.stem: read_cases(path) for path in sorted(CASES.glob("*.yaml"))}
    of_rules = ((rule, entry) for rule, file in files.items() for entry in file.get("fault", ()))
    return faults + [
        Fault(rule, number, {"rule": rule, **entry}, True) for number, (rule, entry) in enumerate(of_rules, 1)
    ]


def rules_that_report(faults: Iterable[Fault]) -> set[str]:
    """Return the rules that faults break, and that report them."""
    return {fault.rule for fault in faults if "missed" not in fault.entry} & CHECKED


@dataclass(frozen=True)
class NewProblems:
    """The problems that are reported of a fault, and were not reported before."""

    problems: tuple[Problem, ...]

    def reports(self, fault: Fault) -> bool:
        """Check whether the rule that has to report the fault does so, at the lines that have to be reported."""
        places = {(at.location.file, at.location.line) for at in self.problems if at.id == fault.rule}
        return bool(places) and fault.places <= places


@dataclass
class FaultyProject:
    """A copy of the shipped project, into which one fault after the other is put and taken out again."""

    home: Path
    good: dict[str, Edition] = field(init=False)
    _known: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "issues", self.home / "issues")
        shutil.copytree(DEFAULT_TEMPLATES / "images", self.home / "templates/images")
        # The project's own, so that a problem in it is named as every other.
        shutil.copy(DEFAULT_TEMPLATES / "brand.yaml", self.home / "templates/brand.yaml")
        self._project = ProjectOfTests(self.home)
        self._brand = load_brand(self._project)
        self.good = {
            path.stem: build(path, self._project, self._brand) for path in sorted(self._project.issues.glob("*.yaml"))
        }

    @contextmanager
    def _with_fault(self, fault: Fault) -> Iterator[Path]:
        """Put a fault into its file until the end of the block; yield the path of the issue."""
        path = self.home / fault.file
        if picture := dict(fault.entry.get("picture", {})):
            (self.home / "issues" / picture.pop("name")).write_bytes(draw_picture(picture))
        twin = self.home / f"issues/{fault.slug}.cy.yaml"
        if "twin" in fault.entry:
            twin.write_text(_shipped(f"issues/{fault.slug}.yaml"), "utf-8")
        if "edit" not in fault.entry:
            path.parent.mkdir(exist_ok=True)
            path.write_text(fault.changed, "utf-8")
        try:
            yield self.home / f"issues/{fault.slug}.yaml"
        finally:
            path.unlink()
            twin.unlink(missing_ok=True)
            if path.parent.name == "issues" or path.name == "brand.yaml":
                path.write_text(_shipped(fault.file), "utf-8")

    def edition(self, fault: Fault, scope: RuleScope = "message") -> Edition:
        """Build a project with the fault in it, as far as the rules of a scope read it.

        Raises:
            Problems: it cannot be built.
        """
        if "edit" in fault.entry:
            return edited(self.good[fault.slug], fault.entry)
        with self._with_fault(fault) as path:
            if "file" not in fault.entry:
                return partial_edition(path, self._project, self._brand, scope)
            project = ProjectOfTests(self.home)
            return partial_edition(path, project, load_brand(project), scope)

    def unguarded(self, fault: Fault) -> Edition | None:
        """Build it as if nobody looked for lost words; None if it cannot be built even so."""
        try:
            with patch("newsletter.pipeline.find_losses", lambda *_: ()):
                return self.edition(fault)
        except Problems:
            return None

    def web_pages(self, fault: Fault) -> tuple[WebPage, WebPage]:
        """Build the web version without a fault and with it."""
        good = self._web_page(fault)
        with self._with_fault(fault):
            return good, self._web_page(fault)

    def _web_page(self, fault: Fault) -> WebPage:
        project = ProjectOfTests(self.home)
        return build_web_page(build_issue(self.home / f"issues/{fault.slug}.yaml", project, self._brand), project)

    def _before(self, fault: Fault, only: list[str]) -> Counter[tuple[str, str]]:
        """Count what the rules report of the good issue; the same rules with the same settings are asked once."""
        key = f"{fault.slug} {fault.is_in_web_version} {only} {fault.settings}"
        if key not in self._known:
            if fault.is_in_web_version:
                problems = self._of_web_version(fault, only)
            else:
                problems = check(self.good[fault.slug], fault.settings, only=only).problems
            self._known[key] = Counter(map(_kind, problems))
        return self._known[key]

    def _of_web_version(self, fault: Fault, only: list[str]) -> tuple[Problem, ...]:
        """Return what the rules report of the web version, as the files are now."""
        path = self.home / f"issues/{fault.slug}.yaml"
        return web_problems(path, ProjectOfTests(self.home), self._brand, fault.settings, only)

    def new_problems(self, fault: Fault, every_rule: bool = False) -> NewProblems:
        """Build what the rule that has to report it needs, or what every rule needs, and return what is new."""
        rule = None if every_rule else RULES.get(fault.rule)
        only = [rule.id] if rule else []
        try:
            if fault.is_in_web_version:
                with self._with_fault(fault):
                    after = self._of_web_version(fault, only)
            else:
                edition = self.edition(fault, rule.scope if rule else "message")
                after = check(edition, fault.settings, only=only).problems
        except Problems as error:
            return NewProblems(error.problems)
        more = Counter(map(_kind, after)) - self._before(fault, only) if after else Counter()
        return NewProblems(tuple(problem for problem in after if more[_kind(problem)]))


def _kind(problem: Problem) -> tuple[str, str]:
    # Without the line: it changes when a line is put in above it. Nor do numbers count, such as the page's kilobytes.
    return problem.id, re.sub(r"\d[\d.]*", "0", problem.message)
