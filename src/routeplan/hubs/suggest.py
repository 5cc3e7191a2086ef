"""Hub designs that may help: shared contracts, hubs at other places, and what the plan has already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.file_swap import refuse_existing
from routeplan.data.folder_swap import written_aside
from routeplan.data.paths import is_workbook
from routeplan.hubs.apply import periods_from
from routeplan.hubs.choices import links_between_nodes, sites_alone, sites_needing
from routeplan.hubs.compare import Search, refuse_unless_of_cost
from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.saving import Coalition, Saving
from routeplan.hubs.tried import Trial, Tried
from routeplan.hubs.users import users_of
from routeplan.hubs.write import write_designs
from routeplan.hubs.write_book import write_design_book
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places
from routeplan.instance.sites import at_sites
from routeplan.language.language import Language, Words
from routeplan.network.sphere import distance, on_sphere
from routeplan.result.result import Result, refuse_without_plan
from routeplan.schema.inputs import HUBS
from routeplan.solver.solution import Stop
from routeplan.why.shared_out import answers_to_all

MOST_MEMBERS = 8
"""Sites that join a hub that is tried: the nearest with a route that needs its carrier."""

LEAST_CAPACITY = 0.05
"""New capacity below this is none that a site could do with [MW]."""

LEAST_SAVING = 0.01
"""A design is suggested that is proven to save more [M EUR]: less is within the tolerances of a large program."""

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
    saving : Saving
        What they save while everything else stays as planned.
    in_the_plan : bool
        Whether the plan has it already.
    """

    design: Design
    members: Coalition
    saving: Saving
    in_the_plan: bool = False


OnTried = Callable[[int, int], None]
"""Told how many designs were tried, and of how many."""

OnFault = Callable[[Design, str], None]
"""Told of each design whose plan a fault took, and of the fault."""


def suggestions(
    result: Result,
    *,
    search: Search = SEARCH,
    workers: int = 1,
    stop: Stop | None = None,
    on_tried: OnTried | None = None,
    on_fault: OnFault | None = None,
) -> list[Suggestion]:
    """Suggest hub designs, those that save most first.

    A hub or link of the instance that pays is in its best plan: these are held against a plan without. What the
    instance does not offer is tried: a contract shared by the sites of a station that could do with room, and
    each kind of hub of the instance at every other node of its carrier, with the nearest sites that have a route for
    it. All else stays as planned meanwhile (`Trial`), so that what is told is the design's own: planned anew, it may
    be more or less.

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
    on_fault : callable, optional
        Told of each design whose plan a fault took; unless it is given, that fault is raised.

    Returns
    -------
    list of Suggestion
        What saves, the most first; not what is not proven to save.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When the plan does not minimise cost.
    """
    refuse_without_plan(result, "there is nothing that designs could be tried beside")
    instance = result.instance
    refuse_unless_of_cost(instance)
    there, new = list(_in_the_plan(result)), [*_contracts(instance), *_hubs(instance)]
    asked = [*there, *new]
    done = iter(range(1, len(asked) + 1))

    def tell(answer: Tried) -> None:
        if on_tried is not None:
            on_tried(next(done), len(asked))

    if not asked:  # a program of a country takes seconds to make
        return []
    trial = Trial(result, [design for design, _ in asked], search)
    found = answers_to_all(
        trial,
        asked,
        workers=workers,
        stop=stop,
        on_answer=tell,
        on_fault=None if on_fault is None else lambda place, fault: on_fault(asked[place][0], fault),
    )
    paying = [
        Suggestion(each.design, each.members, each.saving, in_the_plan=at < len(there))
        for at, each in found.items()
        if each.saving.low > LEAST_SAVING
    ]
    return sorted(paying, key=lambda each: -each.saving.low)


Asked = tuple[Design, Coalition]
"""A design, and the sites that it is tried with."""


def _in_the_plan(result: Result) -> Iterator[Asked]:
    """Hubs that the plan opens and links between nodes that it builds, from their first year on, with their users."""
    designs, instance = [], result.instance
    opened = result["hubs"].query("open == 1").groupby(["hub", "option"], sort=False, as_index=False)["period"].min()
    for hub, option, first in opened.itertuples(index=False, name=None):
        design = Design(f"{hub}-{option}", hubs=(OpenedHub(hub, option, int(first)),))
        node = instance["hubs"].set_index("hub").loc[[hub], "node"].iloc[0]
        designs.append(_titled(design, instance, [node], option))
    ends = links_between_nodes(instance).set_index("link")[["from", "to"]]
    for row in result["built"].to_dict("records"):
        if row["link"] in ends.index:
            built = BuiltLink(row["link"], row["size"], int(row["period"]))
            design = Design(f"{row['link']}-{row['size']}", links=(built,))
            designs.append(_titled(design, instance, list(ends.loc[row["link"]])))
    for design in designs:
        yield design, frozenset(users_of(result, design)["site"])


def _contracts(instance: Instance) -> Iterator[Asked]:
    """Sites of one station with a contract of their own and a route that needs capacity, or with capacity to give."""
    options = at_sites(instance, instance["options"])
    by_site = options.assign(total=options["firm_capacity"] + options["flexible_capacity"]).groupby("site")
    alone = sites_alone(instance)
    most = alone["site"].map(by_site["total"].max()).fillna(0.0)
    freed = -alone["site"].map(by_site["firm_capacity"].min()).fillna(0.0).clip(upper=0.0)
    alone = alone.assign(spare=alone["spare_capacity"] + freed)
    could = (most > LEAST_CAPACITY) | (freed > 0.0)
    names = {language: names_in(instance, "areas", Words(language)) for language in Language}
    for area, here in alone[could].groupby("area", sort=False):
        if len(here) > 1 and here["spare"].sum() > LEAST_CAPACITY:
            members = tuple(here["site"])
            name = f"contract-{area}"
            design = Design(
                name,
                f"Shared contract {names[Language.ENGLISH][str(area)]}",
                f"Groepscontract {names[Language.DUTCH][str(area)]}",
                contracts=(SharedContract(name, members),),
            )
            yield design, frozenset(members)


def _hubs(instance: Instance) -> Iterator[Asked]:
    """Each kind of hub at every other node of its carrier, with the nearest sites that have a route for it."""
    hubs, nodes = instance["hubs"], instance["nodes"]
    for _, kind in hubs.drop_duplicates(["carrier", "option"]).iterrows():
        taken = set(hubs.loc[hubs["option"] == kind["option"], "node"]) | _sources(instance, kind["carrier"])
        linked = _linked(instance, kind["carrier"]) - taken
        for _, node in nodes[(nodes["carrier"] == kind["carrier"]) & nodes["node"].isin(linked)].iterrows():
            members, area = _nearest(instance, kind["carrier"], node)
            if members:
                yield _hub_at(instance, kind, node["node"], area), frozenset(members)


def _sources(instance: Instance, carrier: str) -> set[str]:
    sources = instance["sources"]
    return set(sources.loc[sources["carrier"] == carrier, "node"])


def _linked(instance: Instance, carrier: str) -> set[str]:
    links = instance["links"][instance["links"]["carrier"] == carrier]
    return {*links["from"], *links["to"]}


def _nearest(instance: Instance, carrier: str, node: "pd.Series[Any]") -> tuple[tuple[str, ...], str]:
    """The nearest sites with a route that needs a carrier, and the area of the first of them."""
    sites = instance["sites"]
    sites = sites[sites["site"].isin(sites_needing(instance, carrier))]
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
    option = str(kind["option"])
    return _titled(Design(hub, hubs=(OpenedHub(hub, option, first, row),)), instance, [node], option)


def _titled(design: Design, instance: Instance, places: Sequence[str], option: str = "") -> Design:
    """A design that is called after its places, and what is there."""
    titles = []
    for words in map(Words, (Language.ENGLISH, Language.DUTCH)):
        names = names_of_places(instance, words)
        titles.append(" – ".join(names[place] for place in places) + (f": {words.name(option)}" if option else ""))
    return replace(design, title=titles[0], title_nl=titles[1])


def write_suggestions(
    found: Sequence[Suggestion], place: Path | str, *, language: Language | str = Language.ENGLISH
) -> Path:
    """Write the designs of suggestions, as `read_designs` reads them.

    Parameters
    ----------
    found : sequence of Suggestion
        The suggestions.
    place : path
        A new workbook where its name ends in .xlsx; otherwise a new folder, with a TOML file for each.
    language : Language or str, optional
        Language of the headers of a workbook: ``en`` or ``nl``.

    Returns
    -------
    Path
        The workbook or folder.

    Raises
    ------
    UsageError
        When there is something in its place, or the language is unknown.
    """
    path, designs = Path(place), [each.design for each in found]
    if is_workbook(path):
        return write_design_book(designs, path, language=language)
    refuse_existing(path)
    with written_aside(path) as aside:
        write_designs(designs, aside)
    return path
