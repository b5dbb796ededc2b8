"""What lands in the outbox beside the message, and how pictures travel."""

import base64
import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import fast_mail_parser
import pytest

from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.outbox import edition_files
from newsletter.pipeline import build
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.render import Renderer
from newsletter.render_result import RenderOptions
from newsletter.stages.data_urls import browser_page

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
ISSUE = """\
subject: s
preheader: p
title: t
date: 2026-12-03
articles:
  - title: a
    summary: b
    content:
      - image: {src: images/dot.png, alt: "A dot"}
"""


def test_the_three_files(edition: Edition) -> None:
    outbox = edition_files(edition)
    slug = edition.issue.slug
    assert list(outbox) == [f"{slug}.txt", f"{slug}.html", f"{slug}.eml"]  # the message comes last
    assert outbox[f"{slug}.txt"].decode() == edition.text


def test_the_browser_page_is_the_email_with_its_pictures_inside(edition: Edition) -> None:
    page = browser_page(edition)
    inside = re.findall(r'src="data:image/(\w+);base64,([^"]+)"', page)
    addresses = re.findall(r'src="https://[^"]+"', edition.inlined)
    assert len(inside) == len(addresses) > 0
    assert 'src="https:' not in page
    sent = {picture.data for picture in edition.pictures.values()}
    assert {base64.b64decode(data) for _, data in inside} == sent
    assert re.sub(r'src="[^"]+"', "", page) == re.sub(r'src="[^"]+"', "", edition.inlined)


def test_pictures_are_linked_under_the_base_url(edition: Edition, brand: Brand) -> None:
    assert edition.pictures
    assert all(address.startswith(f"{brand.base_url}images/") for address in edition.pictures)
    assert b"Content-ID" not in edition.message


def test_pictures_travel_inside_when_the_brand_says_so(edition: Edition, brand: Brand, project: Project) -> None:
    embedding = brand.model_copy(update={"images": "embed"})
    embedded = build(project.issues / f"{edition.issue.slug}.yaml", project, embedding)
    parsed = fast_mail_parser.parse_email(embedded.message)
    assert {bytes(part.content) for part in parsed.attachments} == {pic.data for pic in embedded.pictures.values()}
    for address in embedded.pictures:
        assert address.startswith("cid:")
        assert f"Content-ID: <{address.removeprefix('cid:')}>".encode() in embedded.message


def test_two_pictures_cannot_share_an_address(brand: Brand, tmp_path: Path) -> None:
    (tmp_path / "issues/images").mkdir(parents=True)
    (tmp_path / "issues/images/dot.png").write_bytes(PNG)
    path = tmp_path / "issues/one.yaml"
    path.write_text(ISSUE, "utf-8")
    assert len(build(path, Project(tmp_path), brand).pictures) == 2
    assert brand.logo is not None
    (tmp_path / "issues/images/logo.png").write_bytes(PNG)
    path.write_text(ISSUE.replace("dot.png", "logo.png"), "utf-8")
    with pytest.raises(Problems, match="different pictures called"):
        build(path, Project(tmp_path), brand)


def test_a_draft_is_the_message_marked_as_unsent_and_goes_with_the_next_render(
    tmp_path: Path, project: Project
) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE.partition("    content")[0] + "    content: [{text: c}]\n", "utf-8")
    options = RenderOptions(tmp_path, force=True)
    Renderer(project, replace(options, kinds=("standard", "text-only"), with_drafts=True)).render(path)
    for name in ("issue", "issue.text-only"):
        message = (tmp_path / f"{name}.eml").read_bytes()
        draft = message_from_bytes((tmp_path / f"{name}.draft.eml").read_bytes(), policy=SMTP)
        assert draft["X-Unsent"] == "1" and b"X-Unsent" not in message
        del draft["X-Unsent"]
        assert draft.items() == message_from_bytes(message, policy=SMTP).items()
    Renderer(project, replace(options, kinds=("text-only",))).render(path)
    assert [path.name for path in tmp_path.glob("*.draft.eml")] == ["issue.draft.eml"]
    Renderer(project, options).render(path)
    assert list(tmp_path.glob("*.draft.eml")) == []
