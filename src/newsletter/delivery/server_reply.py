"""What a mail server answers, in the form in which it can be printed."""

from __future__ import annotations

import re

from newsletter.characters import UNPRINTABLE
from newsletter.delivery.credentials import Password

_LONGEST = 300
# The control sequences of a terminal (ECMA-48, sections 5.4 and 5.6).
_CONTROL_SEQUENCE = re.compile(
    r"""
      (?:\x1b\[|\x9b)[0-?]*[\x20-/]*[@-~]                      # with parameters, such as “clear the screen”
    | (?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\n\x9c]*    # a string, such as the title of a window,
      (?:\x07|\x1b\\|\x9c)?                                   # and its end
    | \x1b[\x20-/]*[0-~]                                       # any other
    """,
    re.VERBOSE,
)


def readable_reply(reply: bytes | str, password: Password | None) -> str:
    """Return a reply on one line, without the password and without anything that a terminal would obey.

    Args:
        reply: the words of the server.
        password: the password that it may repeat.
    """
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    text = _CONTROL_SEQUENCE.sub("", text)  # before the password is looked for, which one could cut in two
    text = password.remove_from(text) if password else text
    return " ".join(re.sub(UNPRINTABLE, " ", text).split())[:_LONGEST]
