"""The addresses of the preview, and the answer at each.

No part of an address is ever used as a path: issues, views and files of the interface are looked up by name among those
that exist. Only this module, `security` and the forms (`fix_routes`, `reader_routes`, `task_routes`) use starlette.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from newsletter.check.settings import Settings
from newsletter.edition import PageBuild
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.editors import Editor
from newsletter.outbox import message_name
from newsletter.preview import pages, thumbnails
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import OpenItems
from newsletter.preview.download_check import reason_against_download
from newsletter.preview.editor_links import EditorLinks
from newsletter.preview.events import Events
from newsletter.preview.failures import run_forever
from newsletter.preview.fix_routes import FixRoutes
from newsletter.preview.fixes import Fixes
from newsletter.preview.gallery import Gallery
from newsletter.preview.history import History
from newsletter.preview.issue_list import issue_verdict
from newsletter.preview.issue_metadata import MetadataCache
from newsletter.preview.issue_state import IssueState
from newsletter.preview.phone import PATH as PHONE_PATH
from newsletter.preview.phone import PhoneAccess, PhoneApp
from newsletter.preview.reader_choice import build_for_reader, needs_fill
from newsletter.preview.reader_routes import ReaderRoutes
from newsletter.preview.review import review_page
from newsletter.preview.security import EMAIL_CSP, LocalOnlyMiddleware, is_this_computer
from newsletter.preview.side_panel import FileAccess
from newsletter.preview.status import status
from newsletter.preview.task_routes import TaskRoutes
from newsletter.preview.tasks import Tasks
from newsletter.preview.views import VIEWS, email, web_version
from newsletter.preview.views.moved import new_address
from newsletter.preview.watch import watch

_STATIC = Path(__file__).parent / "static"


class Preview:
    """The preview of one project: `app` answers requests, and watches the project while it runs."""

    def __init__(self, root: Path, port: int, phone: PhoneAccess | None = None, editor: Editor | None = None) -> None:
        """Create it. Nothing is read before the app starts.

        Args:
            root: the project's folder.
            port: the port that it listens on, which is part of the only hosts that get an answer.
            phone: the phones that may look from outside; None if this computer alone may.
            editor: the editor in which links open a file; None if it is not known.
        """
        self._phone = phone
        self.events = Events()
        self._metadata = MetadataCache()
        self._one_thumbnail_at_a_time = asyncio.Lock()
        self.history = History(root)
        self.builder = IssueBuilder(root, self._send_change, lambda: self.events.has_listeners)
        self._open_items = OpenItems()
        self._tasks = Tasks(root, lambda slug: self.builder.announce(slug, tasks=self._tasks.of(slug)))
        self._gallery = Gallery(self.builder)
        self._files = FileAccess(EditorLinks(root, editor), Fixes(secrets.token_urlsafe()))
        app = Starlette(
            routes=[
                Route("/", self._index),
                Route("/pictures/{slug}", self._picture),
                Route("/gallery", self._gallery_page),
                Route("/gallery/{kind}/{name}", self._example),
                Route("/events", self._events),
                Mount("/static", StaticFiles(directory=_STATIC)),
                Route("/issues/{slug}.eml", self._message),
                Route("/issues/{slug}/page", self._page),
                Route("/issues/{slug}/web", self._web),
                Route("/issues/{slug}/review", self._review),
                Route("/link", self._link),
                Route(PHONE_PATH, self._phone_page),
                *ReaderRoutes(self.builder).routes,
                *TaskRoutes(self.builder, self._tasks).routes,
                *FixRoutes(self.builder, self._files.fixes).routes,
                Route("/issues/{slug}/{view}", self._view),
                Route("/issues/{slug}/", self._first_view),
                Route("/issues/{slug}", self._first_view),
            ],
            exception_handlers={HTTPException: self._missing, Exception: self._failed},
            lifespan=self._lifespan,
        )
        # It wraps everything, so that answers to errors have the same headers.
        local = LocalOnlyMiddleware(app, port, self._files.fixes.token)
        self.app = PhoneApp(app, local, phone) if phone else local

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.builder.rescan()
        self._metadata.read_all(self.builder.files, self.builder.root)
        jobs = (self.builder.run, self._watch)
        tasks = [asyncio.create_task(run_forever(job, self.events.send_notice)) for job in jobs]
        try:
            yield
        finally:
            self.builder.close()
            await self._tasks.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        async for touched in watch(lambda: self.builder.files.folders):
            await self.builder.rescan(touched)

    def _send_change(self, state: IssueState) -> None:
        self.history.record(state)
        self.history.forget(self.builder.states)
        self._points_of(state)  # now, so that the first page with hundreds of issues need not count
        stamp, is_provisional = state.stamp.get("v", ""), state.provisional is not None
        self.events.send_change(state.slug, state.version, status(state).text, stamp, is_provisional)

    def _points_of(self, state: IssueState) -> int | None:
        """Return how many items are to do before an issue is sent; None if it has problems, or its date has passed."""
        return self._open_items.of(state, self.builder.files.files) if issue_verdict(state)[0] == "fine" else None

    async def _state_for(self, request: Request) -> IssueState:
        return await self._state(request.path_params["slug"])

    async def _state(self, slug: str) -> IssueState:
        if slug in self.builder.states:
            self.builder.prioritise(slug)
        state = await self.builder.ready(slug)
        if state is None:
            raise HTTPException(404)
        return state

    async def _index(self, request: Request) -> Response:
        is_local = is_this_computer(request.scope)
        return HTMLResponse(pages.index(self.builder, self._metadata, self._open_items, request.query_params, is_local))

    async def _picture(self, request: Request) -> Response:
        """Answer with the picture of an issue for the list: the first picture in it, or else a tile."""
        slug = request.path_params["slug"]
        if slug not in self.builder.states:
            raise HTTPException(404)
        issues, files = self.builder.root / "issues", self.builder.files
        metadata = self._metadata.of(self.builder.path_of(slug), files)
        saved = files.files.get(issues / metadata.picture)
        # In a thread of its own, because the list does not wait for builds.
        async with self._one_thumbnail_at_a_time:
            data = await asyncio.to_thread(thumbnails.picture, metadata.picture, issues, saved) if saved else b""
        if data:
            return Response(data, media_type="image/jpeg")
        project = await self.builder.project_is_read()
        return Response(thumbnails.month_tile(metadata, project.brand), media_type="image/svg+xml")

    async def _gallery_page(self, request: Request) -> Response:
        examples = await self._gallery.examples()
        return HTMLResponse(pages.gallery(self.builder, examples, self._gallery.stamp, request.query_params))

    async def _example(self, request: Request) -> Response:
        scheme = request.query_params.get("scheme", "light")
        page = await self._gallery.page(**request.path_params, scheme=scheme)
        return _framed(page if page is None or isinstance(page, str) else pages.example_problems(page))

    async def _first_view(self, request: Request) -> Response:
        state = await self._state_for(request)
        return RedirectResponse(f"/issues/{quote(state.slug)}/{VIEWS[0].name}", 307)

    async def _view(self, request: Request) -> Response:
        state = await self._state_for(request)
        if new := new_address(request.path_params["view"], request.query_params.multi_items()):
            return RedirectResponse(f"/issues/{quote(state.slug, safe='')}/{new}", 307)
        for view in VIEWS:
            if view.name == request.path_params["view"]:
                settings = self.builder.project_state.settings or Settings()
                if view.name == "changes":
                    since = request.query_params.get("since")
                    comparison = await asyncio.to_thread(self.history.comparison, state, since)
                    state = replace(state, comparison=comparison)
                files = self._files if is_this_computer(request.scope) else None
                state = replace(state, is_ready=self._points_of(state) == 0)
                return HTMLResponse(pages.issue(state, view, request.query_params, settings, files))
        raise HTTPException(404)

    async def _page(self, request: Request) -> Response:
        state = (await self._state_for(request)).in_edition(request.query_params.get("edition"))
        page = state.page_for(request.query_params.get("v"))
        framed = await self._frame(page, state.slug, request.query_params) if page else ""
        if page is not state.edition:
            self.builder.page_was_fetched()
        return _framed(framed)

    async def _frame(self, page: PageBuild, slug: str, query: Mapping[str, str]) -> str:
        if not needs_fill(page, query):
            return email.frame_page(page, query)
        project, path = self.builder.project_state.project, self.builder.path_of(slug)
        result = await self.builder.in_thread(build_for_reader, page, path, project, query)
        return pages.example_problems(result) if isinstance(result, tuple) else email.frame_page(result, query)

    async def _web(self, request: Request) -> Response:
        return _framed(web_version.frame_page(await self._state_for(request), request.query_params))

    async def _review(self, request: Request) -> Response:
        state = await self._state_for(request)
        if state.edition is None:
            raise HTTPException(404)
        settings = self.builder.project_state.settings or Settings()
        return _framed(await asyncio.to_thread(review_page, state, settings))

    async def _link(self, request: Request) -> Response:
        return _framed(pages.link(request.query_params.get("to", "")))

    async def _phone_page(self, _: Request) -> Response:
        return HTMLResponse(pages.phone(self._phone))

    async def _message(self, request: Request) -> Response:
        # The slug of an issue may end like the name of an edition's message.
        slug = request.path_params["slug"]
        kind = None
        if slug not in self.builder.states:
            suffixes = {kind: properties.suffix for kind, properties in EDITION_KINDS.items() if properties.suffix}
            kind = next((kind for kind, suffix in suffixes.items() if slug.endswith(suffix)), None)
            slug = slug.removesuffix(suffixes[kind]) if kind else slug
        state = await self._state(slug)
        if kind and kind not in state.kinds:
            raise HTTPException(404)
        state = (await self.builder.up_to_date(slug) or state).in_edition(kind)
        if state.edition is None or reason_against_download(state):
            return HTMLResponse(pages.not_ready(state), 409)
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
        return HTMLResponse(pages.error_page(), 500)


def _framed(page: str | None) -> Response:
    """Return a page for the frame, where it may do nothing.

    Raises:
        HTTPException: 404 if there is none, or if it is empty.
    """
    if not page:
        raise HTTPException(404)
    return HTMLResponse(page, headers={"Content-Security-Policy": EMAIL_CSP})
