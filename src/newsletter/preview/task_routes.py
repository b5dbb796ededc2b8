"""The address that starts a task of “Before you send”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import editions_of, why_no_task
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import START_TASK, form_of
from newsletter.preview.tasks import TaskName, Tasks
from newsletter.preview.views.ready import item_of
from newsletter.ready.web_links import upload_addresses, web_links


@dataclass(frozen=True)
class TaskRoutes:
    """The tasks that a form of the view “Before you send” starts."""

    builder: IssueBuilder
    tasks: Tasks

    @property
    def routes(self) -> list[Route]:
        """The route. That it does something is listed in `security`."""
        return [Route(START_TASK, self._start, methods=["POST"])]

    async def _start(self, request: Request) -> Response:
        form = form_of(request)
        state = await self.builder.up_to_date(request.path_params["slug"])
        names: list[TaskName] = [name for name in get_args(TaskName) if form.get("task") == [name]]
        if state is None or not names:
            raise HTTPException(404)
        if reason := why_no_task(state):
            return HTMLResponse(pages.not_done(state, "This was not started", reason), 409)
        name = names[0]
        self.tasks.start(name, state.slug, state.source, _addresses(state) if name == "links" else ())
        return RedirectResponse(f"/issues/{quote(state.slug)}/ready#point-{item_of(name)}", 303)


def _addresses(state: IssueState) -> list[str]:
    """Return the web addresses of an issue: those that it links to, and those of the files to upload."""
    editions = editions_of(state)
    return [*web_links(editions[0]), *upload_addresses(editions).values()]
