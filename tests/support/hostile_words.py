"""YAML whose texts are attacks: every value that the program takes has one at its end."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import yaml

Path = tuple[str | int, ...]

ATTACKS = (
    """</script></style></template><script>top.hacked = 1</script><!-- "'><img src={there}a onerror=top.hacked=1>"""
    """<svg onload=top.hacked=1> url({there}b) javascript:top.hacked=1 &#60;script src={there}c>""",
    """"'><script src={there}d></script><!--""",
    """'); } * { background: url({there}e) } --></""",
)
"""The endings to try for each value, of which the first that is accepted is used."""


class _Loader(yaml.SafeLoader):
    """Reads 10:30 as a text, and not as a number of minutes."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":int", ":float"))]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^\d+$"), list("0123456789"))


def with_attacks(
    text: str, there: str, faulty_lines: Callable[[str], Sequence[int]], but: Collection[Path] = ()
) -> tuple[str, int, set[Path]]:
    """Put attacks into the values of a YAML file.

    Args:
        text: the YAML.
        there: an address that nothing may ask.
        faulty_lines: returns the lines of the values that the program refuses.
        but: the paths of values that stay as they are.

    Returns:
        The new YAML, how many values have an attack, and the paths of those that take none.
    """
    data = yaml.load(text, _Loader)
    refused = {path: value for path, value in _texts(data) if path not in but}
    every = len(refused)
    for attack in ATTACKS:
        chosen = dict(refused)
        while chosen:
            changed = _changed(data, {path: value + attack.replace("{there}", there) for path, value in chosen.items()})
            lines = faulty_lines(new := _dumped(changed))
            if not lines:
                data, refused = changed, {path: value for path, value in refused.items() if path not in chosen}
                break
            places = _lines(yaml.compose(new))
            fewer = {path: value for path, value in chosen.items() if places[path].isdisjoint(lines)}
            assert len(fewer) < len(chosen), lines
            chosen = fewer
    return _dumped(data), every - len(refused), set(refused)


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def _changed(data: Any, values: dict[Path, str]) -> Any:
    changed = copy.deepcopy(data)
    for path, value in values.items():
        holder = changed
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = value
    return changed


def _dumped(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**9))


def _lines(node: Any, path: Path = ()) -> dict[Path, set[int]]:
    """Return the lines of each text by its path."""
    if isinstance(node, yaml.ScalarNode):
        return {path: set(range(node.start_mark.line + 1, node.end_mark.line + 2))}
    pairs = (
        [(key.value, value) for key, value in node.value]
        if isinstance(node, yaml.MappingNode)
        else list(enumerate(node.value))
    )
    return {each: lines for key, value in pairs for each, lines in _lines(value, (*path, key)).items()}
