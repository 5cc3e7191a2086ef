"""How the saving of the region is made up: what members gain and pay, what the public pays, and what others gain."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from routeplan.schema.hubs import SHAPLEY, Presence


@dataclass(frozen=True)
class PartsOfSaving:
    """Parts of what the region saves with a design, nothing being late [M EUR, discounted].

    Parameters
    ----------
    gained : float
        What the own costs of the members fall together, whatever they pay for the design.
    paid : float
        What they pay for it together, which is the same by each key.
    public : float
        What the public bears of the cost of its hubs and links.
    others : float
        What others save besides, by costs that they share, and for which they do not pay.
    region : float
        What the whole region saves by the plans that were found.
    """

    gained: float
    paid: float
    public: float
    others: float
    region: float

    @property
    def as_planned(self) -> float:
        """What is saved in all while everybody but the members keeps the plan without the design."""
        return self.gained - self.paid - self.public + self.others

    @property
    def anew(self) -> float:
        """What the region saves beyond that: all is planned anew, and each plan is known within its gap."""
        return self.region - self.as_planned


def parts_of_saving(own: Mapping[str, pd.DataFrame]) -> PartsOfSaving | None:
    """Take the parts of a saving from tables of a comparison.

    Parameters
    ----------
    own : mapping of str to DataFrame
        The rows of its tables on one design.

    Returns
    -------
    PartsOfSaving, optional
        None where it was not asked who pays, or is not known.
    """
    plans = own["designs"]
    found = plans[(plans["presence"] == Presence.FORCED) & (plans["late"] == "")]["saves_found"].dropna()
    if own["payers"].empty or own["in_core"].empty or found.empty:
        return None
    told = own["in_core"].iloc[0]
    return PartsOfSaving(
        gained=float(own["payers"]["gains"].sum()),
        paid=float(own["payers"][SHAPLEY].sum()),
        public=float(told["public"]),
        # What is put on others is made good by the members: it is a part of what they pay.
        others=max(0.0, float(told["others"])),
        region=float(found.iloc[0]),
    )
