"""The addresses of the preview, and the answer at each.

No part of an address is ever used as a path: issues, views and files of the interface are looked up by name among those
that exist. Only this module and `security` use starlette.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from newsletter.check.settings import Settings
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.outbox import message_name
from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.events import Events
from newsletter.preview.faults import run_forever
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_POLICY, LocalOnlyMiddleware
from newsletter.preview.status import status
from newsletter.preview.views import VIEWS, email, web_version
from newsletter.preview.watch import watch

_STATIC = Path(__file__).parent / "static"


class Preview:
    """The preview of one project: `app` answers requests, and watches the project while it runs."""

    def __init__(self, root: Path, port: int) -> None:
        """Create it. Nothing is read before the app starts.

        Args:
            root: the project's folder.
            port: the port that it listens on, which is part of the only hosts that get an answer.
        """
        self.events = Events()
        self.builder = IssueBuilder(root, self._send_change, lambda: self.events.has_listeners)
        app = Starlette(
            routes=[
                Route("/", self._index),
                Route("/events", self._events),
                Mount("/static", StaticFiles(directory=_STATIC)),
                Route("/issues/{slug}.eml", self._message),
                Route("/issues/{slug}/page", self._page),
                Route("/issues/{slug}/web", self._web),
                Route("/link", self._link),
                Route("/issues/{slug}/{view}", self._view),
                Route("/issues/{slug}/", self._first_view),
                Route("/issues/{slug}", self._first_view),
            ],
            exception_handlers={HTTPException: self._missing, Exception: self._failed},
            lifespan=self._lifespan,
        )
        # It wraps everything, so that answers to errors have the same headers.
        self.app = LocalOnlyMiddleware(app, port)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.builder.rescan()
        jobs = (self.builder.run, self._watch)
        tasks = [asyncio.create_task(run_forever(job, self.events.send_notice)) for job in jobs]
        try:
            yield
        finally:
            self.builder.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        async for touched in watch(lambda: self.builder.files.folders):
            await self.builder.rescan(touched)

    def _send_change(self, state: IssueState) -> None:
        self.events.send_change(state.slug, state.version, status(state).text, state.stamp.get("v", ""))

    async def _state_for(self, request: Request) -> IssueState:
        return await self._state(request.path_params["slug"])

    async def _state(self, slug: str) -> IssueState:
        if slug in self.builder.states:
            self.builder.prioritise(slug)
        state = await self.builder.ready(slug)
        if state is None:
            raise HTTPException(404)
        return state

    async def _index(self, _: Request) -> Response:
        return HTMLResponse(pages.index(self.builder))

    async def _first_view(self, request: Request) -> Response:
        state = await self._state_for(request)
        return RedirectResponse(f"/issues/{quote(state.slug)}/{VIEWS[0].name}", 307)

    async def _view(self, request: Request) -> Response:
        state = await self._state_for(request)
        for view in VIEWS:
            if view.name == request.path_params["view"]:
                settings = self.builder.project_state.settings or Settings()
                return HTMLResponse(pages.issue(state, view, request.query_params, settings))
        raise HTTPException(404)

    async def _page(self, request: Request) -> Response:
        state = (await self._state_for(request)).in_edition(request.query_params.get("edition"))
        page = state.page_for(request.query_params.get("v"))
        framed = email.framed(page, request.query_params) if page else ""
        if page is not state.edition:
            self.builder.page_was_fetched()
        return _framed(framed)

    async def _web(self, request: Request) -> Response:
        return _framed(web_version.framed(await self._state_for(request), request.query_params))

    async def _link(self, request: Request) -> Response:
        return _framed(pages.link(request.query_params.get("to", "")))

    async def _message(self, request: Request) -> Response:
        # The slug of an issue may end like the name of an edition's message.
        slug = request.path_params["slug"]
        kind = None
        if slug not in self.builder.states:
            suffixes = {kind: form.suffix for kind, form in EDITION_KINDS.items() if form.suffix}
            kind = next((kind for kind, suffix in suffixes.items() if slug.endswith(suffix)), None)
            slug = slug.removesuffix(suffixes[kind]) if kind else slug
        state = (await self._state(slug)).in_edition(kind)
        if state.edition is None or (kind and state.kind != kind):
            raise HTTPException(404)
        name = quote(message_name(state.edition.issue.slug, state.kind))
        headers = {"Content-Disposition": f"attachment; filename*=utf-8''{name}"}
        return Response(state.edition.message, media_type="message/rfc822", headers=headers)

    async def _events(self, request: Request) -> Response:
        media_type = "text/event-stream"
        if request.method == "HEAD":
            return Response(media_type=media_type)
        versions = {"": self.builder.version} | {slug: state.version for slug, state in self.builder.states.items()}
        return StreamingResponse(self.events.stream(versions), media_type=media_type)

    async def _missing(self, _: Request, error: Exception) -> Response:
        return HTMLResponse(pages.missing(), error.status_code if isinstance(error, HTTPException) else 404)

    async def _failed(self, _: Request, __: Exception) -> Response:
        return HTMLResponse(pages.failed(), 500)


def _framed(page: str) -> Response:
    """Return a page for the frame, where it may do nothing.

    Raises:
        HTTPException: 404 if the page is empty.
    """
    if not page:
        raise HTTPException(404)
    return HTMLResponse(page, headers={"Content-Security-Policy": EMAIL_POLICY})
