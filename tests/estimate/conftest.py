"""What the tests of the estimates share: the periods of the region's instances."""

import pandas as pd
import pytest

from routeplan.estimate.years import periods_between


@pytest.fixture
def periods() -> pd.DataFrame:
    """The periods of the region's instances: 2026 up to 2045."""
    return periods_between((2026, 2028, 2030, 2033, 2036, 2040), 2045)
