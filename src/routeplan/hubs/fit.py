"""Whether a hub design fits the instance that it is for."""

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial

import numpy as np
import pandas as pd

from routeplan.errors import DataError
from routeplan.hubs.apply import Presence, carriers_of, decisions_of, with_designs
from routeplan.hubs.choices import sites_alone, sites_needing
from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import did_you_mean
from routeplan.network.reach import reach
from routeplan.schema.column import LARGEST
from routeplan.schema.inputs import DECIDED

Wrong = tuple[str, str]
"""What is wrong and what is allowed, and the key."""


def design_problems(design: Design, instance: Instance) -> list[Wrong]:
    """List everything in a design that the instance does not have, or that cannot be.

    Parameters
    ----------
    design : Design
        The design.
    instance : Instance
        The instance.
    """
    if not (design.hubs or design.links or design.contracts):
        return [("it has no [[hub]], [[link]] or [[contract]]; allowed: one or more of them", "")]
    found = [
        *_unknown("members", design.members or (), instance["sites"]["site"]),
        *_of_members(design),
        *_given_twice(design),
        *_unknown("forbidden_links", design.forbidden, _candidates(instance)["link"], "a candidate link"),
        *(wrong for each in design.hubs for wrong in _of_hub(each, instance)),
        *(wrong for each in design.links for wrong in _of_link(each, design, instance)),
        *(wrong for each in design.contracts for wrong in _of_contract(each, design, instance)),
    ]
    return found or [*_not_as_decided(design, instance)] or [*_of_tables(design, instance)]


def _unknown(key: str, given: Collection[str], known: "pd.Series[str]", noun: str = "a site") -> Iterator[Wrong]:
    ids = known.tolist()
    for each in given:
        if each not in ids:
            yield f"key '{key}' has '{each}'{did_you_mean(each, ids)}; allowed: {noun} of the instance", key


def _of_members(design: Design) -> Iterator[Wrong]:
    if design.members is not None and not (design.hubs or design.links):
        text = "key 'members' is given, and there is no [[hub]] or [[link]] to join"
        yield f"{text}; allowed: [[contract]] alone, whose sites share it", "members"


def _given_twice(design: Design) -> Iterator[Wrong]:
    given = [
        *(("hub", f"hub '{each.hub}', option '{each.option}'") for each in design.hubs),
        *(("link", f"link '{each.link}', size '{each.size}'") for each in design.links),
        *(("contract", f"contract '{each.contract}'") for each in design.contracts),
    ]
    for (key, label), count in Counter(given).items():
        if count > 1:
            yield f"{label} is given {count} times; allowed: once", key


def _candidates(instance: Instance) -> pd.DataFrame:
    links = instance["links"]
    return links[links["status"] == "candidate"]


def _of_hub(each: OpenedHub, instance: Instance) -> Iterator[Wrong]:
    hubs = instance["hubs"]
    label = f"hub '{each.hub}', option '{each.option}'"
    known = hubs[(hubs["hub"] == each.hub) & (hubs["option"] == each.option)]
    if each.row and len(known):
        yield f"{label} is in the instance; allowed: hub, option and first_year alone, or another id", "hub"
    elif not each.row and known.empty:
        options = (hubs["hub"] + " " + hubs["option"]).tolist()
        meant = did_you_mean(f"{each.hub} {each.option}", options)
        listed = f": {', '.join(options)}" if options else ", which has none"
        yield f"{label}{meant} is no row of hubs; allowed: one of the instance{listed}; or all its columns", "hub"
    else:
        earliest = 0.0 if each.row else float(known["first_year"].fillna(0.0).iloc[0])
        yield from _of_year(label, each.first_year, earliest, instance)


def _of_year(label: str, first_year: int, earliest: float, instance: Instance) -> Iterator[Wrong]:
    least, last = max(int(instance.horizon.first[0]), int(earliest)), int(instance.horizon.first[-1])
    if least > last:
        told = f"{label} cannot be there before {least}, and the last period begins in {last}"
        yield f"{told}; allowed: what can be there by then", "first_year"
    elif not least <= first_year <= last:
        shown = first_year if abs(first_year) <= LARGEST else f"beyond {LARGEST:g}"
        yield f"{label}: key 'first_year' is {shown}; allowed: {least} to {last}", "first_year"


def _of_link(each: BuiltLink, design: Design, instance: Instance) -> Iterator[Wrong]:
    candidates = _candidates(instance).set_index("link")
    label = f"link '{each.link}'"
    if each.link not in candidates.index:
        planned = each.link in set(instance["links"]["link"])
        told = "is planned already" if planned else f"is not there{did_you_mean(each.link, candidates.index)}"
        yield f"{label} {told}; allowed: a candidate link of the instance", "link"
        return
    if each.link in design.forbidden:
        yield f"{label} is built and forbidden; allowed: one of the two", "link"
    row, sizes = candidates.loc[[each.link]].iloc[0], instance["sizes"]
    fits = sizes.loc[(sizes["carrier"] == row["carrier"]) & (sizes["mode"] == row["mode"]), "size"].tolist()
    if each.size not in fits:
        meant = did_you_mean(each.size, fits)
        yield f"{label}: key 'size' is '{each.size}'{meant}; allowed: {', '.join(fits)}", "size"
    yield from _of_year(label, each.first_year, 0.0 if pd.isna(row["first_year"]) else row["first_year"], instance)


def _of_contract(each: SharedContract, design: Design, instance: Instance) -> Iterator[Wrong]:
    sites = instance["sites"].set_index("site")
    area, contract = sites["area"].to_dict(), sites["contract"].to_dict()
    label = f"contract '{each.contract}'"
    yield from _unknown("sites", each.sites, instance["sites"]["site"])
    known = [site for site in each.sites if site in area]
    if len({area[site] for site in known}) > 1:
        told = ", ".join(f"{site} at {area[site]}" for site in known)
        yield f"{label}: its sites hang on several stations ({told}); allowed: one station", "sites"
    # An id that others have would make them share it too.
    if each.contract in {own for site, own in contract.items() if site not in each.sites}:
        yield (
            f"{label} is that of a site outside it; allowed: an id of its own, or that of one of its sites",
            "contract",
        )
    alone = set(sites_alone(instance)["site"])
    for site in known:
        if site not in alone:
            yield f"{label}: {site} shares contract '{contract[site]}'; allowed: sites with one of their own", "sites"
        if sum(site in other.sites for other in design.contracts) > 1:
            yield f"{label}: {site} is in several contracts of the design; allowed: in one", "sites"


def _not_as_decided(design: Design, instance: Instance) -> Iterator[Wrong]:
    """What the design has and the instance has decided otherwise."""
    given = instance["decided"]
    decided = dict(zip(zip(*(given[name] for name in DECIDED.key), strict=True), given["value"], strict=True))
    against: dict[tuple[str, str, str, int], list[int]] = {}
    for (decision, item, choice, period), value in decisions_of(instance, design, Presence.FORCED).items():
        settled = decided.get((decision, item, choice, period), value)
        if settled != value:
            against.setdefault((decision, item, choice, int(settled)), []).append(period)
    for (decision, item, choice, settled), periods in against.items():
        told = "to be there" if settled else "not to be there"
        text = f"'{item}', '{choice}' is decided {told} in {', '.join(map(str, sorted(periods)))}"
        yield f"{text}; allowed: what the instance leaves open", "hub" if decision == "open" else "link"


def _of_tables(design: Design, instance: Instance) -> Iterator[Wrong]:
    """Rules of the tables that it breaks, and members that it cannot serve."""
    try:
        made = with_designs(instance, [design], design, Presence.OPTIONAL)
    except DataError as error:
        for problem in error.problems:
            yield f"it makes {problem.file.removesuffix('.csv')}: {problem.text}", problem.column
        return
    yield from _useless(made, design)


def able_to_join(instance: Instance, design: Design) -> list[str]:
    """List the sites that can use a hub or link of a design: with a route that needs its carrier, and a way to it.

    Parameters
    ----------
    instance : Instance
        The instance.
    design : Design
        A design that fits it.
    """
    made = with_designs(instance, [design], design, Presence.OPTIONAL)
    carriers = sorted(carriers_of(made, design))
    able = {site for carrier in carriers for site in sites_needing(made, carrier) & _in_reach(made, design, carrier)}
    return [site for site in instance["sites"]["site"] if site in able]


def _useless(made: Instance, design: Design) -> Iterator[Wrong]:
    """Members that it cannot serve, or that nobody can be."""
    carriers = sorted(carriers_of(made, design))
    needing, served = (
        {carrier: find(carrier) for carrier in carriers}
        for find in (partial(sites_needing, made), partial(_in_reach, made, design))
    )
    for site in design.members or ():
        if not any(site in needing[carrier] for carrier in carriers):
            told = " or ".join(carriers)
            yield f"member '{site}' has no route that needs {told}; allowed: sites that have one", "members"
        elif not any(site in needing[carrier] & served[carrier] for carrier in carriers):
            yield f"member '{site}' is out of reach; allowed: sites with a way to it", "members"
    if carriers and design.members is None and not any(needing[carrier] & served[carrier] for carrier in carriers):
        yield f"no site can use its {' and '.join(carriers)}; allowed: a design that some site can use", "hub"


def _in_reach(made: Instance, design: Design, carrier: str) -> set[str]:
    """Sites that it can serve: where it has hubs, from these alone."""
    hubs = made["hubs"]
    opened = {(each.hub, each.option) for each in design.hubs}
    if opened:
        own = [(hub, option) in opened for hub, option in zip(hubs["hub"], hubs["option"], strict=True)]
        nothing = {name: made[name].iloc[:0] for name in ("sources", "decided")}
        made = made.replace(hubs=hubs[np.array(own, dtype=bool)].reset_index(drop=True), **nothing)
    connections = reach(made, carriers=[carrier])
    return set(connections.loc[connections["source"] != "", "site"])
