"""Turn the sample brand into that of another charity: the sample stops a render."""

from __future__ import annotations

from pathlib import Path

import newsletter

_OWN = {
    "Neuro News": "Nerve News",
    "neuro-news": "nerve-news",
    "Larkmoor": "Saltby",
    "example.org": "saltby.test",
    "Example Street": "Mill Street",
    "0808 157 0100": "0808 157 0101",
    "Registered charity": "Charity",
}


def own_brand(sample: str) -> str:
    """Return the text of a brand file with the values of another charity."""
    for value, own in _OWN.items():
        sample = sample.replace(value, own)
    return sample


def write_own_brand(folder: Path) -> None:
    """Write the brand that `newsletter new` creates into a project, as if an editor had changed its values."""
    sample = (Path(newsletter.__file__).parent / "new_brand.yaml").read_text("utf-8")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "brand.yaml").write_text(own_brand(sample), "utf-8")
