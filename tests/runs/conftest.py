"""Calls of these tests are known to the processes that run them."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def known_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
