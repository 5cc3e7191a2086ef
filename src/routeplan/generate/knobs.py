"""Knobs: the parameters that make a generated instance hard, one number each."""

from dataclasses import dataclass
from math import inf

from routeplan.errors import Message


@dataclass(frozen=True)
class Knobs:
    """Parameters of a generated instance; the defaults give the country as it is known.

    Parameters
    ----------
    headroom : float
        Factor on the room of every congestion area; below 1 the grid is fuller for longer.
    hydrogen_price : float
        Factor on what hydrogen costs at sources and hubs.
    storage_price : float
        Factor on what CO2 storage costs at stores and terminals.
    emission_cap : float, optional
        Share of today's emissions that may remain in the last period, on a straight line from today; none: no cap.
    cap_price : float
        Price of what is above the cap [EUR/t]; it keeps a strict cap from leaving no plan at all.
    budget : float
        Factor on every pot of public money.
    candidate_links : int
        Nearest network nodes, and nearest sites, to which a site may be linked; more of them, more ways to compare.
    clustering : float
        Share of the sites that are put within 2 km of another; more of them, more pipes worth sharing.
    wishes : float
        Projects that firms say they want, a site on average.
    """

    headroom: float = 1.0
    hydrogen_price: float = 1.0
    storage_price: float = 1.0
    emission_cap: float | None = None
    cap_price: float = 1000.0
    budget: float = 1.0
    candidate_links: int = 2
    clustering: float = 0.35
    wishes: float = 2.1

    def refusals(self) -> list[str]:
        """Messages on knobs out of range, with the allowed range, one line each."""
        cap = 0.0 if self.emission_cap is None else self.emission_cap
        ranges = [
            (Message("headroom"), self.headroom, 0.0, inf),
            (Message("hydrogen price"), self.hydrogen_price, 0.0, inf),
            (Message("storage price"), self.storage_price, 0.0, inf),
            (Message("emission cap"), cap, 0.0, 1.0),
            (Message("cap price"), self.cap_price, 0.0, inf),
            (Message("budget"), self.budget, 0.0, inf),
            (Message("candidate links"), self.candidate_links, 1, 50),
            (Message("clustering"), self.clustering, 0.0, 1.0),
            (Message("wishes"), self.wishes, 0.0, 20.0),
        ]
        return [
            Message("{name} is {value}; allowed: {allowed}", name=name, value=f"{value:g}", allowed=_between(low, high))
            for name, value, low, high in ranges
            if not (low <= value <= high and value < inf)
        ]


def _between(low: float, high: float) -> Message:
    if high == inf:
        return Message("{low} or more", low=f"{low:g}")
    return Message("{low} to {high}", low=f"{low:g}", high=f"{high:g}")
