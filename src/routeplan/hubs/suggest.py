"""Hub designs that may help: shared contracts, hubs at other places, and what the plan has already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.file_swap import refuse_existing
from routeplan.data.folder_swap import written_aside
from routeplan.errors import UsageError
from routeplan.hubs.apply import periods_from
from routeplan.hubs.coalitions import Coalition, Saving, coalition_instance, saving_of_plan
from routeplan.hubs.compare import Case, PlanMaker, Search
from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.write import write_designs
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words
from routeplan.network.needs import NEED
from routeplan.network.sphere import distance, on_sphere
from routeplan.result.result import Result, refuse_without_plan
from routeplan.schema.inputs import HUBS
from routeplan.solver.solution import Stop
from routeplan.why.shared_out import answers_to_all

MOST_MEMBERS = 8
"""Sites that join a hub that is tried: the nearest with a route that needs its carrier."""

LEAST_CAPACITY = 0.05
"""New capacity below this is none that a site could do with [MW]."""

SEARCH = Search(gap=1e-4, seconds=60.0)
"""What the plan of a suggestion may take."""


@dataclass(frozen=True)
class Suggestion:
    """A design that may help.

    Parameters
    ----------
    design : Design
        The design.
    members : frozenset of str
        Sites that it was tried with.
    saving : Saving, optional
        What they save while all others keep the plan; None of what the plan has already.
    """

    design: Design
    members: Coalition
    saving: Saving | None = None


OnTried = Callable[[int, int], None]
"""Told how many designs were tried, and of how many."""


def suggestions(
    result: Result,
    *,
    search: Search = SEARCH,
    workers: int = 1,
    stop: Stop | None = None,
    on_tried: OnTried | None = None,
) -> list[Suggestion]:
    """Suggest hub designs, those that save most first.

    A hub or link of the instance that pays is in its best plan: these come first, to be compared with a plan without.
    What the instance does not offer is tried: a contract shared by the sites of a station that could do with room, and
    each kind of hub of the instance at every other node of its carrier, with the nearest sites that have a route for
    it. All others keep the plan meanwhile, so that what is told is saved at least: planned anew it may be more.

    Parameters
    ----------
    result : Result
        A result with a plan.
    search : Search
        What each plan may take.
    workers : int
        Plans at a time, each in a process of its own.
    stop : callable, optional
        When it says so, the suggestions so far are handed over.
    on_tried : callable, optional
        Told of each design that was tried.

    Returns
    -------
    list of Suggestion
        What the plan has already, then what saves, the most first; not what is not proven to save.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When the plan does not minimise cost.
    """
    refuse_without_plan(result, "there is nothing that designs could be tried beside")
    instance, planned = result.instance, result
    if instance.settings.objective != "cost" or planned.objective is None:
        raise UsageError("what a design saves is told of plans of least cost alone; allowed: objective cost")
    tried = [*_contracts(instance, planned), *_hubs(instance, planned)]
    made = [
        (Case(each.design.name), coalition_instance(instance, [], each.design, each.members, planned)) for each in tried
    ]
    done = iter(range(1, len(made) + 1))

    def tell(answer: tuple[Case, Result]) -> None:
        if on_tried is not None:
            on_tried(next(done), len(made))

    found = answers_to_all(PlanMaker(search, 1), made, workers=workers, stop=stop, on_answer=tell)
    told = [
        Suggestion(tried[at].design, tried[at].members, saving_of_plan(planned.objective, plan))
        for at, (_, plan) in found.items()
    ]
    least = search.gap * planned.objective
    paying = sorted(
        (-each.saving.low, at) for at, each in enumerate(told) if each.saving is not None and each.saving.low > least
    )
    return [*_in_the_plan(instance, planned), *(told[at] for _, at in paying)]


def _in_the_plan(instance: Instance, planned: Result) -> Iterator[Suggestion]:
    """Hubs that the plan opens and links between nodes that it builds, each from its first year on."""
    opened = planned["hubs"].query("open == 1").groupby(["hub", "option"], sort=False, as_index=False)["period"].min()
    for hub, option, first in opened.itertuples(index=False, name=None):
        yield Suggestion(Design(f"{hub}-{option}", hubs=(OpenedHub(hub, option, int(first)),)), frozenset())
    links, sites = instance["links"], set(instance["sites"]["site"])
    between = set(links.loc[~links["from"].isin(sites) & ~links["to"].isin(sites), "link"])
    for row in planned["built"].to_dict("records"):
        if row["link"] in between:
            built = BuiltLink(row["link"], row["size"], int(row["period"]))
            yield Suggestion(Design(f"{row['link']}-{row['size']}", links=(built,)), frozenset())


def _contracts(instance: Instance, planned: Result) -> Iterator[Suggestion]:
    """Sites of one station with a contract of their own and a route that needs capacity, or with capacity to give."""
    sites, options = instance["sites"], instance["options"]
    at = instance["processes"].set_index("process")["site"]
    needs = options["firm_capacity"] + options["flexible_capacity"]
    most = needs.groupby(options["process"].map(at)).max()
    frees = options["firm_capacity"].groupby(options["process"].map(at)).min()
    alone = sites[(sites["contract"] == sites["site"]) & (sites.groupby("contract")["site"].transform("size") == 1)]
    could = (alone["site"].map(most).fillna(0.0) > LEAST_CAPACITY) | (alone["site"].map(frees).fillna(0.0) < 0.0)
    names = {language: names_in(instance, "areas", Words(language)) for language in Language}
    for area, here in alone[could].groupby("area", sort=False):
        spare = here["spare_capacity"].sum() + (-here["site"].map(frees).fillna(0.0).clip(upper=0.0)).sum()
        if len(here) > 1 and spare > LEAST_CAPACITY:
            members = tuple(here["site"])
            name = f"contract-{area}"
            design = Design(
                name,
                f"Shared contract {names[Language.ENGLISH][str(area)]}",
                f"Groepscontract {names[Language.DUTCH][str(area)]}",
                contracts=(SharedContract(name, members),),
            )
            yield Suggestion(design, frozenset(members))


def _hubs(instance: Instance, planned: Result) -> Iterator[Suggestion]:
    """Each kind of hub at every other node of its carrier, with the nearest sites that have a route for it."""
    hubs, nodes = instance["hubs"], instance["nodes"]
    for _, kind in hubs.drop_duplicates(["carrier", "option"]).iterrows():
        taken = set(hubs.loc[hubs["option"] == kind["option"], "node"]) | _sources(instance, kind["carrier"])
        linked = _linked(instance, kind["carrier"]) - taken
        for _, node in nodes[(nodes["carrier"] == kind["carrier"]) & nodes["node"].isin(linked)].iterrows():
            members, area = _nearest(instance, kind["carrier"], node)
            if members:
                yield Suggestion(_hub_at(instance, kind, node["node"], area), frozenset(members))


def _sources(instance: Instance, carrier: str) -> set[str]:
    sources = instance["sources"]
    return set(sources.loc[sources["carrier"] == carrier, "node"])


def _linked(instance: Instance, carrier: str) -> set[str]:
    links = instance["links"][instance["links"]["carrier"] == carrier]
    return {*links["from"], *links["to"]}


def _nearest(instance: Instance, carrier: str, node: "pd.Series[Any]") -> tuple[tuple[str, ...], str]:
    """The nearest sites with a route that needs a carrier, and the area of the first of them."""
    options, at = instance["options"], instance["processes"].set_index("process")["site"]
    users = set(options.loc[options[NEED[carrier]] > 0.0, "process"].map(at))
    sites = instance["sites"][instance["sites"]["site"].isin(users)]
    if sites.empty:
        return (), ""
    (place,) = on_sphere([node["lat"]], [node["lon"]])
    apart = pd.Series(distance(on_sphere(sites["lat"], sites["lon"]), place), sites.index)
    near = sites.loc[apart.sort_values(kind="stable").index[:MOST_MEMBERS]]
    return tuple(near["site"]), str(near["area"].iloc[0])


def _hub_at(instance: Instance, kind: "pd.Series[Any]", node: str, area: str) -> Design:
    """A hub of a kind at another node, fed by an area, from the first year on in which such a hub can be there."""
    hub = f"{node}-{kind['option']}"
    earliest = 0.0 if pd.isna(kind["first_year"]) else float(kind["first_year"])
    beside = {"hub", "option", "first_year", "name", "name_nl"}
    row = {name: kind[name] for name in HUBS.names if name not in beside} | {"node": node, "area": area}
    first = periods_from(instance.horizon, earliest)[0]
    return Design(hub, hubs=(OpenedHub(hub, str(kind["option"]), first, row),))


def write_suggestions(found: Sequence[Suggestion], folder: Path | str) -> Path:
    """Write the designs of suggestions to a new folder, each a file that `read_designs` reads.

    Raises
    ------
    UsageError
        When there is something in its place.
    """
    place = Path(folder)
    refuse_existing(place)
    with written_aside(place) as aside:
        write_designs([each.design for each in found], aside)
    return place
