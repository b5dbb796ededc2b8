"""The lines of a YAML file, as problems count them."""

import re

# What YAML takes for the end of a line (https://yaml.org/spec/1.1/#id871136), and PyYAML counts; Python's own
# splitlines() knows more of them.
_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def lines_of(source: str) -> list[str]:
    """Part a file into its lines, without their ends."""
    lines = _END.split(source)
    return lines[:-1] if lines[-1] == "" else lines
