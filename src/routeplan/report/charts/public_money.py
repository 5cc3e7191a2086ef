"""The picture of public money: grants of each pot by period, against its budget."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

import altair as alt
import pandas as pd

from routeplan.instance.names import names_in, told_apart
from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis, Extent
from routeplan.report.charts.bars import COLUMNS, with_tooltips
from routeplan.report.figure import inline, legend_below, styled, titled, tooltips
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import public_money, wide
from routeplan.schema import units

POT_WIDTH, POT_HEIGHT, POT_LETTERS = 250, 130, 32
"""Size in pixels of the picture of one pot, and the letters of a line of its name."""

ABOVE = 1.15
"""Height of a picture against that of its highest bar: numbers stand above bars."""

KEEPS = "*"
"""Marks a pot that keeps what is left."""


def plot_public_money(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    tops: Mapping[str, float] | None = None,
    columns: int = 2,
) -> alt.FacetChart:
    """Draw the grants of each pot in each period in front of its budget, a small picture for each pot.

    Each picture has a scale of its own, so that small pots are seen beside large ones.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    tops : mapping of str to float, optional
        Least height of the y axis of each pot, by its id [M EUR], see `most_by_pot`; its own when left out.
    columns : int, optional
        Pictures beside each other; ``spec.width`` of the chart sets how wide each is.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, money = Words(language), _money(result)
    highest = most_by_pot(result)
    highest = {pot: max(most, (tops or {}).get(pot, 0.0)) for pot, most in highest.items()}
    extent = Extent(0.0, max(highest.values(), default=0.0))
    axis = Axis(words("Public money"), words("Pot"), words.unit(units.MONEY), extent, small=True)
    data = dated(_parts(money, result, axis, words, highest), result.instance)
    pots = list(dict.fromkeys(data["pot"]))
    title = words("Public money by pot")
    header = alt.Header(title=None, labelAnchor="start", labelExpr="split(datum.label, '\\n')", labelPadding=6)
    figure: alt.FacetChart = (
        _bullets(data, axis, words)
        .properties(width=POT_WIDTH, height=POT_HEIGHT)
        .facet(
            facet=alt.Facet("pot:N", sort=pots, header=header),
            columns=columns,
            spacing={"row": 16, "column": 26},
        )
        .resolve_axis(x="independent", y="independent")
        .resolve_scale(y="independent")
        .add_params(alt.param(name=COLUMNS, value=columns))
        .properties(
            title=titled(title, *_explained(pots, axis, words)),
            description=words(
                "{title}. A small picture for each of: {names}.", title=title, names=", ".join(pots).replace("\n", " ")
            ),
        )
    )
    return styled(figure, words)


def most_by_pot(result: Result) -> dict[str, float]:
    """Most that each pot grants or has in a period, by its id [M EUR]."""
    money = _money(result)
    most = money[["granted", "available"]].max(axis=1).groupby(money["pot"]).max()
    return {str(pot): float(amount) for pot, amount in most.items()}


def public_money_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_public_money`: grants and budget of each pot, by period [M EUR].

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    money = _melted(_money(result), words, ("granted", "budget", "available")).assign(
        pot=lambda rows: rows["pot"].map(_names(result, words))
    )
    headings = {"pot": words("Pot"), "name": f"{words('Public money')} [{words.unit(units.MONEY)}]"}
    return wide(money, ["pot", "name"], "value", 0.0).rename(columns=headings)


def _money(result: Result) -> pd.DataFrame:
    """Public money with the amount ``available`` in the period: its budget, and what earlier periods left of theirs."""
    limits = result["limits"]
    pots = limits[limits["limit"] == "pot_budget"][["pot", "period", "used", "bound"]]
    money = public_money(result).merge(pots, on=["pot", "period"], how="left")
    # Of a pot that carries over, both count from the first period on.
    left = money["bound"] - money["used"] + money["granted"]
    return money.assign(available=left.fillna(money["budget"]).round(9))[
        ["pot", "period", "granted", "budget", "available"]
    ]


def _melted(money: pd.DataFrame, words: Words, shown: Sequence[str] = ("granted", "available")) -> pd.DataFrame:
    """One row for each amount shown: ``pot``, ``period``, ``name``, ``value``; by pot."""
    every = {
        "granted": words("granted"),
        "budget": words("budget of the period"),
        "available": words("available in the period"),
    }
    said = {column: every[column] for column in shown}
    order = {pot: place for place, pot in enumerate(money["pot"].unique())}
    rows = money.melt(["pot", "period"], list(said), "name", "value")
    rows["name"] = rows["name"].map(said)
    return rows.sort_values("pot", key=lambda pots: pots.map(order), kind="stable").reset_index(drop=True)


def _parts(money: pd.DataFrame, result: Result, axis: Axis, words: Words, highest: Mapping[str, float]) -> pd.DataFrame:
    """Amounts drawn, with names of pots in lines, and the height that each pot's axis has at least."""
    names = {pot: "\n".join(wrap(name, POT_LETTERS)) for pot, name in _names(result, words).items()}
    data = with_tooltips(_melted(money, words), axis, words)
    return data.assign(
        most=ABOVE * data["pot"].map(highest),
        pot=data["pot"].map(names),
        number=data["number"].where(data["value"] > 0, ""),
        at=data.groupby(["pot", "period"])["value"].transform("max"),
    )


def _names(result: Result, words: Words) -> dict[str, str]:
    """Names of pots, no two alike, with a mark on those that carry over."""
    keeps = dict(zip(result.instance["pots"]["pot"], result.instance["pots"]["carry_over"], strict=True))
    return told_apart(
        {pot: name + KEEPS * keeps[pot] for pot, name in names_in(result.instance, "pots", words).items()}
    )


def _bullets(data: pd.DataFrame, axis: Axis, words: Words) -> alt.LayerChart:
    """A narrow bar of the grants in front of a wide one of the money available."""
    granted, budget = words("granted"), words("available in the period")
    colours = alt.Scale(domain=[granted, budget], range=[palette.GRANTED, palette.PALE])
    base = alt.Chart().encode(
        x=axis.periods(words),
        y=_upward(axis, "value"),
        color=alt.Color("name:N", scale=colours, legend=legend_below([granted, budget], f"child_width * {COLUMNS}")),
        tooltip=tooltips({"pot": axis.kind, "name": axis.quantity, "span": words("Years"), "amount": axis.unit}),
    )
    of_budget, of_granted = (base.transform_filter(alt.datum.name == name) for name in (budget, granted))
    numbers = (
        alt.Chart()
        .transform_filter(alt.datum.name == granted)
        .mark_text(dy=-7, fontSize=11, color=palette.INK)
        .encode(x=axis.periods(words), y=_upward(axis, "at"), text="number:N")
    )
    # Unseen, it makes room for the numbers, and for what the pot pays in another plan.
    height = alt.Chart().mark_point(opacity=0, aria=False).encode(x=axis.periods(words), y=_upward(axis, "most"))
    return alt.LayerChart(
        layer=[of_budget.mark_bar(), of_granted.mark_bar(width={"band": 0.5}), numbers, height], data=inline(data)
    )


def _upward(axis: Axis, column: str) -> alt.Y:
    """The y axis of a pot: from 0 up to what the data of its picture need."""
    y: alt.Y = axis.values(column).scale(alt.Scale(zero=True, nice=False))
    return y


def _explained(pots: list[str], axis: Axis, words: Words) -> list[str]:
    """Explanation of the picture and of its marks."""
    if not pots:
        return [words("There is no public money.")]
    first = words("{unit} in the whole period; numbers: granted. Each pot has its own scale.", unit=axis.unit)
    return [first, words("* keeps what is left for later.")] if any(pot.endswith(KEEPS) for pot in pots) else [first]
