"""The amounts on the map as a table, for readers who cannot point at its marks."""

from collections.abc import Callable

import pandas as pd

from routeplan.instance.names import names_in, names_of_places, told_apart
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.result.shared_costs import open_hubs
from routeplan.result.summary_limits import grid
from routeplan.result.summary_places import links_in_place
from routeplan.schema import units


def map_table(result: Result, words: Words) -> pd.DataFrame:
    """List the amount used and the limit of each area of the grid, link and hub, by period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.

    Returns
    -------
    DataFrame
        What it is, its unit, and a column for each period with a text such as ``12 / 30``: used, and capacity or room;
        a dash where it is not there yet. Areas have a row for firm capacity and one with flexible included; links that
        never carry anything are left out.
    """
    makers: tuple[Callable[[Result, Words], pd.DataFrame], ...] = (_areas, _links, _hubs)
    rows = pd.concat([make(result, words) for make in makers], ignore_index=True)
    used, most = (rows[column].map(words.number).astype("str") for column in ("used", "most"))
    rows["told"] = used + "\u00a0/\u00a0" + most
    order = rows[["key", "what", "unit"]].drop_duplicates()
    spread = rows.set_index(["key", "period"])["told"].unstack("period")
    every = spread.reindex(index=order["key"], columns=result.instance["periods"]["period"]).fillna("–")
    told = order.set_index("key").join(every.rename(columns=str)).reset_index(drop=True)
    return told.rename(columns={"what": words("Used / capacity or room"), "unit": words("Unit")})


def _areas(result: Result, words: Words) -> pd.DataFrame:
    used = grid(result)
    called = used["area"].map(told_apart(names_in(result.instance, "areas", words)))
    kinds = {"firm": words.name("firm_headroom"), "total": words.name("total_headroom")}
    rows = [
        pd.DataFrame(
            {
                "key": kind + " " + used["area"],
                "what": called + ": " + name,
                "unit": words.unit(units.POWER),
                "period": used["period"],
                "used": used[kind],
                "most": used[f"{kind}_headroom"],
            }
        ).dropna(subset=["most"])
        for kind, name in kinds.items()
    ]
    together = pd.concat(rows)
    by_area = together["key"].str.replace(r"^\w+ ", "", regex=True).argsort(kind="stable")
    return together.iloc[by_area]


def _links(result: Result, words: Words) -> pd.DataFrame:
    names = names_of_places(result.instance, words)
    links = links_in_place(result).merge(
        result.instance["links"][["link", "carrier", "from", "to", "mode"]], on="link", how="left"
    )
    links = links[links["flow"].abs().groupby(links["link"]).transform("max") > 0.0]
    start, end = (links[side].map(names) for side in ("from", "to"))
    size = links.groupby("link")["size"].transform("last")
    return pd.DataFrame(
        {
            "key": "link " + links["link"],
            "what": links["carrier"].map(words.name)
            + ": "
            + start
            + " – "
            + end
            + ", "
            + (links["mode"].map(words.name) + " " + size).str.strip(),
            "unit": links["carrier"].map(units.OF_CARRIER).map(words.unit),
            "period": links["period"],
            "used": links["flow"].abs(),
            "most": links["capacity"],
        }
    )


def _hubs(result: Result, words: Words) -> pd.DataFrame:
    hubs = open_hubs(result)
    return pd.DataFrame(
        {
            "key": "hub " + hubs["hub"] + " " + hubs["option"],
            "what": hubs["hub"].map(names_in(result.instance, "hubs", words)) + ": " + hubs["option"].map(words.name),
            "unit": hubs["carrier"].map(units.OF_CARRIER).map(words.unit),
            "period": hubs["period"],
            "used": hubs["output"],
            "most": hubs["capacity"],
        }
    )
