"""The addresses that show a fix of an issue, make it, and undo it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.failures import catch_problems
from newsletter.preview.findings import FindingView, finding_views
from newsletter.preview.fixes import FileChange, Fixes, plan_change
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import WRITING, form_of, is_this_computer
from newsletter.preview.views import VIEWS
from newsletter.problems import Problem

_Result = FileChange | tuple[Problem, ...] | None
"""A change; why there is none; or None if there is nothing to say."""

_LINE_AND_COLUMN = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_MOST_PLACES = 200
_LONGEST_QUERY = 1000


class FixTarget(NamedTuple):
    """Which finding is to be fixed: its id, and the lines and columns of its places."""

    rule: str
    places: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, rules: Sequence[str], places: Sequence[str]) -> FixTarget:
        """Read it from the fields `rule` and `at` of an address or a form.

        Raises:
            HTTPException: if they are no finding.
        """
        matches = [_LINE_AND_COLUMN.fullmatch(place) for place in places[:_MOST_PLACES]]
        if len(rules) != 1 or not matches or None in matches:
            raise HTTPException(404)
        return cls(rules[0], tuple((int(place[1]), int(place[2])) for place in matches if place))


@dataclass(frozen=True)
class FixRoutes:
    """The fixes of one preview: their addresses, and those that were made."""

    builder: IssueBuilder
    fixes: Fixes

    @property
    def routes(self) -> list[Route]:
        """The routes. Those that write are listed in `security`."""
        fix, undo, *_ = WRITING
        return [
            Route(fix, self._show),
            Route(fix, self._write, methods=["POST"]),
            Route(undo, self._undo, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        if not is_this_computer(request.scope):  # a phone may look at emails, and no more
            raise HTTPException(404)
        state, query = await self._state(request), request.query_params
        target = FixTarget.read(query.getlist("rule"), query.getlist("at"))
        result = await self._plan(state, target)
        return await self._page(state, result, target, _back(query.get("back", "")))

    async def _write(self, request: Request) -> Response:
        state, form = await self._state(request), form_of(request)
        target, back = FixTarget.read(form.get("rule", []), form.get("at", [])), _back(form.get("back", [""])[0])
        planned = result = await self._plan(state, target)
        if isinstance(planned, FileChange):
            fingerprint, project = form.get("fingerprint", [""])[0], self.builder.project_state.project
            result = await self._in_thread(state, functools.partial(self.fixes.write, planned, fingerprint, project))
        return await self._answer(state, result, target, back, "fixed")

    async def _undo(self, request: Request) -> Response:
        state, form = await self._state(request), form_of(request)
        fingerprint, project = form.get("fingerprint", [""])[0], self.builder.project_state.project
        result = await self._in_thread(state, lambda: self.fixes.undo(state.slug, fingerprint, project))
        return await self._answer(state, result, None, _back(form.get("back", [""])[0]), "undone")

    async def _state(self, request: Request) -> IssueState:
        state = await self.builder.ready(request.path_params["slug"])
        if state is None:
            raise HTTPException(404)
        return state

    async def _plan(self, state: IssueState, target: FixTarget) -> _Result:
        path, shared = self.builder.path_of(state.slug), self.builder.project_state
        return await self._in_thread(state, lambda: plan_change(state.slug, path, shared, target.rule, target.places))

    async def _in_thread(self, state: IssueState, function: Callable[[], FileChange | None]) -> _Result:
        return await self.builder.in_thread(catch_problems, function, state.file)

    async def _answer(
        self, state: IssueState, result: _Result, target: FixTarget | None, back: str, place: str
    ) -> Response:
        """Answer a form: redirect to the result, or say why nothing was written."""
        if not isinstance(result, FileChange):
            return await self._page(state, result, target, back, 409)
        await self.builder.rescan([result.path])
        await self.builder.wait_until_checked(state.slug, result.after.decode("utf-8-sig"))
        return RedirectResponse(f"/issues/{quote(state.slug)}/{back}#{place}", 303)

    async def _page(
        self, state: IssueState, result: _Result, target: FixTarget | None, back: str, status: int = 200
    ) -> Response:
        change, problems = (result, ()) if isinstance(result, FileChange) else (None, result or ())
        moved = await self._still_there(state, target) if result is None and target else ()
        page = pages.fix(
            state,
            change=change,
            problems=problems,
            moved=moved,
            target=target,
            back=back,
            token=self.fixes.token,
        )
        return HTMLResponse(page, status)

    async def _still_there(self, state: IssueState, target: FixTarget) -> tuple[FindingView, ...]:
        """Return the findings of a rule that can be fixed now, if those of an older text are not at their places."""
        now = await self.builder.up_to_date(state.slug)
        findings = finding_views(now, now.problems) if now else ()
        return tuple(finding for finding in findings if finding.id == target.rule and finding.fix_query)


def _back(address: str) -> str:
    """Return the address of a view of an issue, from the issue's own; that of the first view for any other text."""
    name, _, query = address.partition("?")
    view = next((view.name for view in VIEWS if view.name == name), VIEWS[0].name)
    options = urlencode(parse_qsl(query[:_LONGEST_QUERY]))
    return f"{view}?{options}" if options else view
