"""Draws docs/picture.svg from a plan: python scripts/picture.py achterhoek-plan docs/picture.svg."""

import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

import routeplan
from routeplan.summary import emissions_by_period, routes_by_period

FAMILIES = {  # colours after Okabe and Ito: told apart by colour-blind readers too
    "current": ("as today", "#8c8c8c"),
    "efficiency": ("saving", "#f0e442"),
    "electrification": ("electric", "#0072b2"),
    "flex_e": ("flexible electric", "#56b4e9"),
    "ccs": ("CO2 capture", "#000000"),
    "hydrogen": ("hydrogen", "#009e73"),
    "green_gas": ("green gas", "#e69f00"),
    "heat": ("heat network", "#d55e00"),
}
WIDTH, HEIGHT = 960, 410
CHART_LEFT, CHART_RIGHT, CHART_TOP, CHART_BOTTOM = 480, 800, 96, 330
FONT = "font-family='Helvetica, Arial, sans-serif' fill='#222'"


def text(x: float, y: float, words: object, size: int = 14, anchor: str = "start", bold: bool = False) -> str:
    style = f"font-size='{size}' text-anchor='{anchor}' font-weight='{'bold' if bold else 'normal'}' {FONT}"
    return f"<text x='{x:g}' y='{y:g}' {style}>{escape(str(words))}</text>"


def rectangle(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    size = f"width='{width:g}' height='{height:.1f}'"
    return f"<rect x='{x:g}' y='{y:.1f}' {size} rx='2' fill='{fill}' stroke='{stroke}'/>"


def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    line = f"M{x:g} {y:g} L{to_x:g} {to_y:g}"
    return f"<path d='{line}' stroke='#222' stroke-width='1.5' marker-end='url(#head)'/>"


def box(x: float, y: float, width: float, height: float, title: str, lines: Iterable[str]) -> list[str]:
    inside = [text(x + 12, y + 46 + 19 * row, line, 13) for row, line in enumerate(lines)]
    return [
        rectangle(x, y, width, height, "#f6f6f2", "#999"),
        text(x + 12, y + 24, title, 15, bold=True),
        *inside,
    ]


def chart(plan: routeplan.Result) -> list[str]:
    """Stack, for each period, the processes that run each family; CO2 stands below."""
    routes, co2 = routes_by_period(plan), emissions_by_period(plan).set_index("period")["emissions"]
    periods = list(plan.instance["periods"]["period"])
    step = (CHART_RIGHT - CHART_LEFT) / len(periods)
    scale = (CHART_BOTTOM - CHART_TOP) / len(plan.instance["processes"])
    drawn = []
    for place, period in enumerate(periods):
        x, y = CHART_LEFT + place * step, float(CHART_BOTTOM)
        for row in routes[routes["period"] == period].itertuples():
            y -= row.processes * scale
            drawn.append(rectangle(x, y, 0.72 * step, row.processes * scale - 1, FAMILIES[row.family][1]))
        drawn.append(text(x + 0.36 * step, CHART_BOTTOM + 20, period, 13, "middle"))
        drawn.append(text(x + 0.36 * step, CHART_BOTTOM + 38, f"{co2[period]:,.0f}", 13, "middle"))
    drawn.append(text(CHART_RIGHT + 4, CHART_BOTTOM + 38, "kt CO2/yr", 13))
    used = [family for family in FAMILIES if family in set(routes["family"])]
    for row, family in enumerate(reversed(used)):
        drawn.append(rectangle(CHART_RIGHT + 8, CHART_TOP + 22 * row, 14, 14, FAMILIES[family][1]))
        drawn.append(text(CHART_RIGHT + 28, CHART_TOP + 12 + 22 * row, FAMILIES[family][0], 13))
    return drawn


def picture(plan: routeplan.Result) -> str:
    counts = {name: len(plan.instance[name]) for name in plan.instance}
    tables = ["sites", "options", "prices", "headroom", "links", "hubs", "budgets"]
    body = [
        *box(16, 56, 170, 200, "Tables", [f"{name}: {counts[name]} rows" for name in tables]),
        *box(226, 56, 210, 200, "Model and solver", _solved(plan)),
        *box(
            16,
            300,
            420,
            92,
            "Plan checker",
            [
                "works out every rule, cost and tonne afresh, from the",
                "tables alone, without model or solver",
            ],
        ),
        arrow(186, 156, 222, 156),
        arrow(436, 156, CHART_LEFT - 8, 156),
        arrow(101, 256, 101, 296),
        arrow(CHART_LEFT - 8, 346, 440, 346),
        text(16, 34, "A folder of tables goes in", 16, bold=True),
        text(
            CHART_LEFT,
            34,
            "A checked plan comes out",
            16,
            bold=True,
        ),
        text(
            CHART_LEFT,
            76,
            f"{plan.instance.name}: {counts['processes']} processes at {counts['sites']} sites",
            13,
        ),
        *chart(plan),
    ]
    tip = "<path d='M0 0 L8 4 L0 8 z'/>"
    head = f"<marker id='head' markerWidth='8' markerHeight='8' refX='6' refY='4' orient='auto'>{tip}</marker>"
    return "\n".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' role='img'>",
            "<title>From tables to a checked plan</title>",
            f"<defs>{head}</defs>",
            rectangle(0, 0, WIDTH, HEIGHT, "white"),
            *body,
            "</svg>\n",
        ]
    )


def _solved(plan: routeplan.Result) -> list[str]:
    return [
        "one mixed-integer program",
        "for all sites, periods and",
        "everything they share",
        "",
        f"plan    {plan.objective:,.1f} M EUR",
        f"bound  {plan.bound:,.1f} M EUR",
        f"gap     {plan.gap:.3%}",
    ]


folder, file = sys.argv[1:3]
Path(file).write_text(picture(routeplan.load(folder)), encoding="utf-8")
