"""The benchmarks put a clock around functions that exist. Nothing else runs them in the tests: they take minutes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsletter import pipeline


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parents[2] / "bench")])


def test_the_stages_of_a_warm_build_are_functions_of_the_pipeline() -> None:
    from warm import STAGES  # noqa: PLC0415

    assert [name for name in STAGES if not callable(getattr(pipeline, name, None))] == []


def test_the_steps_of_a_save_are_functions_of_the_preview() -> None:
    from preview_clock import CLOCKED  # noqa: PLC0415

    assert [name for module, name in CLOCKED if not callable(getattr(module, name, None))] == []
