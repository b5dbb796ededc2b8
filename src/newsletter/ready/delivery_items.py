"""The items about what leaves the computer: links that open, the emails in the outbox, and the files to upload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from newsletter import outbox
from newsletter.edition import Edition
from newsletter.english import count, join
from newsletter.ready.context import ReadyContext
from newsletter.ready.item import ChecklistItem
from newsletter.ready.reach import LinkResult

_MOST_NAMES = 3
"""How many addresses or files one sentence names."""


def links_open_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about links that lead to a page."""
    id, question = "links-open", "Do the links open?"
    hosted = set(context.uploads.values())
    addresses = [address for address in context.links if address not in hosted]
    number = count(len(addresses), "web address", "web addresses")
    if not addresses:
        return ChecklistItem(id, question, "not-needed", "It links to no web page.")
    if context.link_results is None:
        hint = f"`newsletter ready {context.name} --links` asks each website once."
        return ChecklistItem(id, question, "decide", f"Nobody tried whether its {number} open.", hint)
    if broken := _with_verdict("broken", addresses, context.link_results):
        hint = "Correct or remove these links."
        if len(broken) == len(addresses):
            hint = f"No link opens, so look at your own connection first. {hint}"
        return ChecklistItem(id, question, "to-do", f"These do not open: {_details(broken)}", hint)
    if unsure := _with_verdict("unsure", addresses, context.link_results):
        why = f"It is not certain that these open: {_details(unsure)}"
        return ChecklistItem(id, question, "decide", why, "Open them in your browser.")
    moved = {address: result for address in addresses if (result := context.link_results[address]).detail}
    return ChecklistItem(id, question, "done", f"{number} open. {_details(moved)}".strip())


def is_rendered(editions: Iterable[Edition], output: Path) -> bool:
    """Check whether the emails in an outbox are the ones that a render would write now."""
    return all(_has(_path_of(edition, output), edition.message) for edition in editions)


def outbox_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about the emails in the outbox, which have to be the ones that a render would write now."""
    id, question = "rendered", "Are the emails in the outbox up to date?"
    hint = f"Type `newsletter render {context.name}`."
    paths = [_path_of(edition, context.output) for edition in context.editions]
    if missing := [path for path in paths if not path.is_file()]:
        return ChecklistItem(id, question, "to-do", f"{_files(missing, context)} not there.", hint)
    pairs = zip(paths, context.editions, strict=True)
    if other := [path for path, edition in pairs if not _has(path, edition.message)]:
        return ChecklistItem(
            id, question, "to-do", f"{_files(other, context)} not what a render would write now.", hint
        )
    return ChecklistItem(id, question, "done", f"{_files(paths, context)} what a render would write now.")


def uploads_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about pictures, documents and calendar files that have to be on the website."""
    id, question = "uploads", "Are the files of the email on your website?"
    issue = context.issue
    addresses = context.uploads
    if not addresses:
        travel = any(edition.pictures for edition in context.editions)
        why = "There is nothing to upload" + (": the pictures travel inside the email." if travel else ".")
        return ChecklistItem(id, question, "not-needed", why)
    number = count(len(addresses), "file")
    sums = outbox.checksums(outbox.picture_files(context.editions) | outbox.document_copies(issue))
    old = [
        name
        for name in addresses
        if not (digest := outbox.copy_digest(context.output / name)) or sums.get(name, digest) != digest
    ]
    if old:
        why = f"Of {number} to upload, {len(old)} in the outbox {'is' if len(old) == 1 else 'are'} missing or older."
        return ChecklistItem(id, question, "to-do", why, f"Type `newsletter render {context.name}`. Then upload them.")
    folders = dict.fromkeys(Path(name).parts[1] for name in addresses)
    where = join(
        f"what is in {context.project.name_of(context.output / issue.slug / folder)} to "
        f"{outbox.upload_address(folder, issue, context.editions[0].brand)}"
        for folder in folders
    )
    if context.link_results is None:
        hint = f"Upload {where}. Then `newsletter ready {context.name} --links` tries the addresses."
        return ChecklistItem(id, question, "decide", f"Nobody tried whether {number} can be opened there.", hint)
    if broken := _with_verdict("broken", addresses.values(), context.link_results):
        return ChecklistItem(id, question, "to-do", f"Readers do not get these: {_details(broken)}", f"Upload {where}.")
    if unsure := _with_verdict("unsure", addresses.values(), context.link_results):
        why = f"It is not certain that readers get these: {_details(unsure)}"
        return ChecklistItem(id, question, "decide", why, "Open them in your browser.")
    return ChecklistItem(id, question, "done", f"{number} can be opened. Whether they are the newest is not known.")


def reader_addresses_item(context: ReadyContext) -> ChecklistItem | None:
    """Return the item about addresses that are different for each reader; None if all are the same."""
    fields = context.editions[0].brand.reader_fields
    if not fields:
        return None
    why = f"Addresses in the outbox still have {join(fields)}, so nobody can unsubscribe there."
    hint = "Do not send these emails as they are: `newsletter merge`, `send` and `export` fill that in for each reader."
    return ChecklistItem("reader-addresses", "Does each reader get addresses of their own?", "decide", why, hint)


def _with_verdict(
    verdict: str, addresses: Iterable[str], link_results: Mapping[str, LinkResult]
) -> dict[str, LinkResult]:
    return {each: link_results[each] for each in addresses if link_results[each].verdict == verdict}


def _details(results: Mapping[str, LinkResult]) -> str:
    parts = [f"{address}: {result.detail}" for address, result in results.items()]
    more = [f"And {len(parts) - _MOST_NAMES} more."] if len(parts) > _MOST_NAMES else []
    return " ".join([*parts[:_MOST_NAMES], *more])


def _path_of(edition: Edition, output: Path) -> Path:
    return output / outbox.message_name(edition.issue.slug, edition.kind)


def _files(paths: list[Path], context: ReadyContext) -> str:
    return f"{join(context.project.name_of(path) for path in paths)} {'is' if len(paths) == 1 else 'are'}"


def _has(path: Path, content: bytes) -> bool:
    """Check whether a file has exactly this content. A large file of another size is not read."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
