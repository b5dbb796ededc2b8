"""The brand is your own and no longer the sample charity.

`newsletter new` creates a brand.yaml with a made-up charity, so that the first issue can be tried at once. Readers who
ring its number or write to its addresses reach nobody, and cannot unsubscribe. So no email is written with it.

Bad:
    helpline:
      name: "Larkmoor Neuro helpline"
      phone: 0808 157 0100

Good:
    helpline:
      name: "Saltby MS helpline"
      phone: 01632 960960

The rule is our own. It looks only at a project's own brand.yaml. A project without one can be previewed with the
sample, and `newsletter render` stops there, too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from newsletter.check.issue_text import BrandText, IssueText, brand_texts
from newsletter.check.rule import Finding
from newsletter.english import join
from newsletter.project import DEFAULT_TEMPLATES
from newsletter.source.parser import read_yaml

SEVERITY = "error"

_HINT = (
    "Write those of your own charity in brand.yaml, or delete what you do not need. Until then, `newsletter preview` "
    "shows the email, and `newsletter render --force` writes it, to try things."
)

_RIGHT_FOR_OTHER_BRANDS = {
    "language|timezone|sector": "facts that charities share",
    "images|editions|contents|layout": "choices that do not name a charity",
    r"header|panel|button|scale|radius|divider|(?:colours|font)(?:\..+)?": "the look, which others may like, too",
    r"logo\.(?:src|dark|width)": "a file may have the same name and another picture",
    r"helpline\.(?:heading|hours)": "helplines have the same headings and hours",
    r"glossary\..+|fields\..+": "words that another charity may explain, or fill in, in the same way",
}
"""Patterns of the keys whose sample values can be right for another charity, and why. All others are compared."""
# Hosts that are only for examples (RFC 2606).
_EXAMPLE = re.compile(r"(?:^|[/@.])example(?:\.(?:org|com|net))?(?=$|[/:?#])", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare a project's own brand with the sample."""
    if not issue.brand.file.is_own:
        return
    sample = _sample()
    own = [text for text in issue.brand_texts if is_of_one_charity(text.key)]
    unchanged = [text for text in own if text.text in sample.get(text.key, ())]
    unreachable = [text for text in own if _EXAMPLE.search(text.text)]
    if unchanged:
        yield Finding(unchanged[0], f"The brand still has values of the sample charity: {_keys(unchanged)}.", _HINT)
    elif unreachable:
        message = f"Nobody can be reached at an address for examples, such as example.org: {_keys(unreachable)}."
        yield Finding(unreachable[0], message, _HINT)


def is_of_one_charity(key: str) -> bool:
    """Check whether the value of a key, such as `from.name`, is about one charity only."""
    return not any(re.fullmatch(pattern, key) for pattern in _RIGHT_FOR_OTHER_BRANDS)


def _keys(texts: Sequence[BrandText]) -> str:
    """Return the keys of some values or, for several values of one part of brand.yaml, its key; with their lines."""
    parts: dict[str, list[BrandText]] = {}
    for text in texts:
        parts.setdefault(text.key.partition(".")[0], []).append(text)
    keys = {part if len({text.key for text in some}) > 1 else some[0].key: some[0] for part, some in parts.items()}
    if len(keys) == 1:
        return f"“{next(iter(keys))}”"
    return join([f"“{key}” (line {first.location.line})" for key, first in keys.items()])


@cache
def _sample() -> dict[str, list[str]]:
    """Return the values of the sample brand by their keys."""
    values: dict[str, list[str]] = {}
    for text in brand_texts(read_yaml(DEFAULT_TEMPLATES / "brand.yaml", "brand.yaml")):
        values.setdefault(text.key, []).append(text.text)
    return values
