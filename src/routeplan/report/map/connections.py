"""The networks on the map: one row for each link and hub, with lists of what changes from period to period."""

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.report.map.places import by_period
from routeplan.report.map.projection import Projection
from routeplan.result.result import Result
from routeplan.result.shared_costs import open_hubs
from routeplan.result.summary_places import BUILT, links_in_place
from routeplan.schema import units

WIDTHS = 2.5, 4.0
"""Width of the links with the least and the most capacity that a plan builds [px]."""

PLANNED_WIDTH = 1.5
"""Width of planned links [px]: they are there anyway, and some are a hundred times as large."""

NO_FLOW = 1e-6
"""Up to so much a solver's flow is none [GWh/yr or kt/yr]."""

BESIDE = 6.0
"""Between links that have the same ends [px]."""

HUB_SIZES = 260.0, 420.0
"""Size of the hubs with the least and the most capacity [px2]."""

LINK_COLUMNS = [
    *("carrier", "status", "kind", "way", "mode", "carries", "ends", "by", "unit", "x", "y", "x2", "y2"),
    *("dx", "dy", "opens", "since", "width", "capacity", "flow"),
]


def links(result: Result, words: Words, projection: Projection) -> pd.DataFrame:
    """List the planned links that open within the periods, and the candidates that the plan builds.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    projection : Projection
        The plane of the map.

    Returns
    -------
    DataFrame
        ``link``, ``carrier``, ``status`` (`PLANNED` or `BUILT`), ``kind`` (both: ``hydrogen built``), ``mode``;
        ``way`` (carrier and mode: ``co2 barge``); ``carries``, ``ends``, ``by`` (mode and size) and ``unit`` in words;
        ``x``, ``y``, ``x2``, ``y2`` [km]; ``dx``, ``dy`` (see `_side_by_side`, px); ``opens`` (position of the first
        period in which it can be used), ``since`` (that period), ``width`` [px]; and lists with a value for each
        period: ``capacity`` and ``flow`` [GWh/yr or kt/yr]. Hydrogen comes first, so that the dashes of CO2 are seen
        on top of it, and planned links before built ones.
    """
    instance = result.instance
    there = links_in_place(result)
    there["flow"] = there["flow"].abs()
    rows = _each_once(there, instance)
    start, end = (_place(rows[end], instance, projection) for end in ("from", "to"))
    names = names_of_places(instance, words)
    amounts = {name: by_period(there, name, rows.index, instance, 0.0) for name in ("capacity", "flow")}
    rows = rows.assign(**amounts)
    rows = rows.assign(
        **_told(rows, instance, words),
        **start,
        x2=end["x"],
        y2=end["y"],
        ends=rows["from"].map(names) + " – " + rows["to"].map(names),
        by=(rows["mode"].map(words.name) + " " + rows["sizes"]).str.strip(),
        way=rows["carrier"] + " " + rows["mode"],
        width=np.where(rows["status"] == BUILT, _scaled(rows, *WIDTHS), PLANNED_WIDTH),
    )
    return _side_by_side(rows)[LINK_COLUMNS].reset_index()


def _side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Set links that have the same two ends beside each other: ``dx``, ``dy`` [px], so that each is seen.

    Ends are the same within some 100 m, whatever they are called: a hub has a node for each carrier.
    """
    ends = np.stack([rows[["x", "y"]].to_numpy(float), rows[["x2", "y2"]].to_numpy(float)]).round(1)
    back = (ends[0, :, 0] > ends[1, :, 0]) | ((ends[0, :, 0] == ends[1, :, 0]) & (ends[0, :, 1] > ends[1, :, 1]))
    first, second = np.where(back[:, None], ends[::-1], ends)
    track = pd.Series([str(corners) for corners in np.hstack([first, second]).tolist()], rows.index)
    aside = track.groupby(track).cumcount() - (track.groupby(track).transform("size") - 1) / 2.0
    way = second - first
    length = np.maximum(np.hypot(*way.T), 1e-9)
    # To the right of the way, in pixels that are counted downwards.
    return rows.assign(
        dx=(BESIDE * aside * way[:, 1] / length).round(1), dy=(BESIDE * aside * way[:, 0] / length).round(1)
    )


def _each_once(there: pd.DataFrame, instance: Instance) -> pd.DataFrame:
    """A row for each link that is ever in place, by id, with the sizes of its last period."""
    last = there.sort_values("period", kind="stable").drop_duplicates("link", keep="last").set_index("link")
    table = instance["links"].set_index("link").loc[there["link"].unique()]
    rows = table.assign(status=last["status"], sizes=last["size"])
    rows["kind"] = rows["carrier"] + " " + rows["status"]
    return rows.sort_values("kind", ascending=False, kind="stable")


def hubs(result: Result, words: Words, projection: Projection) -> pd.DataFrame:
    """List the hubs that are open at any time: the options of each at one node together.

    Parameters
    ----------
    result, words, projection
        As of `links`.

    Returns
    -------
    DataFrame
        ``hub``, ``node``, ``carrier``, ``name``; ``carries`` and ``unit`` in words; ``x``, ``y`` [km]; ``opens``,
        ``since`` (as of `links`), ``size`` [px2]; and lists with a value for each period: ``options`` (those that are
        open, in words), ``capacity`` and ``output`` [GWh/yr or kt/yr].
    """
    instance = result.instance
    # Ids hold no spaces, so that this is one key for the options of a hub at one node.
    offered = instance["hubs"].assign(at=lambda hubs: hubs["hub"] + " " + hubs["node"])
    opened = open_hubs(result)
    opened = opened.assign(at=opened["hub"] + " " + opened["node"], options=opened["option"].map(words.name))
    known = opened.groupby(["at", "period"], as_index=False).agg(
        {"capacity": "sum", "output": "sum", "options": " + ".join}
    )
    rows = offered.drop_duplicates("at").set_index("at")[["hub", "node", "carrier"]]
    rows["name"] = rows["hub"].map(names_in(instance, "hubs", words))
    for column, empty in (("options", ""), ("capacity", 0.0), ("output", 0.0)):
        rows[column] = by_period(known, column, rows.index, instance, empty)
    rows = rows[rows["capacity"].map(any).astype(bool)]
    return rows.assign(
        **_told(rows, instance, words), **_place(rows["node"], instance, projection), size=_scaled(rows, *HUB_SIZES)
    ).reset_index(drop=True)


def nodes(result: Result, words: Words, projection: Projection) -> pd.DataFrame:
    """List the nodes that are in use: those at which a link ends through which something flows.

    Parameters
    ----------
    result, words, projection
        As of `links`.

    Returns
    -------
    DataFrame
        ``node``, ``name``, ``carrier``, ``x``, ``y`` [km], ``opens`` (position of the first period in which it is in
        use).
    """
    instance = result.instance
    order = {period: at for at, period in enumerate(instance["periods"]["period"])}
    flowing = links_in_place(result).query(f"abs(flow) > {NO_FLOW}")
    there = flowing.merge(instance["links"][["link", "from", "to"]], on="link")
    ends = there.melt(["link", "period"], ["from", "to"], value_name="node")
    opens = ends.assign(opens=ends["period"].map(order)).groupby("node")["opens"].min()
    rows = instance["nodes"][["node", "carrier"]].set_index("node", drop=False)
    rows = rows[rows.index.isin(opens.index)]
    return rows.assign(
        name=rows["node"].map(names_in(instance, "nodes", words)),
        **_place(rows["node"], instance, projection),
        opens=opens.reindex(rows.index).astype(int),
    ).reset_index(drop=True)


def _told(rows: pd.DataFrame, instance: Instance, words: Words) -> dict[str, pd.Series]:
    """Common columns of links and hubs: carrier and unit in words, and the opening period."""
    opens = rows["capacity"].map(lambda capacity: next(at for at, most in enumerate(capacity) if most > 0))
    return {
        "carries": rows["carrier"].map(words.name),
        "unit": rows["carrier"].map(units.OF_CARRIER).map(words.unit),
        "opens": opens,
        "since": opens.map(dict(enumerate(instance.horizon.first.tolist()))),
    }


def _place(places: pd.Series, instance: Instance, projection: Projection) -> dict[str, FloatArray]:
    """Coordinates of nodes or sites [km]."""
    columns = ["place", "lat", "lon"]
    known = pd.concat(
        [instance["nodes"].rename(columns={"node": "place"}), instance["sites"].rename(columns={"site": "place"})]
    )
    found = known[columns].set_index("place").loc[places]
    return {"x": projection.x(found["lon"]), "y": projection.y(found["lat"])}


def _scaled(rows: pd.DataFrame, least: float, most: float) -> FloatArray:
    """A size for each, by its capacity in the last period against the largest of its carrier."""
    last = rows["capacity"].map(lambda capacity: capacity[-1]).astype(float)
    share = (last / last.groupby(rows["carrier"]).transform("max")).to_numpy(float)
    return np.asarray(least + (most - least) * np.sqrt(share))
