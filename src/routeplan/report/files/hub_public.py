"""What the public pays of hub designs, rows of a workbook: its share of hub and links, and grants."""

from collections.abc import Iterator, Mapping

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.hubs.told import world_told
from routeplan.language.language import Words
from routeplan.report.page.hub_payers import public_share_told
from routeplan.schema import units
from routeplan.schema.hubs import Presence


def of_public(design: Design, own: Mapping[str, pd.DataFrame], words: Words) -> Iterator[list[object]]:
    """What the public pays of a design: in which plan, what is told, its value, and the unit.

    Parameters
    ----------
    design : Design
        The design.
    own : mapping of str to DataFrame
        The rows of tables on it.
    words : Words
        The readers' language.
    """
    money = words.unit(units.MONEY)
    if not design.only_shares:
        share = words("Share of the cost of hub and links that the public bears")
        yield ["", share, words.percent(design.public_share), ""]
    plans = own["designs"]
    for row in plans[plans["presence"] == Presence.FORCED].to_dict("records"):
        world = world_told(row, words)
        if not pd.isna(row["public_part"]):
            yield [world, words("Public share, in money"), round(row["public_part"], 2), money]
        if not pd.isna(row["public_money"]):
            told = words("More grants than without it, not discounted")
            yield [world, told, round(row["public_money"], 2), money]
    for row in own["in_core"].head(1).to_dict("records"):
        for sentence in public_share_told(row["cost"], row["needed_high"], words):
            yield ["", words("What keeps all members together"), sentence, ""]
    if own["in_core"].empty and not design.only_shares:
        yield ["", words("What keeps all members together"), words("not known; run hub compare with --payers"), ""]
