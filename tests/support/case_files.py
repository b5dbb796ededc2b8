"""The YAML files of cases, each read once for all tests that use it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from newsletter.source.parser import LOADER


@cache
def read_cases(path: Path) -> Any:
    """Return what a file of cases holds; nobody changes it."""
    return yaml.load(path.read_text("utf-8"), LOADER)
