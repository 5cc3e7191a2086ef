"""What the tests of the importers share: a few real rows of the registry."""

from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "data" / "eutl_sample.csv"


@pytest.fixture
def sample() -> Path:
    """A small part of the registry export: nine sites of the Achterhoek, and rows of most other kinds."""
    return SAMPLE
