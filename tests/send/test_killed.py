"""A program that is killed at random moments, and goes on: no reader has two messages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.mark.skipif(sys.platform == "win32", reason="a process is copied by fork")
def test_killed_at_random_moments_no_reader_has_two_messages_and_none_is_forgotten() -> None:
    """A few times. `bench/send.py` does it 200 times."""
    command = [sys.executable, "-m", "support.killed_send", "6"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("killed "), ended.stdout
