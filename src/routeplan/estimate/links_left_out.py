"""Texts on candidate links that are left out because they lie on no sufficiently cheap path."""

import pandas as pd

from routeplan.estimate.derivation import whole_column
from routeplan.language.language import Language, Words
from routeplan.network.prune import COMPETITION, SLACK


def left_out_traces(count: int) -> pd.DataFrame:
    """Derivation row of the `count` candidate links left out, for the whole table ``links``."""
    rule = f"candidates on no way from a source or hub that is cheap enough are left out: {count} links"
    place = "routeplan.network.prune"
    parameters = f"slack {SLACK:g} ({place}); competition {COMPETITION:g} ({place})"
    return whole_column("links", ["link"], rule, parameters)


_LINES = {
    Language.ENGLISH: """\
- **Candidate links.** Left out, since they lie on no way to a source or hub that is cheap enough: {count} (slack
  {slack}: transport may cost up to {most} times the least). That the best plan stays is tested, not proven.""",
    Language.DUTCH: """\
- **Mogelijke verbindingen.** Weggelaten, omdat ze op geen route naar een bron of hub liggen die goedkoop genoeg is:
  {count} (speling {slack}: transport mag tot {most} keer het minimum kosten). Dat het beste plan daarmee behouden
  blijft, is getoetst en niet bewezen.""",
}


def links_left_out_line(count: int, words: Words) -> str:
    """README item on the number of candidate links left out because they lie on no sufficiently cheap path."""
    return _LINES[words.language].format(
        count=words.number(count), slack=words.number(SLACK), most=words.number(1 + SLACK)
    )
