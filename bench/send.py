"""Measure `newsletter send`: messages through a real Postfix; and kill it, to see whether somebody gets two.

    .venv/bin/python bench/send.py [--messages 1000] [--connections 1,4] [--kills 200]

The relay of --messages is a Postfix on the loopback address, which needs root. Each message is signed with DKIM, and
each that is delivered is compared with the one that `newsletter merge` writes, and its signature verified. --kills ends
the program with SIGKILL at random moments; the relay is then a process that notes whom it accepted a message for.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import dkim

from support.command import run
from support.dkim_key import private_key, public_record
from support.killed_send import main as kill_runs
from support.postfix import running_postfix
from support.reader_project import SLUG, new_files, write_reader_project, write_relay


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--connections", default="1,4")
    parser.add_argument("--kills", type=int, default=200)
    arguments = parser.parse_args()
    if arguments.messages:
        print("| connections | DKIM | messages a second | arrived byte for byte | valid signatures |")
        print("| --: | --- | --: | --: | --: |")
        for connections in arguments.connections.split(","):
            for is_signed in (False, True):
                _send(arguments.messages, int(connections), is_signed)
    if arguments.kills:
        done = kill_runs(arguments.kills)
        print(f"\nKilled {done.kills} times in {done.rounds} rounds: no reader had two messages.")
        print(f"Unknown: {done.unknown} messages, of which the relay had {done.arrived}.")


def _send(readers: int, connections: int, is_signed: bool) -> None:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name, running_postfix("saltby.test") as server:
        folder = Path(name)
        (folder / "new").mkdir()
        files = new_files(folder / "new")
        write_reader_project(folder / "project", files)
        os.chdir(folder / "project")
        rows = "".join(f"reader{number}@saltby.test,Zoë {number},k{number}\n" for number in range(readers))
        Path("readers.csv").write_text(f"address,name,token\n{rows}", "utf-8")
        run("merge", SLUG, "--recipients", "readers.csv", "--folder", "merged")
        Path("dkim.pem").write_bytes(private_key())
        signing = ['dkim_selector = "news2026"', 'dkim_key = "dkim.pem"'] if is_signed else []
        write_relay(server.port, f"connections = {connections}", *signing)
        start = time.perf_counter()
        result = run("send", SLUG, "--recipients", "readers.csv", "--yes", str(readers))
        spent = time.perf_counter() - start
        assert result.exit_code == 0, result.stderr
        stored = [message.replace(b"\n", b"\r\n") for message in server.delivered(readers)]
        expected = {path.read_bytes() for path in Path("merged").glob("*.eml")}
        same = {message[message.index(b"\r\nDate: ") + 2 :] for message in stored} & expected
        own = [re.search(rb"^Delivered-To: (.*)\r$", each, re.MULTILINE) for each in stored]
        to = [re.search(rb"^To: .*<(.*)>\r$", each, re.MULTILINE) for each in stored]
        assert [match and match[1] for match in own] == [match and match[1] for match in to]
        valid = sum(dkim.verify(message, dnsfunc=lambda *_, **__: public_record()) for message in stored if is_signed)
        rate, count = f"{readers / spent:,.0f}", f"{valid:,}" if is_signed else ""
        print(
            f"| {connections} | {'yes' if is_signed else 'no'} | {rate} | {len(same):,} of {len(stored):,} | {count} |"
        )
        os.chdir(before)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
