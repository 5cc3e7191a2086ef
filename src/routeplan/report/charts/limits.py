"""The picture of limits: share used of each shared limit that matters, by period."""

import altair as alt
import numpy as np
import pandas as pd

from routeplan.language.language import Language, Words
from routeplan.report import palette
from routeplan.report.charts.bars import WIDTH
from routeplan.report.charts.limit_names import limit_items
from routeplan.report.figure import inline, legend_below, styled, titled, tooltips
from routeplan.report.fullness import COLOURS, TIGHT_FROM, class_names, fullness, share_told
from routeplan.report.waiting import waiting, waiting_for_links
from routeplan.report.years import dated
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import wide
from routeplan.result.summary_limits import BINDS, shared_limits

MATTERS = TIGHT_FROM
"""A limit matters when at least this share of it is used in some period."""

MOST = 20
"""Limits that are drawn at most."""

ROW, NAME, CELL = 48, 0.03, (0.55, 0.97)
"""Height of a row in pixels; and at which share of it its name begins and the ends of its cells are."""

NARROW = 480
"""A picture less wide than this has the name of a row on two lines [pixels]."""


def plot_limits(result: Result, language: Language | str = Language.ENGLISH) -> alt.LayerChart:
    """Draw the share used of each limit in each period, for the limits that sites share and that matter.

    A limit matters when 70 % or more of it is used in some period, or when it leaves too little room for a project that
    a firm wants and that waits. Those for which projects wait come first, then the fullest; 20 at most.

    Parameters
    ----------
    result : Result
        A result with a plan.
    language : Language or str, optional
        Language of the readers.

    Raises
    ------
    UsageError
        When the result has no plan.
    """
    refuse_unsolved(result)
    words = Words(language)
    full = limits_that_matter(result, words)
    names = full["name"].drop_duplicates()
    drawn = {name: place for place, name in enumerate(names.head(MOST))}
    data = dated(_cells(full[full["name"].isin(drawn)], drawn, words), result.instance)
    title = words("How full the limits are")
    figure = _grid(data, drawn, words).properties(
        title=titled(title, *_explained(len(names), words)),
        description=_described(full, title, words),
        width=WIDTH,
        height=ROW * max(1, len(drawn)),
    )
    return styled(figure, words)


def limits_table(result: Result, words: Words) -> pd.DataFrame:
    """The numbers of `plot_limits`: every limit that matters, by period [% of what is allowed], missing where none is.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    full = limits_that_matter(result, words)
    shares = full.assign(share=100.0 * full["share"])
    return wide(shares, ["name"], "share", float("nan")).rename(columns={"name": words("Limit [% used]")})


def limits_that_matter(result: Result, words: Words) -> pd.DataFrame:
    """List the shared limits of which much is used in some period, by name.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The language of the names.

    Returns
    -------
    DataFrame
        ``name`` (``item``, what it is of, and ``kind``, which limit it is), ``period``, ``used``, ``bound``, ``unit``,
        ``share``, ``waits`` (the project that needs least of those for which too little is left, and what it needs; ""
        where there is none); first the limit for which projects wait in most periods, among those the one that binds in
        most, then the one with the largest mean share.
    """
    limits = _given(shared_limits(result), result)
    limits["item"] = limit_items(limits, result.instance, words)
    limits["kind"] = limits["limit"].map(words.name)
    limits["name"] = limits["item"] + ": " + limits["kind"]
    limits["waits"] = _waits(limits, result, words)
    by_name = limits.groupby("name", sort=False)["share"]
    short = (limits["waits"] != "").groupby(limits["name"]).transform("any")
    limits["binding"] = (limits["share"] >= BINDS).groupby(limits["name"]).transform("sum")
    limits["mean"] = by_name.transform("mean")
    limits["waiting"] = (limits["waits"] != "").groupby(limits["name"]).transform("sum")
    found = limits[(by_name.transform("max") >= MATTERS) | short]
    order = {"waiting": False, "binding": False, "mean": False, "name": True, "period": True}
    found = found.sort_values(list(order), ascending=list(order.values()))
    columns = ["name", "item", "kind", "period", "used", "bound", "unit", "share", "waits"]
    return found[columns].reset_index(drop=True)


def _waits(limits: pd.DataFrame, result: Result, words: Words) -> "pd.Series[str]":
    """Of each limit the smallest project that waits for more room than is left, in words; "" where there is none."""
    told = waiting(result, words) | waiting_for_links(result, words)
    places = limits["area"].where(limits["area"] != "", limits["link"])
    keys = zip(limits["limit"], places, limits["period"], strict=True)
    return pd.Series([told.get(each, "") for each in keys], limits.index, dtype="str")


def _given(limits: pd.DataFrame, result: Result) -> pd.DataFrame:
    """Leave out limits that the plan itself builds as large as it needs: candidate links and hubs."""
    links = result.instance["links"]
    candidates = links.loc[links["status"] == "candidate", "link"]
    return limits[~limits["link"].isin(candidates) & (limits["hub"] == "")].copy()


def _cells(full: pd.DataFrame, drawn: dict[str, int], words: Words) -> pd.DataFrame:
    """Content and position of each cell."""
    place = full["name"].map(drawn)
    colours = _classes(words)
    level = pd.Series(fullness(full["share"], full["waits"] != ""), full.index).map(class_names(words))
    amounts = full.assign(unit=full["unit"].map(words.unit))
    return amounts.assign(
        above=place + CELL[0],
        below=place + CELL[1],
        level=level,
        ink=level.map({name: palette.ink_on(colour) for name, colour in colours.items()}),
        number=[
            share_told(share, words) if bound > 0 else f"0 {unit}"
            for share, bound, unit in zip(full["share"], full["bound"], amounts["unit"], strict=True)
        ],
        amount=[
            words("{used} of {bound} {unit}", used=words.number(used), bound=words.number(bound), unit=unit)
            for used, bound, unit in zip(full["used"], full["bound"], amounts["unit"], strict=True)
        ],
    )[["name", "item", "kind", "period", "above", "below", "level", "ink", "number", "amount", "waits"]]


def _classes(words: Words) -> dict[str, str]:
    """The colour of each class of fullness, by name."""
    return {name: COLOURS[level] for level, name in class_names(words).items()}


def _grid(data: pd.DataFrame, drawn: dict[str, int], words: Words) -> alt.LayerChart:
    """Rows of cells, each row under its name: so that names of any length fit, on a telephone too."""
    colours = _classes(words)
    rows = alt.Scale(domain=[len(drawn) or 1, 0], nice=False)
    axis = alt.Axis(title=words("First year of the period"), orient="top", labelAngle=0, ticks=False, domain=False)
    base = alt.Chart(inline(data)).encode(
        x=alt.X("period:O", axis=axis, scale=alt.Scale(paddingInner=0.04)),
    )
    cells = base.mark_rect().encode(
        y=alt.Y("above:Q", axis=None, scale=rows),
        y2="below:Q",
        color=alt.Color(
            "level:N",
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=legend_below(list(colours)),
        ),
        tooltip=tooltips(
            {
                "name": words("Limit"),
                "span": words("Years"),
                "amount": words("Used"),
                "number": words("Share"),
                "waits": words("Waits"),
            }
        ),
    )
    numbers = (
        base.transform_calculate(middle="(datum.above + datum.below) / 2")
        .mark_text(color=alt.ExprRef("datum.ink"), fontSize=12)
        .encode(y=alt.Y("middle:Q", axis=None, scale=rows), text="number:N")
    )
    return alt.LayerChart(layer=[cells, numbers, _row_names(data, rows)])


def _row_names(data: pd.DataFrame, rows: alt.Scale) -> alt.Chart:
    """The name of each row above its cells, on two lines where the picture is narrow."""
    names = data[["item", "kind"]].drop_duplicates().assign(top=lambda shown: NAME + np.arange(len(shown)))
    narrow = f"width < {NARROW}"
    labels: alt.Chart = (
        alt.Chart(inline(names))
        .mark_text(
            align="left",
            baseline="top",
            x=0,
            dy=alt.ExprRef(f"{narrow} ? 0 : 11"),
            fontSize=alt.ExprRef(f"{narrow} ? 11 : 12"),
            lineHeight=12,
            limit=alt.ExprRef("width"),
            color=palette.INK,
            text=alt.ExprRef(f"{narrow} ? [datum.item, datum.kind] : datum.item + ': ' + datum.kind"),
        )
        .encode(y=alt.Y("top:Q", axis=None, scale=rows))
    )
    return labels


def _explained(count: int, words: Words) -> list[str]:
    """Explanation of the limits drawn, and the number of those not drawn."""
    share = words.percent(MATTERS)
    if not count:
        return [words("No limit is used for {share} or more.", share=share)]
    first = words("Limits that sites share, used for {share} or more in some period.", share=share)
    if count <= MOST:
        return [first]
    return [
        first,
        words(
            "The first {shown} of {count}, those for which projects wait before the fullest; {left} are not shown.",
            shown=MOST,
            count=count,
            left=count - MOST,
        ),
    ]


def _described(full: pd.DataFrame, title: str, words: Words) -> str:
    """Describe the full limits in words, with their periods."""
    binding = (
        full[full["share"] >= BINDS].groupby("name", sort=False)["period"].agg(lambda years: ", ".join(map(str, years)))
    )
    parts = "; ".join(f"{name} ({years})" for name, years in binding.head(MOST).items())
    return words("{title}. Full: {limits}.", title=title, limits=parts or words("none"))
