"""The fingerprint of an instance, the same however it was stored."""

from collections.abc import Mapping

import pandas as pd

from routeplan.scenario import Scenario
from routeplan.settings import Settings


def fingerprint(settings: Settings, tables: Mapping[str, pd.DataFrame], scenarios: tuple[Scenario, ...]) -> str:
    """SHA-256 of settings, tables and scenarios."""
    raise NotImplementedError
