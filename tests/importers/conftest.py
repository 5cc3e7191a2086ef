"""What the tests of the importers share: the default tables, periods, and a few real rows of the registry."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.importers.defaults import DefaultTables, load_defaults
from routeplan.importers.years import periods_between

SAMPLE = Path(__file__).parent / "data" / "eutl_sample.csv"


@pytest.fixture(scope="session")
def defaults() -> DefaultTables:
    """The package's default tables."""
    return load_defaults()


@pytest.fixture
def periods() -> pd.DataFrame:
    """The periods of the region's instances: 2026 up to 2045."""
    return periods_between((2026, 2028, 2030, 2033, 2036, 2040), 2045)


@pytest.fixture
def sample() -> Path:
    """A small part of the registry export: nine sites of the Achterhoek, and rows of most other kinds."""
    return SAMPLE
