"""Texts on candidate links that are left out because they lie on no sufficiently cheap path."""

import pandas as pd

from routeplan.estimate.derivation import whole_column
from routeplan.network.prune import COMPETITION, SLACK


def left_out_traces(count: int) -> pd.DataFrame:
    """Derivation row of the `count` candidate links left out, for the whole table ``links``."""
    rule = f"candidates on no way from a source or hub that is cheap enough are left out: {count} links"
    place = "routeplan.network.prune"
    parameters = f"slack {SLACK:g} ({place}); competition {COMPETITION:g} ({place})"
    return whole_column("links", ["link"], rule, parameters)


def links_left_out_line(count: int) -> str:
    """README item on the number of candidate links left out because they lie on no sufficiently cheap path."""
    return f"""\
- **Candidate links.** Left out, since they lie on no way to a source or hub that is cheap enough: {count:,} (slack
  {SLACK:g}: transport may cost up to {1 + SLACK:g} times the least). That the best plan stays is tested, not proven."""
