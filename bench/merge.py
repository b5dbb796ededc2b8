"""Measure `newsletter merge`: emails a second, memory, and whether a run that is killed goes on with nobody missing.

    .venv/bin/python bench/merge.py [--readers 5000] [--memory 1000,100000] [--kills 200] [--on FOLDER]

The issue is the shipped one in its standard edition, with an address of each reader's own in three places. Beside
`merge`, it writes the same emails to the same kind of target in two other ways: an `EmailMessage` of the standard
library for each reader, and the finished bytes as they are. The three alternate, the processor time of each is
measured, and ratios are of the same round, so that other work on the machine matters less. Prints Markdown.

--on is where the emails are written, such as /dev/shm: a disk takes longer to create a file than all the rest.

Memory is the most that a process of its own had, with emails of text alone. A round of --kills ends a process with
SIGKILL at random moments until the whole list is done, and takes emails away in between, as a mail server does.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import resource
import shutil
import signal
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from operator import truediv
from pathlib import Path

from newsletter.issue.load import load_brand
from newsletter.merge import Destination, merge
from newsletter.personal.field_tokens import TokenMaker
from newsletter.personal.list_file import open_list
from newsletter.personal.shard import Shard
from newsletter.personal.targets import LINE_ENDS, TargetKind, open_target
from newsletter.pipeline import build_editions, build_filled_issue
from newsletter.prepare import PreparedIssue
from newsletter.project import DEFAULT_TEMPLATES, Project

ROOT = Path(__file__).parents[1]
PROJECT = Project(ROOT)
SLUG = "2023-09-26-stem-cell-hope"
KINDS: Sequence[TargetKind] = ("folder", "maildir", "mbox")
RUNS = 5
_SHARE_OF_SLOW = 50
"""An `EmailMessage` takes so long that only one reader in fifty gets one."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=5000)
    parser.add_argument("--memory", default="1000,100000")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--on", type=Path)
    arguments = parser.parse_args()
    editions = _editions()
    gc.disable()  # as the command does
    with tempfile.TemporaryDirectory(dir=arguments.on) as name:
        if arguments.readers:
            _speed(Path(name), editions["standard"], arguments.readers)
        if arguments.memory:
            _memory(Path(name), editions["text-only"], [int(number) for number in arguments.memory.split(",")])
        if arguments.kills:
            _kills(Path(name), editions["text-only"], arguments.kills)


def _editions() -> dict[str, PreparedIssue]:
    url = "https://www.example.org/neuro-news/{}"
    text = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")
    for page in ("unsubscribe", "preferences"):
        text = re.sub(f"{url.format(page)}$", f'"{url.format(page)}/{{token}}"', text, flags=re.MULTILINE)
    make_token = TokenMaker([text])
    path = PROJECT.issues / f"{SLUG}.yaml"
    build = build_filled_issue(path, PROJECT, load_brand(PROJECT, text), path.read_text("utf-8"), make_token)
    editions = build_editions(build, PROJECT, ["standard", "text-only"])
    return {edition.kind: PreparedIssue([edition], make_token.uses) for edition in editions}


def _write_list(folder: Path, readers: int) -> Path:
    names = ("Sam Price", "Zoë O’Brien", "", "Al", "Ffion Huws")
    path = folder / "readers.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("address,name,token\n")
        for number in range(readers):
            file.write(f"reader{number}@example.org,{names[number % len(names)]},k{number:x}\n")
    return path


def _merge(readers: Path, issue: PreparedIssue, kind: TargetKind, path: Path) -> int:
    with open_list(readers, readers.name, "") as file:
        destination = Destination(kind, path, Shard(), resume=True)
        return merge(issue, file, destination, PROJECT, lambda _: None)[0].emails.total()


# Speed


def _speed(folder: Path, issue: PreparedIssue, readers: int) -> None:
    print(f"{readers:,} readers, {len(issue.editions[0].message) / 1000:.0f} KB each, medians of {RUNS} runs\n")
    print("| target | merge, emails a second | `EmailMessage` for each | ratio | the same bytes raw | ratio |")
    print("| --- | --: | --: | --: | --: | --: |")
    list_ = _write_list(folder, readers)
    for kind in KINDS:
        ours, slow, raw = [], [], []
        for _ in range(RUNS):
            target = folder / "out"
            ours.append(readers / _measured(lambda: _merge(list_, issue, kind, target)))  # noqa: B023
            finished = list(_finished(target, kind))
            _clear(folder)
            raw.append(readers / _measured(lambda: _raw(finished, kind, target)))  # noqa: B023
            _clear(folder)
            few = readers // _SHARE_OF_SLOW
            slow.append(few / _measured(lambda: _with_email_message(issue, kind, target, few)))  # noqa: B023
            _clear(folder)
        fast, other, plain = (statistics.median(values) for values in (ours, slow, raw))
        to_other, to_plain = (statistics.median(map(truediv, ours, values)) for values in (slow, raw))
        print(f"| {kind} | {fast:,.0f} | {other:,.0f} | **{to_other:.0f}** | {plain:,.0f} | **{to_plain:.2f}** |")


def _measured(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def _clear(folder: Path) -> None:
    for path in folder.glob("out*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _finished(path: Path, kind: TargetKind) -> Iterator[bytes]:
    """Yield the emails of a target, those of an mbox with the line before each."""
    if kind == "mbox":
        yield from re.split(rb"(?<=\n)(?=From )", path.read_bytes())
    else:
        for file in (path / "new" if kind == "maildir" else path).iterdir():
            yield file.read_bytes()


def _raw(messages: Sequence[bytes], kind: TargetKind, path: Path) -> None:
    """Write finished bytes with as little as possible around them; into a Maildir as its standard demands."""
    if kind == "mbox":
        with path.open("wb", buffering=0) as file:
            for message in messages:
                file.write(message)
        return
    for folder in ("tmp", "new") if kind == "maildir" else ("",):
        (path / folder).mkdir(parents=True)
    for number, message in enumerate(messages):
        first = path / ("tmp" if kind == "maildir" else "") / f"{number}.eml"
        with open(first, "wb", buffering=0) as file:  # noqa: PTH123 - a Path costs more than this
            file.write(message)
        if kind == "maildir":
            os.rename(first, path / "new" / f"{number}.eml")  # noqa: PTH104 - as above


def _with_email_message(issue: PreparedIssue, kind: TargetKind, path: Path, readers: int) -> None:
    """Build each email with the standard library, and write it as `merge` writes them."""
    edition, (token,) = issue.editions[0], issue.tokens
    target = open_target(kind, path, "bench", "news@example.org", edition.issue.sent_at(edition.brand.zone))
    target.recover("")
    line_end = LINE_ENDS[kind]
    for number in range(readers):
        message = EmailMessage(SMTP.clone(linesep=line_end))
        message["From"] = Address(edition.brand.sender.name or "", addr_spec=edition.brand.sender.address)
        message["To"] = Address("Zoë O’Brien", addr_spec=f"reader{number}@example.org")
        message["Subject"] = edition.issue.subject
        message["List-Unsubscribe"] = f"<{edition.brand.unsubscribe.url.replace(token, str(number))}>"
        message.set_content(edition.text.replace(token, str(number)))
        message.add_alternative(edition.inlined.replace(token, str(number)), subtype="html")
        target.write([(number, number.to_bytes(8, "big"), [message.as_bytes()])])
        target.deliver()
    target.finish()


def _in_a_process_of_its_own(function: Callable[[], object]) -> int:
    """Start a process that calls a function, and return its id."""
    if pid := os.fork():
        return pid
    try:
        function()
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


# Memory


def _memory(folder: Path, issue: PreparedIssue, sizes: Sequence[int]) -> None:
    print(f"\n| readers, {len(issue.editions[0].message) / 1000:.0f} KB each | most memory, MB | emails a second |")
    print("| --: | --: | --: |")
    for size in sizes:
        list_ = _write_list(folder, size)
        start = time.perf_counter()
        pid = _in_a_process_of_its_own(lambda: _merge(list_, issue, "mbox", folder / "out"))  # noqa: B023
        _, status, usage = os.wait4(pid, 0)
        spent = time.perf_counter() - start
        assert status == 0
        print(f"| {size:,} | {usage.ru_maxrss / 1000:.0f} | {size / spent:,.0f} |")
        _clear(folder)


# Kills


def _kills(folder: Path, issue: PreparedIssue, kills: int) -> None:
    source, done, rounds = random.Random(1), 0, 0
    while done < kills:
        kind = KINDS[rounds % len(KINDS)]
        done += _killed_round(folder, issue, kind, source)
        rounds += 1
        print(f"{done} of {kills} kills", file=sys.stderr)
    print(f"\nKilled {done} times in {rounds} rounds: every reader has exactly one email.")


def _killed_round(folder: Path, issue: PreparedIssue, kind: TargetKind, source: random.Random) -> int:
    readers, kills = 2000, 0
    list_, target = _write_list(folder, readers), folder / "out"
    got: Counter[bytes] = Counter()
    start = time.perf_counter()
    _merge(list_, issue, kind, target)
    whole = time.perf_counter() - start
    _clear(folder)
    while True:
        pid = _in_a_process_of_its_own(lambda: _merge(list_, issue, kind, target))
        time.sleep(source.uniform(0, 1.2 * whole))
        os.kill(pid, signal.SIGKILL)  # without effect if it has ended
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert status in (0, -signal.SIGKILL), status
        is_whole = status == 0
        kills += not is_whole
        if target.exists() and (kind != "mbox" or is_whole):
            got.update(_take(target, kind))
        if is_whole:
            assert len(got) == readers and set(got.values()) == {1}, (kind, len(got), Counter(got.values()))
            _clear(folder)
            return kills


def _take(target: Path, kind: TargetKind) -> Iterator[bytes]:
    """Yield the address of each email, and take the emails away."""
    folder = target / "new" if kind == "maildir" else target
    files = [target] if kind == "mbox" else [path for path in folder.glob("*") if path.is_file()]
    for path in files:
        yield from re.findall(rb"^To: [^<]*<(.*)>", path.read_bytes(), re.MULTILINE)
        path.unlink()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
