"""Whether the parts of a hub design fit the instance that it is for, each held against it by itself."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from routeplan.hubs.choices import sites_alone
from routeplan.hubs.design import BuiltLink, Design, OpenedHub
from routeplan.hubs.wrong import Part, Wrong
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.column import LARGEST


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


def _given_twice(design: Design) -> Iterator[Wrong]:
    given = [
        *(("hub", f"hub '{each.hub}', option '{each.option}'") for each in design.hubs),
        *(("link", f"link '{each.link}', size '{each.size}'") for each in design.links),
        *(("contract", f"contract '{each.contract}'") for each in design.contracts),
    ]
    counts, seen = Counter(given), Counter[str]()
    for number, (key, label) in enumerate(given):
        at = seen[key]
        seen[key] += 1
        if (key, label) in given[:number]:
            yield Wrong(f"{label} is given {counts[key, label]} times; allowed: once", (key, at, key))


def without(design: Design, wrong: Collection[Wrong]) -> Design:
    """Leave out the members and entries of a design in which something is wrong, so that the rest is held on.

    Parameters
    ----------
    design : Design
        The design.
    wrong : collection of Wrong
        What is wrong with parts of it.

    Returns
    -------
    Design
        What is left; a link that is built is not forbidden then.
    """
    parts = {each.part[:2] for each in wrong}
    built = {each.link for each in design.links}
    forbidden = [
        each for at, each in enumerate(design.forbidden) if ("forbidden_links", at) not in parts and each not in built
    ]
    members = design.members
    return replace(
        design,
        hubs=tuple(each for at, each in enumerate(design.hubs) if ("hub", at) not in parts),
        links=tuple(each for at, each in enumerate(design.links) if ("link", at) not in parts),
        contracts=tuple(each for at, each in enumerate(design.contracts) if ("contract", at) not in parts),
        forbidden=tuple(forbidden),
        members=members and tuple(each for at, each in enumerate(members) if ("members", at) not in parts),
    )


def _candidates(instance: Instance) -> pd.DataFrame:
    links = instance["links"]
    return links[links["status"] == "candidate"]


def _of_hub(part: Part, each: OpenedHub, instance: Instance) -> Iterator[Wrong]:
    hubs = instance["hubs"]
    label = f"hub '{each.hub}', option '{each.option}'"
    known = hubs[(hubs["hub"] == each.hub) & (hubs["option"] == each.option)]
    if each.row and len(known):
        text = f"{label} is in the instance; allowed: hub, option and first_year alone, or all columns with another id"
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
