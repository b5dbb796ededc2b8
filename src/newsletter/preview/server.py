"""The addresses of the preview, and what is answered there.

Nothing in an address is ever a path: issues, views and files of the interface are looked up by name among those known.
starlette enters through this module, and through `security`.
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
from newsletter.outbox import ENDINGS
from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.events import Events
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_POLICY, LocalOnlyMiddleware
from newsletter.preview.standing import status
from newsletter.preview.steady import run_forever
from newsletter.preview.views import VIEWS, email, web_version
from newsletter.preview.watch import watch

_STATIC = Path(__file__).parent / "static"


class Preview:
    """The preview of one project: `app` answers, and while it runs the project is watched."""

    def __init__(self, root: Path, port: int) -> None:
        """Prepare it; nothing is read before the app starts.

        Args:
            root: the project's folder.
            port: where it listens, which is part of the only names it answers to.
        """
        self.events = Events()
        self.shelf = IssueBuilder(root, self._tell, lambda: self.events.has_listeners)
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
        # Around everything, so that what goes wrong inside is answered with the same headers.
        self.app = LocalOnlyMiddleware(app, port)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.shelf.rescan()
        jobs = (self.shelf.run, self._watch)
        tasks = [asyncio.create_task(run_forever(job, self.events.tell_all)) for job in jobs]
        try:
            yield
        finally:
            self.shelf.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        async for touched in watch(lambda: self.shelf.files.folders):
            await self.shelf.rescan(touched)

    def _tell(self, shown: IssueState) -> None:
        self.events.tell(shown.slug, shown.version, status(shown).text, shown.stamp.get("v", ""))

    async def _shown(self, request: Request) -> IssueState:
        return await self._called(request.path_params["slug"])

    async def _called(self, slug: str) -> IssueState:
        if slug in self.shelf.states:
            self.shelf.prioritise(slug)
        shown = await self.shelf.ready(slug)
        if shown is None:
            raise HTTPException(404)
        return shown

    async def _index(self, _: Request) -> Response:
        return HTMLResponse(pages.index(self.shelf))

    async def _first_view(self, request: Request) -> Response:
        shown = await self._shown(request)
        return RedirectResponse(f"/issues/{quote(shown.slug)}/{VIEWS[0].name}", 307)

    async def _view(self, request: Request) -> Response:
        shown = await self._shown(request)
        for view in VIEWS:
            if view.name == request.path_params["view"]:
                return HTMLResponse(
                    pages.issue(shown, view, request.query_params, self.shelf.project_state.settings or Settings())
                )
        raise HTTPException(404)

    async def _page(self, request: Request) -> Response:
        shown = (await self._shown(request)).in_edition(request.query_params.get("edition"))
        drawn = shown.page_for(request.query_params.get("v"))
        page = email.framed(drawn, request.query_params) if drawn else ""
        if drawn is not shown.edition:
            self.shelf.page_was_fetched()
        return _framed(page)

    async def _web(self, request: Request) -> Response:
        return _framed(web_version.framed(await self._shown(request), request.query_params))

    async def _link(self, request: Request) -> Response:
        return _framed(pages.link(request.query_params.get("to", "")))

    async def _message(self, request: Request) -> Response:
        # An issue's own name may end as the names of editions do.
        slug = request.path_params["slug"]
        kind = None
        if slug not in self.shelf.states:
            kind = next((kind for kind in EDITION_KINDS if slug.endswith(f".{kind}")), None)
            slug = slug.removesuffix(f".{kind}")
        shown = (await self._called(slug)).in_edition(kind)
        if shown.edition is None or (kind and shown.kind != kind):
            raise HTTPException(404)
        name = quote(f"{shown.edition.issue.slug}{ENDINGS[shown.kind][-1]}")
        headers = {"Content-Disposition": f"attachment; filename*=utf-8''{name}"}
        return Response(shown.edition.message, media_type="message/rfc822", headers=headers)

    async def _events(self, request: Request) -> Response:
        kind = "text/event-stream"
        if request.method == "HEAD":
            return Response(media_type=kind)
        versions = {"": self.shelf.version} | {slug: shown.version for slug, shown in self.shelf.states.items()}
        return StreamingResponse(self.events.stream(versions), media_type=kind)

    async def _missing(self, _: Request, error: Exception) -> Response:
        return HTMLResponse(pages.missing(), error.status_code if isinstance(error, HTTPException) else 404)

    async def _failed(self, _: Request, __: Exception) -> Response:
        return HTMLResponse(pages.failed(), 500)


def _framed(page: str) -> Response:
    """Answer with a page that stands in a frame, which may do nothing; with nothing when there is none."""
    if not page:
        raise HTTPException(404)
    return HTMLResponse(page, headers={"Content-Security-Policy": EMAIL_POLICY})
