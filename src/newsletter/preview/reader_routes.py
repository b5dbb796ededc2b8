"""The address that notes who else has read an issue."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import NOTE_READER, form_of
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.ready.notes import is_name, note_reader, words_digest


@dataclass(frozen=True)
class ReaderRoutes:
    """The note of a second reader, from a form of the view “Before you send”."""

    builder: IssueBuilder

    @property
    def routes(self) -> list[Route]:
        """The route. That it writes is listed in `security`."""
        return [Route(NOTE_READER, self._note, methods=["POST"])]

    async def _note(self, request: Request) -> Response:
        form = form_of(request)
        state = await self.builder.up_to_date(request.path_params["slug"])
        if state is None:
            raise HTTPException(404)
        name, digest = (form.get(field, [""])[0].strip() for field in ("name", "read_words"))
        if reason := _note(state, name, digest):
            return HTMLResponse(pages.not_done(state, "The reader was not noted", reason), 409)
        return RedirectResponse(f"/issues/{quote(state.slug)}/ready#point-second-reader", 303)


def _note(state: IssueState, name: str, digest: str) -> str:
    """Note a reader of the words whose SHA-256 is `digest`. Return why that is not possible; empty if it is done."""
    if not is_name(name):
        return "Write a name in one line of at most 100 characters."
    if state.edition is None or state.is_outdated:
        return "What you saved last cannot be built. Fix that first."
    if digest != words_digest(state.edition):
        return "The words have changed since this page was opened. Read what has changed, and note it then."
    try:
        note_reader(Project(state.root), state.edition, name, datetime.date.today())
    except Problems as problems:
        return " ".join(f"{problem.message} {problem.hint}" for problem in problems.problems)
    return ""
