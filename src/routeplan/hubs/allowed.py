"""Whether a design allows all that is allowed without it, for the same cost: then it cannot cost anything."""

from routeplan.hubs.apply import Presence
from routeplan.hubs.design import Design, SharedContract
from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites


def allows_all(instance: Instance, design: Design, presence: Presence) -> bool:
    """Whether every plan without a design is one with it, as far as that is seen from the tables.

    So it is where hubs and links may come but need not, nobody is kept off them, nothing is forbidden, and sites that
    share a contract have the same room in it: the optimum cannot be dearer then, however wide its gap.

    Parameters
    ----------
    instance : Instance
        The instance, late or not.
    design : Design
        A design that fits the instance: its things are not decided, and its sites have contracts of their own.
    presence : Presence
        How it takes part.
    """
    if design.forbidden or design.members is not None:
        return False
    if presence is Presence.FORCED and not design.only_shares:
        return False
    return all(_only_adds(instance, shared) for shared in design.contracts)


def _only_adds(instance: Instance, shared: SharedContract) -> bool:
    """Whether sites that share a contract can do with it whatever they can do without."""
    options = at_sites(instance, instance["options"])
    asked = options.loc[options["site"].isin(shared.sites), ["firm_capacity", "flexible_capacity"]]
    # A contract of one's own has coincidence 1: with less, of room that an option frees there is less.
    return shared.coincidence == 1.0 or bool((asked >= 0.0).to_numpy().all())
