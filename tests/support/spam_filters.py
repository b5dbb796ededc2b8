"""Two filters for spam, without the network: SpamAssassin and rspamd (Debian's packages of these names).

Only what they say about the message itself counts: nothing is asked about the sender or the addresses in it.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from support.programs import require, running


@dataclass(frozen=True)
class Verdict:
    """The score of a message, the score from which on it is spam, and the rules that it met, with the score of each.

    SpamAssassin does not print the score of each rule.
    """

    score: float
    limit: float
    rules: Mapping[str, float]


def spamassassin(messages: Sequence[bytes], folder: Path) -> list[Verdict]:
    """Return the verdicts of SpamAssassin, in the order of the messages."""
    require(["spamassassin"], "SpamAssassin judges no issue")
    preferences = folder / "preferences"
    preferences.write_text("use_bayes 0\nuse_auto_whitelist 0\nskip_rbl_checks 1\nreport_safe 0\n", "utf-8")
    mbox = b"".join(
        b"From a@example.org Thu Jan  1 00:00:00 2026\n%s\n\n" % _numbered(*each) for each in enumerate(messages)
    )
    command = ["spamassassin", "--local", "--mbox", "--prefspath", str(preferences), "--nocreate-prefs"]
    ended = subprocess.run(command, input=mbox, capture_output=True, check=True, env=_environment(folder))
    verdicts = {}
    # It reads its rules once, and does not keep the order.
    for message in re.split(r"^From .*\n", ended.stdout.decode("utf-8", "replace"), flags=re.MULTILINE)[1:]:
        head = re.sub(r"\n[ \t]+", " ", message.partition("\n\n")[0])
        match = re.search(r"^X-Spam-Status: \w+, score=(\S+) required=(\S+) tests=(.*?) autolearn", head, re.MULTILINE)
        number = re.search(r"^X-Number: (\d+)", head, re.MULTILINE)
        if match and number:
            verdicts[int(number[1])] = Verdict(
                float(match[1]), float(match[2]), dict.fromkeys(re.split(r",\s*", match[3]), 0.0)
            )
    return [verdicts[number] for number in range(len(messages))]


def _numbered(number: int, message: bytes) -> bytes:
    return b"X-Number: %d\n%s" % (number, message.replace(b"\r\n", b"\n"))


def _environment(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


# What asks the network, a database, or earlier messages.
_OFF = [
    "antivirus",
    "arc",
    "asn",
    "clickhouse",
    "dkim",
    "dkim_signing",
    "dmarc",
    "elastic",
    "external_services",
    "fuzzy_check",
    "greylist",
    "history_redis",
    "metadata_exporter",
    "mx_check",
    "neural",
    "phishing",
    "ratelimit",
    "rbl",
    "replies",
    "reputation",
    "spf",
    "surbl",
    "url_redirector",
]


@contextmanager
def running_rspamd() -> Iterator[int]:
    """Run rspamd until the end of the block, and yield its port."""
    require(["rspamd"], "rspamd judges no issue")
    with TemporaryDirectory(prefix="newsletter-rspamd-") as name, socket.socket() as probe:
        folder = Path(name)
        folder.chmod(0o777)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        local = folder / "local.d"
        for each in (local, folder / "db", folder / "run"):
            each.mkdir()
            each.chmod(0o777)
        for module in _OFF:
            (local / f"{module}.conf").write_text("enabled = false;\n", "utf-8")
        for worker in ("controller", "proxy", "fuzzy"):
            (local / f"worker-{worker}.inc").write_text("enabled = false;\n", "utf-8")
        (local / "worker-normal.inc").write_text(f'bind_socket = "127.0.0.1:{port}";\ncount = 1;\n', "utf-8")
        # Port 9 of this computer answers nobody. Hyperscan would first compile its patterns for a quarter of a minute.
        (local / "options.inc").write_text(
            'disable_hyperscan = true;\ndns { nameserver = ["127.0.0.1:9"]; timeout = 0.1s; }\n', "utf-8"
        )
        (local / "logging.inc").write_text(f'type = "file";\nfilename = "{folder}/log";\n', "utf-8")
        variables = {"LOCAL_CONFDIR": folder, "DBDIR": folder / "db", "RUNDIR": folder / "run", "LOGDIR": folder}
        options = [f"--var={key}={value}" for key, value in variables.items()]
        command = ["rspamd", "-f", "-i", "-c", "/etc/rspamd/rspamd.conf", *options]
        with running(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            _wait_for(port)
            yield port


def rspamd(messages: Sequence[bytes], port: int) -> list[Verdict]:
    """Return the verdicts of a running rspamd, in the order of the messages."""
    verdicts = []
    for message in messages:
        # As a server says it that has taken the message from a host with a name.
        envelope = {
            "IP": "192.0.2.1",
            "Helo": "mx.example.org",
            "Hostname": "mx.example.org",
            "From": "news@example.org",
        }
        request = urllib.request.Request(f"http://127.0.0.1:{port}/checkv2", message, envelope)
        with urllib.request.urlopen(request, timeout=60) as answer:
            data = json.load(answer)
        rules = {rule: values["score"] for rule, values in data["symbols"].items()}
        verdicts.append(Verdict(data["score"], data["required_score"], rules))
    return verdicts


def _wait_for(port: int) -> None:
    # It compiles thousands of patterns before it listens.
    until = time.monotonic() + 170
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < until, "rspamd does not start."
            time.sleep(0.2)
