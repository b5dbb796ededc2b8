"""Each point of the list: when it is done, when it is not, and what it says then."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from newsletter.check.engine import check_editions
from newsletter.check.settings import Settings
from newsletter.issue.load import load_brand
from newsletter.outbox import message_name
from newsletter.pipeline import build_issue, finish_issue
from newsletter.problems import Location, Problem
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.ready.checklist import build_checklist, checklist_of_errors, groups, ready_verdict
from newsletter.ready.context import ReadyContext, command_name
from newsletter.ready.item import ChecklistItem
from newsletter.ready.notes import AuditedKind, Notes, note_reader
from newsletter.ready.reach import LinkResult
from newsletter.ready.web_links import upload_addresses, web_links
from newsletter.render import Renderer
from newsletter.render_result import RenderOptions
from support.audited import audit_passed

TODAY = datetime.date(2026, 12, 1)
ISSUE = """\
subject: "What helps when you are tired"
preheader: "Small changes that people with MS told us about"
title: "Neuro News"
date: 2026-12-03
articles:
  - title: "A chair by the cooker"
    summary: "Small changes save your strength. See [the guide](https://www.example.org/guide#rest)."
    content:
      - events:
          calendar: true
          items:
            - title: "Seated yoga for beginners"
              date: 2026-12-12
              place: "Larkmoor Hall"
      - documents:
          items:
            - text: "A guide to rest"
              file: files/guide.pdf
"""


def context_of(folder: Path, text: str = ISSUE, today: datetime.date = TODAY) -> ReadyContext:
    """Build an issue in a project with its own brand, in all editions, and check it."""
    project = Project(folder)
    path = folder / "issues" / "winter.yaml"
    path.write_text(text, "utf-8")
    issue = finish_issue(build_issue(path, project, load_brand(project)), project)
    settings, report = Settings(), check_editions(issue.editions, Settings())
    return ReadyContext(
        issue.editions, issue.web, settings, report.problems, frozenset(report.ran), project, folder / "outbox", today
    )


def item(context: ReadyContext, id: str) -> ChecklistItem:
    (point,) = (item for item in build_checklist(context).items if item.id == id)
    return point


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose outbox is empty."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(DEFAULT_TEMPLATES, folder / "templates")
    (folder / "issues" / "files").mkdir(parents=True)
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(folder / "issues" / "files" / "guide.pdf")
    return folder


@pytest.fixture(scope="module")
def context(folder: Path) -> ReadyContext:
    return context_of(folder)


class TestContent:
    def test_an_issue_without_problems(self, context: ReadyContext) -> None:
        context = replace(context, problems=())
        ids = ("problems", "subject", "preheader", "dates", "links", "brand", "size")
        assert {item(context, id).state for id in ids} == {"done"}
        assert "3 December 2026" in item(context, "dates").why and "12 December 2026" in item(context, "dates").why

    def test_errors_are_to_do_and_warnings_to_decide(self, context: ReadyContext) -> None:
        warning = Problem(Location("issues/winter.yaml", 9), "link-text", "Vague.", "Say more.\nSeen twice.", "warning")
        for id in ("problems", "links"):
            assert item(replace(context, problems=(warning,)), id).state == "decide"
            assert (item(replace(context, problems=(warning,)), id).question == "Are the warnings all right?") == (
                id == "problems"
            )
            assert item(replace(context, problems=(warning, replace(warning, severity="error"))), id).state == "to-do"
        assert item(replace(context, problems=(warning, warning)), "links").why == "Vague. (and 1 more)"
        assert (
            item(replace(context, problems=(warning,)), "links").hint
            == "In issues/winter.yaml, line 9: Say more. Seen twice."
        )

    def test_what_is_not_checked_yet_is_not_ready(self, context: ReadyContext) -> None:
        assert item(replace(context, problems=(), is_checked=False), "problems").state == "to-do"

    @pytest.mark.parametrize(("key", "line"), [("subject", 1), ("preheader", 2)])
    def test_problems_in_the_lines_of_a_key(self, context: ReadyContext, key: str, line: int) -> None:
        there = Problem(Location("issues/winter.yaml", line, 12), "all-capitals", "Loud.", "Write it small.")
        assert item(replace(context, problems=(there,)), key).state == "to-do"
        in_other_lines = (
            replace(there, location=Location("issues/winter.yaml", 4)),
            replace(there, location=Location("a", line)),
        )
        assert item(replace(context, problems=in_other_lines), key).state == "done"
        named = replace(there, id=f"{key}-length", location=Location("templates/brand.yaml"))
        assert item(replace(context, problems=(named,)), key).state == "to-do"

    def test_fields_are_named_with_their_fallbacks(self, context: ReadyContext, folder: Path) -> None:
        assert "fields" not in [point.id for point in build_checklist(context).items]
        brand = folder / "templates" / "brand.yaml"
        text = brand.read_text("utf-8")
        declared = text.replace("You get Neuro News", "You get Neuro News, {name},")
        brand.write_text(f"{declared}\nfields: {{name: {{example: Sam, fallback: friend}}}}\n", "utf-8")
        issue = ISSUE.replace("Small changes save", "{name|Friends}, small changes save")
        point = item(context_of(folder, issue), "fields")
        brand.write_text(text, "utf-8")
        assert point.state == "done"
        assert point.why == "The files in the outbox have the fallbacks: {name|Friends} and {name|friend}."

    def test_addresses_for_each_reader_are_to_be_filled(self, context: ReadyContext, folder: Path) -> None:
        assert "reader-addresses" not in [point.id for point in build_checklist(context).items]
        brand = folder / "templates" / "brand.yaml"
        text = brand.read_text("utf-8")
        url = "https://www.example.org/neuro-news/unsubscribe"
        assert url in text
        brand.write_text(text.replace(url, f'"{url}/{{token}}"', 1), "utf-8")
        point = item(context_of(folder), "reader-addresses")
        brand.write_text(text, "utf-8")
        assert point.state == "decide" and "still have {token}, so nobody can unsubscribe" in point.why
        assert "`newsletter merge`" in point.hint

    def test_the_day_of_sending_has_passed(self, context: ReadyContext) -> None:
        point = item(replace(context, problems=(), today=datetime.date(2026, 12, 13)), "dates")
        assert point.state == "to-do"
        assert point.why == "The date of this issue, 3 December 2026, has passed, and so has 1 event or closing date."

    def test_one_event_is_still_to_come(self, context: ReadyContext) -> None:
        why = "1 event or closing date is not over; it is on 12 December 2026."
        assert item(replace(context, problems=()), "dates").why.endswith(why)

    def test_an_event_is_over_or_its_day_is_not_known(self, folder: Path) -> None:
        over = context_of(folder, ISSUE.replace("2026-12-12", "2026-11-12"))
        assert item(over, "dates").state == "to-do" and "12 November 2026" in item(over, "dates").why
        unsure = context_of(folder, ISSUE.replace("2026-12-12", "to be confirmed"))
        assert item(unsure, "dates").state == "decide" and "Seated yoga" in item(unsure, "dates").why

    def test_the_brand(self, context: ReadyContext) -> None:
        assert item(context, "brand").state == "to-do"
        assert item(replace(context, problems=(), ran=frozenset()), "brand").state == "not-needed"

    def test_a_project_without_a_brand_of_its_own(self, tmp_path: Path) -> None:
        (tmp_path / "issues").mkdir()
        point = item(context_of(tmp_path, ISSUE.partition("    content:")[0]), "brand")
        assert point.state == "to-do" and "no brand of its own" in point.why


class TestLinks:
    def test_without_a_request_nothing_is_looked_up(self, context: ReadyContext) -> None:
        assert item(context, "links-open").state == "decide"
        assert "`newsletter ready winter --links`" in item(context, "links-open").hint

    @pytest.mark.parametrize(("verdict", "state"), [("broken", "to-do"), ("unsure", "decide"), ("opens", "done")])
    def test_the_worst_result_counts(self, context: ReadyContext, verdict: str, state: str) -> None:
        uploads = upload_addresses(context.editions).values()
        link_results = dict.fromkeys([*web_links(context.editions[0]), *uploads], LinkResult("opens"))
        page = "https://www.example.org/guide#rest"
        some = replace(context, link_results={**link_results, page: LinkResult(verdict, "Details.")})  # type: ignore[arg-type]
        assert item(some, "links-open").state == state
        assert page in item(some, "links-open").why and "Details." in item(some, "links-open").why

    def test_no_link_opens(self, context: ReadyContext) -> None:
        addresses = [*context.links, *context.uploads.values()]
        all_broken = dict.fromkeys(addresses, LinkResult("broken", "There is no website with this name."))
        point = item(replace(context, link_results=all_broken), "links-open")
        assert point.state == "to-do" and "your own connection" in point.hint
        assert f"And {len(set(context.links) - set(context.uploads.values())) - 3} more." in point.why


class TestOutbox:
    def test_from_an_empty_outbox_to_files_that_can_be_opened(self, folder: Path) -> None:
        context = context_of(folder)
        names = list(upload_addresses(context.editions))
        assert {name.split("/")[1] for name in names} == {"pictures", "files", "calendar"}
        assert item(context, "rendered").state == item(context, "uploads").state == "to-do"
        path = folder / "issues" / "winter.yaml"
        Renderer(context.project, RenderOptions(context.output, force=True)).render(path)
        assert item(context, "rendered").state == "done" and item(context, "uploads").state == "decide"
        addresses = [*upload_addresses(context.editions).values(), *web_links(context.editions[0])]
        opens = dict.fromkeys(addresses, LinkResult("opens"))
        assert item(replace(context, link_results=opens), "uploads").state == "done"
        missing = {**opens, addresses[0]: LinkResult("broken", "There is no such page (404).")}
        assert item(replace(context, link_results=missing), "uploads").state == "to-do"
        unsure = {**opens, addresses[0]: LinkResult("unsure", "It did not answer.")}
        assert item(replace(context, link_results=unsure), "uploads").state == "decide"

        document = next(name for name in names if "/files/" in name)
        (context.output / document).write_bytes(b"another")
        assert "1 in the outbox is missing or older" in item(context, "uploads").why
        changed = context_of(folder, ISSUE.replace("Small changes save", "A few changes save"))
        assert item(changed, "rendered").state == "to-do" and "winter.large-print.eml" in item(changed, "rendered").why
        other = context.output / message_name("winter", "large-print")
        other.unlink()
        assert item(context, "rendered").why == "outbox/winter.large-print.eml is not there."

    def test_nothing_to_upload(self, folder: Path, tmp_path: Path) -> None:
        shutil.copytree(folder / "templates", tmp_path / "templates")
        brand = tmp_path / "templates" / "brand.yaml"
        brand.write_text(brand.read_text("utf-8").replace("images: link", "images: embed"), "utf-8")
        (tmp_path / "issues").mkdir()
        context = context_of(tmp_path, ISSUE.partition("    content:")[0])
        point = item(context, "uploads")
        assert point.state == "not-needed"
        assert point.why == "There is nothing to upload: the pictures travel inside the email."
        without = tuple(replace(edition, pictures={}) for edition in context.editions)
        assert item(replace(context, editions=without), "uploads").why == "There is nothing to upload."


class TestNotes:
    def test_the_audit_is_of_this_very_content(self, context: ReadyContext) -> None:
        def with_notes(kind: AuditedKind = context.editions[-1].kind, **changes: object) -> ReadyContext:
            assert context.web
            notes = audit_passed(context.editions, context.web, TODAY, warnings=2)
            audited = notes.audits | {kind: notes.audits[kind].model_copy(update=changes)}
            copy = replace(context)
            copy.__dict__["notes"] = Notes(audits=audited)
            return copy

        passed = item(with_notes(), "audit")
        assert passed.state == "done"
        assert passed.why == "The audit of 1 December 2026 reported no errors and 2 warnings."
        failed = item(with_notes(errors=1), "audit")
        assert failed.state == "to-do" and "of the text only edition of 1 December 2026 reported 1 error" in failed.why
        changed = item(with_notes(sha256="0" * 64), "audit")
        assert changed.state == "to-do" and "has changed since the audit" in changed.why
        web = item(with_notes("web", sha256="0" * 64), "audit")
        assert web.state == "to-do" and web.why == "The web version has changed since the audit of 1 December 2026."
        web = item(with_notes("web", errors=1), "audit")
        assert web.state == "to-do" and "of the web version of 1 December 2026 reported 1 error" in web.why
        other = item(with_notes(settings="0" * 64), "audit")
        assert other.state == "to-do" and "What the settings or the issue allow has changed" in other.why
        # Notes of versions that did not note the settings.
        old = item(with_notes(settings=None), "audit")
        assert old.state == "to-do" and old.why == "There was no audit of the text only edition yet."

    def test_a_second_reader_until_the_words_change(self, folder: Path) -> None:
        context = context_of(folder)
        assert item(context, "second-reader").state == "to-do"
        note_reader(context.project, context.editions[0], "Sam", TODAY)
        again = context_of(folder)
        assert item(again, "second-reader").state == "done"
        assert item(again, "second-reader").why == "Sam read it on 1 December 2026."
        changed = item(context_of(folder, ISSUE.replace("Small changes save", "A few changes save")), "second-reader")
        assert changed.state == "to-do" and "have changed since" in changed.why
        assert item(context_of(folder, ISSUE.replace("when you are", "if you are")), "second-reader").state == "to-do"
        # Other line ends in the file are the same words.
        assert item(context_of(folder, f"{ISSUE}\n# A note."), "second-reader").state == "done"


def test_the_list_as_a_whole(context: ReadyContext) -> None:
    result = build_checklist(context)
    assert not result.is_ready
    assert len({item.id for item in result.items}) == len(result.items)
    states = [state for state, _ in groups(result)]
    assert states[0] == "to-do" and sum(len(items) for _, items in groups(result)) == len(result.items)
    done = replace(result, items=tuple(replace(item, state="done") for item in result.items))
    assert done.is_ready and ready_verdict(done) == "Ready to send."
    some = replace(done, items=(*done.items, replace(done.items[0], state="decide")))
    assert ready_verdict(some) == "Ready to send, 1 for you to decide."
    assert ready_verdict(replace(some, items=(*some.items, result.items[-1]))).endswith("1 for you to decide.")
    for item in result.items:
        assert item.question.endswith("?") and item.why.endswith((".", ")"))
        assert item.hint or item.state in ("done", "not-needed")


def test_an_issue_that_cannot_be_built() -> None:
    error = Problem(Location("issues/winter.yaml", 1), "yaml", "A bracket is missing.")
    result = checklist_of_errors("winter", "issues/winter.yaml", (error,))
    assert not result.is_ready and "1 to fix. What is to fix stops the email." in result.items[0].why
    assert ready_verdict(result) == "1 point to do."


def test_commands_name_the_issue_as_an_editor_does() -> None:
    assert command_name("issues/_draft.yaml") == "_draft"
    assert command_name("other folder/a.yaml") == "'other folder/a.yaml'"
