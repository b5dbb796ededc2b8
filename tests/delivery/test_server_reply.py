"""What a mail server answers is printed without anything that a terminal would obey."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.delivery.server_reply import readable_reply


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (b"a\x1b[2Jb \x1b[31;1mred\x1b[0m", "ab red"),
        (b"\x1b]0;a title\x07no \x1b]8;;https://a.test/\x1b\\link", "no link"),
        ("\x9b1mbold\x9b0m \x9dtitle\x9cend".encode(), "bold end"),
        (b"\x1bcreset \x1b(Bset \x1b", "reset set"),
        (b"\x1bPdevice\x1b\\x", "x"),
        (b"a\x1b]0;never closed\nnext", "a next"),
        (b"one\r\n two\x00\x08", "one two"),
        ("[2J] stays, ~ and [a]", "[2J] stays, ~ and [a]"),
        (b"x" * 400, "x" * 300),
    ],
)
def test_a_whole_control_sequence_is_left_out(reply: bytes | str, text: str) -> None:
    assert readable_reply(reply, None) == text


@given(st.text("\x1b\x9b\x9d\x07\\\\[]2J;mPa \n", max_size=60))
def test_nothing_that_a_terminal_obeys_is_left(reply: str) -> None:
    assert not set(readable_reply(reply, None)) & {"\x1b", "\x9b", "\x9d", "\x07", "\n"}
