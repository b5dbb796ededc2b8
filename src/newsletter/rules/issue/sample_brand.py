"""The brand is your own and no longer the sample charity.

`newsletter new` creates a brand.yaml with a made-up charity, so that the first issue can be tried at once. Readers who
ring its number or write to its addresses reach nobody, and cannot unsubscribe.

Bad:
    helpline:
      name: "Larkmoor Neuro helpline"
      phone: 0808 157 0100

Good:
    helpline:
      name: "Saltby MS helpline"
      phone: 01632 960960

The rule is our own. It looks only at a project's own brand.yaml. A project without one shows the sample, to try things.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from newsletter.check.issue_text import IssueText, brand_texts
from newsletter.check.rule import Finding
from newsletter.english import join
from newsletter.project import DEFAULT_TEMPLATES
from newsletter.source.parser import read_yaml

SEVERITY = "warning"

# The values that are about one charity only. “Europe/London” or a colour can be right for another one, too.
_OF_ONE_CHARITY = re.compile(
    "name|organisation|website|charity_numbers|address|reply_to|list_id|why_you_get_this|disclaimer|[a-z_]+_url|"
    r"(?:from|to|unsubscribe|helpline|social)\.(?!hours).*|logo\.alt"
)
# Hosts that are only for examples (RFC 2606).
_EXAMPLE = re.compile(r"(?:^|[/@.])example(?:\.(?:org|com|net))?(?=$|[/:?#])", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare a project's own brand with the sample."""
    if not issue.brand.file.is_own:
        return
    sample = _sample()
    unchanged = [
        text
        for text in issue.brand_texts
        if _OF_ONE_CHARITY.fullmatch(text.key) and (text.text in sample.get(text.key, ()) or _EXAMPLE.search(text.text))
    ]
    if unchanged:
        keys = list(dict.fromkeys(f"“{text.key}”" for text in unchanged))
        listed = [*keys[:5], f"{len(keys) - 5} more"] if len(keys) > 6 else keys
        message = f"The brand still has values of the sample charity: {join(listed)}."
        yield Finding(unchanged[0], message, "Write those of your own charity here, or delete what you do not need.")


@cache
def _sample() -> dict[str, list[str]]:
    """Return the values of the sample brand by their keys."""
    values: dict[str, list[str]] = {}
    for text in brand_texts(read_yaml(DEFAULT_TEMPLATES / "brand.yaml", "brand.yaml")):
        values.setdefault(text.key, []).append(text.text)
    return values
