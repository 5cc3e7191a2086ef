"""What tests share: where reference data lie, and the default tables."""

from pathlib import Path

import pytest

from routeplan.estimate.defaults import DefaultTables, load_defaults

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the checkout, which need not be there."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("reference data are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def defaults() -> DefaultTables:
    """The package's default tables."""
    return load_defaults()
