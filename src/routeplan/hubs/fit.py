"""Whether a hub design fits the instance that it is for."""

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial

import numpy as np
import pandas as pd

from routeplan.errors import DataError, Problem
from routeplan.hubs.apply import Presence, carriers_of, decisions_of, with_designs
from routeplan.hubs.choices import sites_alone, sites_needing
from routeplan.hubs.design import BuiltLink, Design, OpenedHub
from routeplan.hubs.wrong import Part, Wrong
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import did_you_mean
from routeplan.network.reach import reach
from routeplan.schema.column import LARGEST
from routeplan.schema.inputs import DECIDED, HUBS, SITES


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
        return [Wrong("it has no [[hub]], [[link]] or [[contract]]; allowed: one or more of them")]
    found = [*problems_of_parts(design, instance), *_of_members(design)]
    return found or [*_not_as_decided(design, instance)] or [*_of_tables(design, instance)]


def problems_of_parts(design: Design, instance: Instance) -> list[Wrong]:
    """List what is wrong with parts of a design, each by itself, whether the rest of it is known or not.

    Parameters
    ----------
    design : Design
        The design.
    instance : Instance
        The instance.
    """
    return [
        *_unknown(("members",), design.members or (), instance["sites"]["site"]),
        *_given_twice(design),
        *_unknown(("forbidden_links",), design.forbidden, _candidates(instance)["link"], "a candidate link"),
        *(wrong for at, each in enumerate(design.hubs) for wrong in _of_hub(("hub", at), each, instance)),
        *(wrong for at, each in enumerate(design.links) for wrong in _of_link(("link", at), each, design, instance)),
        *(wrong for at in range(len(design.contracts)) for wrong in _of_contract(at, design, instance)),
    ]


def _unknown(part: Part, given: Collection[str], known: "pd.Series[str]", noun: str = "a site") -> Iterator[Wrong]:
    ids = known.tolist()
    for number, each in enumerate(given):
        if each not in ids:
            text = f"key '{part[-1]}' has '{each}'{did_you_mean(each, ids)}; allowed: {noun} of the instance"
            yield Wrong(text, (*part, number))


def _of_members(design: Design) -> Iterator[Wrong]:
    if design.members is not None and not (design.hubs or design.links):
        text = "key 'members' is given, and there is no [[hub]] or [[link]] to join"
        yield Wrong(f"{text}; allowed: [[contract]] alone, whose sites share it", ("members",))


def _given_twice(design: Design) -> Iterator[Wrong]:
    given = [
        *(("hub", f"hub '{each.hub}', option '{each.option}'") for each in design.hubs),
        *(("link", f"link '{each.link}', size '{each.size}'") for each in design.links),
        *(("contract", f"contract '{each.contract}'") for each in design.contracts),
    ]
    for (key, label), count in Counter(given).items():
        if count > 1:
            same_key = [each for each in given if each[0] == key]
            last = max(at for at, each in enumerate(same_key) if each[1] == label)
            yield Wrong(f"{label} is given {count} times; allowed: once", (key, last, key))


def _candidates(instance: Instance) -> pd.DataFrame:
    links = instance["links"]
    return links[links["status"] == "candidate"]


def _of_hub(part: Part, each: OpenedHub, instance: Instance) -> Iterator[Wrong]:
    hubs = instance["hubs"]
    label = f"hub '{each.hub}', option '{each.option}'"
    known = hubs[(hubs["hub"] == each.hub) & (hubs["option"] == each.option)]
    if each.row and len(known):
        text = f"{label} is in the instance; allowed: hub, option and first_year alone, or another id"
        yield Wrong(text, (*part, "hub"))
    elif not each.row and known.empty:
        options = (hubs["hub"] + " " + hubs["option"]).tolist()
        meant = did_you_mean(f"{each.hub} {each.option}", options)
        listed = f": {', '.join(options)}" if options else ", which has none"
        text = f"{label}{meant} is no row of hubs; allowed: one of the instance{listed}; or all its columns"
        yield Wrong(text, (*part, "hub"))
    else:
        earliest = 0.0 if each.row else float(known["first_year"].fillna(0.0).iloc[0])
        yield from _of_year((*part, "first_year"), label, each.first_year, earliest, instance)


def _of_year(part: Part, label: str, first_year: int, earliest: float, instance: Instance) -> Iterator[Wrong]:
    least, last = max(int(instance.horizon.first[0]), int(earliest)), int(instance.horizon.first[-1])
    if least > last:
        told = f"{label} cannot be there before {least}, and the last period begins in {last}"
        yield Wrong(f"{told}; allowed: what can be there by then", part)
    elif not least <= first_year <= last:
        shown = first_year if abs(first_year) <= LARGEST else f"beyond {LARGEST:g}"
        yield Wrong(f"{label}: key 'first_year' is {shown}; allowed: {least} to {last}", part)


def _of_link(part: Part, each: BuiltLink, design: Design, instance: Instance) -> Iterator[Wrong]:
    candidates = _candidates(instance).set_index("link")
    label = f"link '{each.link}'"
    if each.link not in candidates.index:
        planned = each.link in set(instance["links"]["link"])
        told = "is planned already" if planned else f"is not there{did_you_mean(each.link, candidates.index)}"
        yield Wrong(f"{label} {told}; allowed: a candidate link of the instance", (*part, "link"))
        return
    if each.link in design.forbidden:
        yield Wrong(f"{label} is built and forbidden; allowed: one of the two", (*part, "link"))
    row, sizes = candidates.loc[[each.link]].iloc[0], instance["sizes"]
    fits = sizes.loc[(sizes["carrier"] == row["carrier"]) & (sizes["mode"] == row["mode"]), "size"].tolist()
    if each.size not in fits:
        meant = did_you_mean(each.size, fits)
        text = f"{label}: key 'size' is '{each.size}'{meant}; allowed: {', '.join(fits)}"
        yield Wrong(text, (*part, "size"))
    earliest = 0.0 if pd.isna(row["first_year"]) else row["first_year"]
    yield from _of_year((*part, "first_year"), label, each.first_year, earliest, instance)


def _of_contract(at: int, design: Design, instance: Instance) -> Iterator[Wrong]:
    each, part = design.contracts[at], ("contract", at, "sites")
    sites = instance["sites"].set_index("site")
    area, contract = sites["area"].to_dict(), sites["contract"].to_dict()
    label = f"contract '{each.contract}'"
    yield from _unknown(part, each.sites, instance["sites"]["site"])
    known = [site for site in each.sites if site in area]
    if len({area[site] for site in known}) > 1:
        told = ", ".join(f"{site} at {area[site]}" for site in known)
        yield Wrong(f"{label}: its sites hang on several stations ({told}); allowed: one station", part)
    # An id that others have would make them share it too.
    if each.contract in {own for site, own in contract.items() if site not in each.sites}:
        text = f"{label} is that of a site outside it; allowed: an id of its own, or that of one of its sites"
        yield Wrong(text, ("contract", at, "contract"))
    alone = set(sites_alone(instance)["site"])
    for site in known:
        its = (*part, each.sites.index(site))
        if site not in alone:
            text = f"{label}: {site} shares contract '{contract[site]}'; allowed: sites with one of their own"
            yield Wrong(text, its)
        if sum(site in other.sites for other in design.contracts) > 1:
            yield Wrong(f"{label}: {site} is in several contracts of the design; allowed: in one", its)


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
        yield Wrong(f"{text}; allowed: what the instance leaves open", _part_of(design, decision, item, choice))


def _part_of(design: Design, decision: str, item: str, choice: str) -> Part:
    """The part of a design that decides on a hub or link."""
    if decision == "open":
        return ("hub", [(each.hub, each.option) for each in design.hubs].index((item, choice)), "hub")
    if item in design.forbidden:
        return ("forbidden_links", design.forbidden.index(item))
    return ("link", [each.link for each in design.links].index(item), "link")


def _of_tables(design: Design, instance: Instance) -> Iterator[Wrong]:
    """Rules of the tables that it breaks, and members that it cannot serve."""
    try:
        made = with_designs(instance, [design], design, Presence.OPTIONAL)
    except DataError as error:
        for problem in error.problems:
            text = f"it makes {problem.file.removesuffix('.csv')}: {problem.text}"
            yield Wrong(text, _part_in_table(problem, design, instance))
        return
    yield from _useless(made, design)


def _part_in_table(problem: Problem, design: Design, instance: Instance) -> Part:
    """The part of a design that breaks a rule of the tables that are made with it; all of it where none is to blame."""
    row = problem.line - 2
    own = [at for at, each in enumerate(design.hubs) if each.row]
    new = row - len(instance["hubs"])
    if problem.file == HUBS.file and 0 <= new < len(own):
        return ("hub", own[new], problem.column)
    if problem.file == SITES.file and row >= 0:
        site = instance["sites"]["site"].iloc[row]
        return next(
            (("contract", at, "contract") for at, each in enumerate(design.contracts) if site in each.sites), ()
        )
    return ()


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
    for at, site in enumerate(design.members or ()):
        if not any(site in needing[carrier] for carrier in carriers):
            told = " or ".join(carriers)
            text = f"member '{site}' has no route that needs {told}; allowed: sites that have one"
            yield Wrong(text, ("members", at))
        elif not any(site in needing[carrier] & served[carrier] for carrier in carriers):
            yield Wrong(f"member '{site}' is out of reach; allowed: sites with a way to it", ("members", at))
    if carriers and design.members is None and not any(needing[carrier] & served[carrier] for carrier in carriers):
        first: Part = ("hub", 0, "hub") if design.hubs else ("link", 0, "link")
        yield Wrong(f"no site can use its {' and '.join(carriers)}; allowed: a design that some site can use", first)


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
