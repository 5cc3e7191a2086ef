"""Facts about the hydrogen and CO2 networks, for their equations and for those that strengthen them."""

from collections import defaultdict
from functools import cached_property

import pandas as pd

from routeplan.model.decisions import tuples
from routeplan.model.lookups import Lookups, Terms, gathered, terms, values
from routeplan.model.variables import Index
from routeplan.network.needs import NEED


class NetworkLookups(Lookups):
    """Flows, supply and use at nodes, and the capacity of links and hubs."""

    @cached_property
    def inflow(self) -> dict[Index, list[Index]]:
        """Flows that arrive at each carrier, node and period."""
        return self._flows("head")

    @cached_property
    def outflow(self) -> dict[Index, list[Index]]:
        """Flows that leave each carrier, node and period."""
        return self._flows("tail")

    def _flows(self, end: str) -> dict[Index, list[Index]]:
        flow = self.decisions["flow"]
        return gathered(tuples(flow, "carrier", end, "period"), tuples(flow, "link", "direction", "period"))

    @cached_property
    def hubs_at(self) -> dict[Index, list[Index]]:
        """Hub options that may handle something at each carrier, node and period."""
        output = self.decisions["output"]
        return gathered(tuples(output, "carrier", "node", "period"), tuples(output, "hub", "option", "period"))

    @cached_property
    def need(self) -> dict[str, Terms]:
        """By carrier: hydrogen used or CO2 captured by each option, by site and period [GWh/yr or kt/yr]."""
        runs = self.decisions["runs"]
        return {carrier: terms(runs, ("site", "period"), column) for carrier, column in NEED.items()}

    @cached_property
    def node_periods(self) -> list[Index]:
        """Every carrier, node and period at which anything can flow, enter, leave or be used."""
        needed = [(carrier, *index) for carrier in NEED for index in self.need[carrier]]
        drawn = tuples(self.decisions["drawn"], "carrier", "node", "period")
        return list(dict.fromkeys([*needed, *self.inflow, *self.outflow, *self.hubs_at, *drawn]))

    @cached_property
    def planned_capacity(self) -> dict[Index, float]:
        """Planned capacity by link and period, for every link that may carry anything."""
        flow = self.decisions["flow"]
        return values(flow.assign(planned=flow["capacity"].fillna(0.0)), ("link", "period"), "planned")

    @cached_property
    def sizes_of(self) -> dict[Index, list[Index]]:
        """Sizes that may be built, and their capacity, by link and period."""
        built = self.decisions["built"]
        return gathered(tuples(built, "link", "period"), tuples(built, "size", "size_capacity"))

    @cached_property
    def hub_capacity(self) -> dict[Index, float]:
        """Capacity of a hub option, by hub and option."""
        return values(self.instance["hubs"], ("hub", "option"), "capacity")

    @cached_property
    def most_asked(self) -> dict[Index, float]:
        """Largest total use of each carrier in each period [GWh/yr or kt/yr]."""
        most: dict[Index, float] = defaultdict(float)
        for carrier, column in NEED.items():
            by_process = self.decisions["runs"].groupby(["process", "period"])[column].max()
            totals = by_process.groupby("period").sum()
            most |= {(carrier, period): amount for period, amount in totals.to_dict().items()}
        return most

    @cached_property
    def tight_capacity(self) -> dict[Index, list[Index]]:
        """Sizes, cut to all that can be asked, of candidate links with a size above it."""
        built = self.decisions["built"]
        asked = pd.Series([self.most_asked[index] for index in tuples(built, "carrier", "period")], built.index, float)
        cut = built.assign(loose=built["size_capacity"] > asked, cut=built["size_capacity"].clip(upper=asked))
        tight = cut[cut.groupby(["link", "period"])["loose"].transform("any")] if len(cut) else cut
        return gathered(tuples(tight, "link", "period"), tuples(tight, "size", "cut"))

    @cached_property
    def built_at(self) -> dict[Index, list[Index]]:
        """Candidate links that end at each carrier, node and period."""
        built = self.decisions["built"]
        ends = [place for end in ("from", "to") for place in tuples(built, "carrier", end, "period")]
        return gathered(ends, tuples(built, "link", "size", "period") * 2)

    @cached_property
    def unserved_uses(self) -> dict[Index, Index]:
        """Options that need a network where nothing but candidates reaches them: carrier, node and period."""
        flow = self.decisions["flow"]
        planned = flow[flow["status"] == "planned"]
        served = {place for end in ("head", "tail") for place in tuples(planned, "carrier", end, "period")}
        served |= set(tuples(self.decisions["drawn"], "carrier", "node", "period"))
        return {
            option: (carrier, *index)
            for carrier, needs in self.need.items()
            for index, uses in needs.items()
            if (carrier, *index) not in served
            for option, _ in uses
        }

    def nodes(self) -> list[Index]:
        """Every carrier, node and period at which anything can happen."""
        return self.node_periods

    def links(self) -> list[Index]:
        """Every link in every period in which it may carry anything."""
        return list(self.planned_capacity)

    def loose_links(self) -> list[Index]:
        """Every candidate link with a size above all that can be asked."""
        return list(self.tight_capacity)

    def network_uses(self) -> list[Index]:
        """Every option that needs a network, where nothing but candidates reaches its site."""
        return list(self.unserved_uses)
