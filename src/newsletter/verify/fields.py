"""Read a YAML file again with the words that stand for its merge fields, such as “reader” for `{first_name|reader}`."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Words = tuple[tuple[str, str], ...]
"""Each field as it was typed, and the words that stand for it."""

_NO_FIELD = r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|\\."
"""Code, and a sign after a backslash: no field is in these."""

_NOT_IN_ADDRESS = " \n<>[]"
_ADDRESS = re.compile("https?://|mailto:", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((?:[^()]|\([^()]*+\))*+\)")


def yaml_root(source: str, words: Words = ()) -> yaml.Node | None:
    """Return the nodes of a YAML file; None if it is empty.

    Args:
        source: the YAML.
        words: what stands for its fields.
    """
    root = yaml.compose(source, Loader=_LOADER)
    if words and root is not None:
        for node in _scalars(root):
            node.value = _filled(node.value, dict(words))
    return root


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)


def _filled(text: str, words: dict[str, str]) -> str:
    if not any(typed in text for typed in words):
        return text
    pattern = re.compile("|".join([_NO_FIELD, *map(re.escape, words)]), re.DOTALL)
    pieces, end, run = list[str](), 0, ""
    for match in pattern.finditer(text):
        before, new = text[end : match.start()], words.get(match[0], match[0])
        run = _after(run + before, _NOT_IN_ADDRESS)
        if match[0] in words and _ADDRESS.search(_after(_IN_BRACKETS.sub("", run), "()")):
            new = quote(new, safe="")
        pieces += [before, new]
        run, end = _after(run + new, _NOT_IN_ADDRESS), match.end()
    return "".join([*pieces, text[end:]])


def _after(text: str, signs: str) -> str:
    """Return what is after the last of some signs in a text; all of it if there is none of them."""
    return text[max(map(text.rfind, signs)) + 1 :]
