"""Fullness of a limit: its class, and its share in words, the same on the map and in charts."""

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.result.summary_limits import BINDS
from routeplan.tolerances import FEASIBILITY

TIGHT_FROM = 0.7
"""Share from which a limit is nearly full."""

ROOM, TIGHT, SHORT, FULL, OVER = "room", "tight", "short", "full", "over"
"""Classes: below `TIGHT_FROM`, up to `BINDS`, up to `BINDS` with too little left for a project that waits, up to all of
it, and more than that (of a target with a price)."""

COLOURS = {
    ROOM: palette.ROOM,
    TIGHT: palette.TIGHT,
    SHORT: palette.SHORT,
    FULL: palette.FULL,
    OVER: palette.OVER,
}
"""Colour of each class, in the order of legends."""


def fullness(share: "pd.Series[float]", short: "pd.Series[bool]") -> NDArray[np.str_]:
    """The class of each share that is used of a limit; `short` where a project waits that needs more than is left."""
    classes = [share > 1.0 + FEASIBILITY, share >= BINDS, short, share >= TIGHT_FROM]
    return np.asarray(np.select(classes, [OVER, FULL, SHORT, TIGHT], ROOM))


def share_told(share: float, words: Words) -> str:
    """A share in whole per cent, rounded down so that number and class agree; what is full is shown as full."""
    return words.percent(1.0 if BINDS <= share < 1.0 else math.floor(100.0 * share + FEASIBILITY) / 100.0)


def class_names(words: Words) -> dict[str, str]:
    """Name of each class, in the order of legends."""
    share = words.percent(TIGHT_FROM)
    return {
        ROOM: words("less than {share} used", share=share),
        TIGHT: words("{share} or more", share=share),
        SHORT: words("too little for a project that waits"),
        FULL: words("full"),
        OVER: words("more than allowed"),
    }
