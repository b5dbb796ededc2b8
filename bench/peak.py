"""Measures the memory of this process."""

import resource
import sys


def peak_mb() -> float:
    """Return the largest resident memory until now, in MB. Linux counts in KB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
