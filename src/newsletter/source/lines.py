"""The lines of a YAML file, as problems count them."""

import re

# The line breaks of YAML (https://yaml.org/spec/1.1/#id871136), which PyYAML counts. Python's own splitlines() knows
# more of them.
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def indentation(line: str) -> int:
    """Return the number of spaces at the start of a line. YAML counts no tabs."""
    return len(line) - len(line.lstrip(" "))


def split_lines(source: str) -> list[str]:
    """Split a YAML file into its lines, as problems count them. Line breaks are not included."""
    lines = _LINE_BREAK.split(source)
    return lines[:-1] if lines[-1] == "" else lines
