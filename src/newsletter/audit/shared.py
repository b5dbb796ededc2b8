"""What axe-core found in one state counts for another where nothing that a rule depends on is different.

Most of axe-core's rules ask about elements, names and roles; a wider window or other colours change nothing of that.
They run once for all states that have the same structure, and those about colours once for all that have the same
colours. The report tells which ran where.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsletter.audit.axe_rules import OF_COLOURS, OF_LAYOUT
from newsletter.audit.states import State


@dataclass(frozen=True)
class Request:
    """A page to be looked at, and how."""

    html: str
    """As the state's rendering has made it."""
    state: State
    without_axe: tuple[str, ...]
    """Rules of axe-core that are not run."""
    edition: int = 0
    """Only pages of the same edition share what was found in them."""


class Shared:
    """Who runs which rule: of states that a rule cannot tell from each other, the first; the others wait for it.

    Pages are begun in the order of the requests and none waits for a later one, so that somebody always goes on.
    """

    def __init__(self, requests: Sequence[Request]) -> None:
        """Begin with pages of which nothing is known."""
        self.requests = requests
        self._signs: list[asyncio.Future[Mapping[str, str]]] = [asyncio.Future() for _ in requests]
        self._told: list[asyncio.Future[Mapping[str, Any]]] = [asyncio.Future() for _ in requests]

    def known(self, number: int, signs: Mapping[str, str]) -> None:
        """Say what is known of a page; see signs.js."""
        short = {name: hashlib.sha256(sign.encode("utf-8", "replace")).hexdigest() for name, sign in signs.items()}
        self._signs[number].set_result(short)

    async def owners(self, number: int, rules: Sequence[str]) -> dict[str, int]:
        """Give the page on which each rule runs in place of this one, or this one."""
        own = await self._signs[number]
        first = {"structure": number, "colours": number}
        for earlier in reversed(range(number)):
            if self.requests[earlier].edition == self.requests[number].edition:
                signs = await self._signs[earlier]
                first.update({kind: earlier for kind in first if signs[kind] == own[kind]})
        owners = {rule: number if rule in OF_LAYOUT else first[_kind(rule)] for rule in rules}
        # What the earlier state leaves out runs here.
        return {rule: number if rule in self.requests[owner].without_axe else owner for rule, owner in owners.items()}

    def done(self, number: int, told: Mapping[str, Any]) -> None:
        """Say what axe-core found on a page by the rules that ran on it."""
        self._told[number].set_result(told)

    async def whole(self, owners: Mapping[str, int]) -> dict[str, Any]:
        """Give what all rules found, wherever they ran."""
        told = {owner: await self._told[owner] for owner in sorted({*owners.values()})}
        found: dict[str, Any] = {}
        for kind in ("violations", "incomplete"):
            found[kind] = [item for owner, one in told.items() for item in one[kind] if owners.get(item["id"]) == owner]
        return found


def _kind(rule: str) -> str:
    return "colours" if rule in OF_COLOURS else "structure"
