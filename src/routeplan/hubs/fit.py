"""Whether a hub design fits the instance that it is for."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from routeplan.hubs.apply import Presence, carriers_of, with_designs
from routeplan.hubs.choices import sites_needing
from routeplan.hubs.design import Design, OpenedHub
from routeplan.hubs.fit_parts import problems_of_parts, without
from routeplan.hubs.fit_tables import held_with, not_as_decided
from routeplan.hubs.served import served_sites, sites_at_links
from routeplan.hubs.wrong import Part, Wrong
from routeplan.instance.instance import Instance
from routeplan.schema.inputs import CARRIERS


def design_problems(design: Design, instance: Instance, whole: bool = True) -> list[Wrong]:
    """List everything in a design that the instance does not have, or that cannot be.

    Each part is held against the instance by itself. Parts in which something is wrong are then left out, and the rest
    is held against what is decided, the rules of the tables, and what its members can use. What may be so only because
    of a part that is left out is not told.

    Parameters
    ----------
    design : Design
        The design.
    instance : Instance
        The instance.
    whole : bool
        Whether all its entries are there; those of the wrong form are left out of a design that is read.
    """
    found = [*(_of_all(design) if whole else ()), *problems_of_parts(design, instance)]
    found += not_as_decided(design, instance, found)
    made, broken = held_with(design, instance, found)
    found += broken
    if made is not None:
        found += _useless(made, design, found, whole)
    return found


def _of_all(design: Design) -> Iterator[Wrong]:
    """What is wrong with its entries taken together."""
    if not (design.hubs or design.links or design.contracts):
        yield Wrong("it has no [[hub]], [[link]] or [[contract]]; allowed: one or more of them")
    elif design.members is not None and not (design.hubs or design.links):
        text = "key 'members' is given, and there is no [[hub]] or [[link]] to join"
        yield Wrong(f"{text}; allowed: [[contract]] alone, whose sites share it", ("members",))


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
    able = {site for carrier in carriers_of(made, design) for site in served_sites(made, design, carrier)}
    return [site for site in instance["sites"]["site"] if site in able]


def _useless(made: Instance, design: Design, found: Collection[Wrong], whole: bool) -> Iterator[Wrong]:
    """Members that it cannot serve, whatever the parts that are left out are meant to be; or that nobody can be."""
    unclear = not whole or any(wrong.part[:1] in (("hub",), ("link",)) for wrong in found)
    sound = without(design, found)
    served = _may_serve(made, design, sound, found, whole) if unclear else _serves(made, sound)
    needing = {carrier: sites_needing(made, carrier) for carrier in served}
    left_out = {wrong.part[:2] for wrong in found}
    for at, site in enumerate(design.members or ()):
        needed = [carrier for carrier in served if site in needing[carrier]]
        if served and not needed and ("members", at) not in left_out:
            text = f"member '{site}' has no route that needs {' or '.join(served)}; allowed: sites that have one"
            yield Wrong(text, ("members", at))
        elif needed and not any(site in served[carrier] for carrier in needed):
            yield Wrong(f"member '{site}' is out of reach; allowed: sites with a way {_ways(design)}", ("members", at))
    if served and not unclear and design.members is None and not any(served.values()):
        first: Part = ("hub", 0, "hub") if design.hubs else ("link", 0, "link")
        yield Wrong(f"no site can use its {' and '.join(served)}; allowed: a design that some site can use", first)


def _serves(made: Instance, design: Design) -> dict[str, set[str]]:
    """Sites that it can serve, by carrier of its hubs and links."""
    return {carrier: served_sites(made, design, carrier) for carrier in sorted(carriers_of(made, design))}


def _may_serve(
    made: Instance, design: Design, sound: Design, found: Collection[Wrong], whole: bool
) -> dict[str, set[str]]:
    """Sites that it may serve once its parts are right, by carrier.

    A hub without columns of its own may be any of the instance, and another hub or link may be anywhere.
    """
    hubs = [design.hubs[int(wrong.part[1])] for wrong in found if wrong.part[:1] == ("hub",)]
    if not whole or any(each.row for each in hubs) or any(wrong.part[:1] == ("link",) for wrong in found):
        return {carrier: sites_at_links(made, carrier) for carrier in sorted(CARRIERS)}
    known = made["hubs"]
    every = tuple(OpenedHub(hub, option, 0) for hub, option in zip(known["hub"], known["option"], strict=True))
    return {carrier: served_sites(made, replace(sound, hubs=every), carrier) for carrier in sorted(CARRIERS)}


def _ways(design: Design) -> str:
    """Ways on which it can serve a site."""
    ways = [*(["to its hubs"] if design.hubs else ()), *(["over its links"] if design.links else ())]
    return " or ".join(ways) or "to it"
