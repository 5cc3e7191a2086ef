"""Whether a hub design fits the tables that are made with it: their rules, and what they have decided."""

from collections.abc import Collection, Iterator

from routeplan.errors import DataError, Problem
from routeplan.hubs.apply import Presence, decisions_of, with_designs
from routeplan.hubs.design import Design
from routeplan.hubs.fit_parts import without
from routeplan.hubs.form import OR_EMPTY
from routeplan.hubs.wrong import Part, Wrong, entry_label
from routeplan.instance.instance import Instance
from routeplan.schema.inputs import DECIDED, HUBS, SITES


def not_as_decided(design: Design, instance: Instance, found: Collection[Wrong]) -> Iterator[Wrong]:
    """Tell what a design has and the instance has decided otherwise.

    Parameters
    ----------
    design : Design
        The design.
    instance : Instance
        The instance.
    found : collection of Wrong
        What is wrong with parts of it, which are left out.
    """
    given = instance["decided"]
    decided = dict(zip(zip(*(given[name] for name in DECIDED.key), strict=True), given["value"], strict=True))
    against: dict[tuple[str, str, str, int], list[int]] = {}
    for (decision, item, choice, period), value in decisions_of(
        instance, without(design, found), Presence.FORCED
    ).items():
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
    return ("link", [(each.link, each.size) for each in design.links].index((item, choice)), "link")


def held_with(design: Design, instance: Instance, found: Collection[Wrong]) -> tuple[Instance | None, list[Wrong]]:
    """Make the instance with a design, and tell which rules of the tables it breaks.

    Parameters
    ----------
    design : Design
        The design.
    instance : Instance
        The instance.
    found : collection of Wrong
        What is wrong with parts of it, which are left out.

    Returns
    -------
    Instance or None
        The instance with what breaks no rule; None where it is not known which part breaks one.
    list of Wrong
        The rules that are broken.
    """
    sound = without(design, found)
    try:
        return with_designs(instance, [sound], sound, Presence.OPTIONAL), []
    except DataError as error:
        broken = [_as_wrong(problem, design, sound, instance) for problem in error.problems]
    if any(not wrong.part for wrong in broken):
        return None, broken
    made, more = held_with(design, instance, [*found, *broken])
    return made, [*broken, *more]


def _as_wrong(problem: Problem, design: Design, sound: Design, instance: Instance) -> Wrong:
    """A broken rule of a table in the words of the entry that breaks it."""
    part = _entry_in_table(problem, design, sound, instance)
    if not part:
        return Wrong(f"it makes {problem.file.removesuffix('.csv')}: {problem.text}")
    text = problem.text.replace("column '", "key '", 1).removesuffix(OR_EMPTY)
    return Wrong(f"{entry_label(part)}{text}", (*part, problem.column))


def _entry_in_table(problem: Problem, design: Design, sound: Design, instance: Instance) -> Part:
    """The entry of a design whose row of a table breaks a rule; () where none is to blame."""
    row = problem.line - 2
    own = [each for each in sound.hubs if each.row]
    new = row - len(instance["hubs"])
    if problem.file == HUBS.file and 0 <= new < len(own):
        return ("hub", design.hubs.index(own[new]))
    if problem.file == SITES.file and row >= 0:
        site = instance["sites"]["site"].iloc[row]
        shared = [each for each in sound.contracts if site in each.sites]
        return ("contract", design.contracts.index(shared[0])) if shared else ()
    return ()
