"""The picture of CO2: emissions of each sector by period, against the targets and against today."""

import altair as alt
import pandas as pd

from routeplan.instance.names import word_names
from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.axis import Axis, Extent, within
from routeplan.report.charts.bars import HEIGHT, WIDTH, described, stacked, totals, with_tooltips
from routeplan.report.charts.limit_names import scope_name
from routeplan.report.figure import inline, styled, titled, tooltips
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import emissions_by_period, wide
from routeplan.result.summary_limits import targets
from routeplan.result.summary_sectors import emissions_by_sector
from routeplan.schema import units
from routeplan.schema.inputs import ALL

CROSSED = 0.035
"""A number this near to a line, as a share of the axis, is crossed by it."""

BEYOND = 5
"""Pixels by which the line of a target is wider than the bar: so that it is seen to be no part of it."""


def plot_emissions(
    result: Result,
    language: Language | str = Language.ENGLISH,
    *,
    top: float | None = None,
    bottom: float | None = None,
) -> alt.LayerChart:
    """Draw the emissions of each sector in each period, against the targets for all sites and the case as today.

    The largest emitter of today is at the bottom; where there are more sectors than colours, the smallest are one.
    What is captured stands on top, and biogenic CO2 that is stored below 0.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.
    top, bottom : float, optional
        Ends of the y axis [kt/yr], see `extent_of_emissions`; its own when left out.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words, sums = Words(language), emissions_by_period(result)
    extent = within(extent_of_emissions(result), top, bottom)
    axis = Axis(words.name("co2"), words("Sector"), words.unit(units.CO2), extent, totalled=True)
    emitted = emissions_by_sector(result)
    colours = _colours(emitted, words)
    caps = _for_all(result)
    data = _off_lines(with_tooltips(_parts(emitted, colours, words), axis, words), caps, axis)
    title = words("CO2 over time")
    figure = alt.LayerChart(
        layer=[
            stacked(dated(data, result.instance), colours, axis, words, hollow=[_captured(words)]),
            _as_today(dated(sums, result.instance), axis, words),
            _caps(dated(caps, result.instance), axis, words),
            totals(dated(sums, result.instance), "emissions", axis, words),
        ]
    ).properties(
        title=titled(title, *_explained(caps, words)),
        description=described(data, title, axis, words),
        width=WIDTH,
        height=HEIGHT,
    )
    return styled(figure, words)


def extent_of_emissions(result: Result) -> Extent:
    """Extent of the y axis of `plot_emissions` [kt/yr]: CO2 removed from the air is below 0."""
    sums, caps = emissions_by_period(result), _for_all(result)["cap"]
    reached = sums["emissions"] + sums["captured"] - sums["removed"]
    return Extent(-float(sums["removed"].max()), max(float(reached.max()), float(sums["as_today"].max()), *caps))


def emissions_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_emissions`, and the targets of every scope: by period [kt/yr], missing where none is.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    sums, caps, sectors = emissions_by_period(result), targets(result), emissions_by_sector(result)
    scopes = [scope_name(scope, words) for scope in caps["scope"]]
    rows = [
        sectors.assign(name=sectors["sector"].map(word_names(sectors["sector"], words)), value=sectors["emissions"]),
        sums.assign(name=words("All sites"), value=sums["emissions"]),
        sums.assign(name=words("All sites, if nothing changes"), value=sums["as_today"]),
        sums.assign(name=words("Captured"), value=sums["captured"]),
        sums.assign(name=words("Of which biogenic"), value=sums["removed"]),
        caps.assign(name=[words("Target: {scope}", scope=scope) for scope in scopes], value=caps["cap"]),
        caps.assign(name=[words("Reached: {scope}", scope=scope) for scope in scopes], value=caps["reached"]),
    ]
    # A sector may be called what a line is called.
    lines = [row[["name", "period", "value"]].assign(kind=kind) for kind, row in enumerate(rows)]
    table = pd.concat(lines, ignore_index=True)
    heading = f"{words.name('co2')} [{words.unit(units.CO2)}]"
    return wide(table, ["kind", "name"], "value", float("nan")).drop(columns="kind").rename(columns={"name": heading})


def _for_all(result: Result) -> pd.DataFrame:
    """The targets of all sites together."""
    caps = targets(result)
    return caps[caps["scope"] == ALL]


def _colours(emitted: pd.DataFrame, words: Words) -> dict[str, str]:
    """Colour of each stacked part by name: sectors, the rest of them as one, and captured CO2."""
    sectors = list(word_names(emitted["sector"], words).values())
    own = sectors if len(sectors) <= len(palette.SECTORS) else sectors[: len(palette.SECTORS) - 1]
    colours = dict(zip(own, palette.SECTORS, strict=False))
    if len(own) < len(sectors):
        colours[words("{number} other sectors", number=len(sectors) - len(own))] = palette.GREY
    captured = {_captured(words): palette.PALE, words.name("co2_removed"): palette.REMOVED}
    amounts = (emitted["captured"] - emitted["removed"], emitted["removed"])
    return colours | {
        name: colour for (name, colour), amount in zip(captured.items(), amounts, strict=True) if amount.sum() > 0
    }


def _captured(words: Words) -> str:
    """Name of captured CO2, which stands on top of the emissions."""
    return words("captured, not emitted")


def _parts(emitted: pd.DataFrame, colours: dict[str, str], words: Words) -> pd.DataFrame:
    """Stacked parts: ``period``, ``name``, ``value``; in the order of the colours."""
    named = emitted["sector"].map(word_names(emitted["sector"], words))
    rest = next((name for name, colour in colours.items() if colour == palette.GREY), "")
    parts = pd.concat(
        [
            emitted.assign(name=named.where(named.isin(list(colours)), rest), value=emitted["emissions"]),
            emitted.assign(name=_captured(words), value=emitted["captured"] - emitted["removed"]),
            emitted.assign(name=words.name("co2_removed"), value=-emitted["removed"]),
        ]
    )
    sums = parts.groupby(["name", "period"], sort=False)["value"].sum().reset_index()
    return sums[sums["name"].isin(list(colours))].reset_index(drop=True)


def _off_lines(data: pd.DataFrame, caps: pd.DataFrame, axis: Axis) -> pd.DataFrame:
    """Leave out the numbers that the line of a target would cross."""
    middle = data.groupby("period")["value"].cumsum() - data["value"] / 2
    line = data["period"].map(caps.set_index("period")["cap"])
    return data.assign(number=data["number"].mask((middle - line).abs() < CROSSED * axis.height, ""))


def _as_today(sums: pd.DataFrame, axis: Axis, words: Words) -> alt.Chart:
    """A dashed line of the emissions if nothing changed."""
    data = with_tooltips(sums.assign(value=sums["as_today"]), axis, words)
    titles = {"span": words("Years"), "amount": words("If nothing changes")}
    chart: alt.Chart = (
        alt.Chart(inline(data))
        .mark_line(color=palette.INK, strokeDash=[5, 4], strokeWidth=1.5)
        .encode(x=axis.periods(words), y=axis.values("value"), tooltip=tooltips(titles))
    )
    return chart


def _caps(caps: pd.DataFrame, axis: Axis, words: Words) -> alt.LayerChart:
    """A black line across the bar for each target, wider than the bar and with a white edge."""
    data = caps.assign(
        amount=caps["cap"].map(lambda value: axis.amount(words, value)),
        got=caps["reached"].map(lambda value: axis.amount(words, value)),
        above=caps["over"].map(lambda value: axis.amount(words, value)),
    )
    titles = {
        "span": words("Years"),
        "amount": words("Target for all sites"),
        "got": words("Reached"),
        "above": words("Above the target"),
    }
    base = alt.Chart().encode(
        x=axis.periods(words, bandPosition=0), x2=alt.X2("period", bandPosition=1), y=axis.values("cap")
    )
    line = base.mark_rule(color=palette.BLACK, strokeWidth=3, xOffset=-BEYOND, x2Offset=BEYOND).encode(
        tooltip=tooltips(titles)
    )
    edge = base.mark_rule(color=palette.PAPER, strokeWidth=5, aria=False)
    return alt.LayerChart(layer=[edge, line], data=inline(data))


def _explained(caps: pd.DataFrame, words: Words) -> list[str]:
    """Explanation of the lines of the picture."""
    line = words("Total: what is emitted. Dashed line: if nothing changes.")
    if caps.empty:
        return [line]
    told_of = ", ".join(
        f"{period}:\u00a0{words.number(cap)}" for period, cap in zip(caps["period"], caps["cap"], strict=True)
    )
    return [line, words("Black line: target for all sites ({caps}).", caps=told_of)]
