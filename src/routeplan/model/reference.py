"""The mathematics of the model as a page, rendered from what the code declares: docs/model.md."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from routeplan.instance.money import annuity, charge, funding_gap, overrun, paid_until_lasting, paid_until_temporary
from routeplan.model.build import FAMILIES, STRENGTHENING
from routeplan.model.cuts import ConnectionCuts
from routeplan.model.family import Family
from routeplan.model.variables import BOUNDS, VARIABLES, Domain
from routeplan.schema.results import COST_SENTENCES
from routeplan.tolerances import FEASIBILITY

INTRODUCTION = """# The mathematics

One mixed-integer linear program. Every name here is a name in the code, in results and in explanations. This page is
rendered from the code: `python -m routeplan.model.reference > docs/model.md`.

Indices: process p, route r, period t, u, v (their first years y), pot q, contract c, area a, link l, size s, hub h with
option o, reinforcement k, node n, carrier, commodity, zone z. A period's last year ends where the next begins; the last
ends at the horizon's end Y. Years are tested by the first year of a period alone.

What a period changes: energy, captured, removed and emissions of an option are its columns of `options` times the
`activity` of its process in the period, and its `capex` is times the `trends` of its route; capacities and fixed cost
are as they stand. In what follows these are meant.
"""

GLOSSARY = {
    "pot": "A budget of public money, by period; what is left may be spent later where it carries over.",
    "support": "The rules by which a pot may pay: for which family of routes and sectors, when, and how much at most.",
    "grant": "What a pot pays at a start [M EUR at the start].",
    "funding gap": "What starting an option costs the firm more than staying on its current option, over a fixed "
    "window of years [M EUR at the start]. With participation a firm starts only when grants cover it.",
    "request": "New firm connection capacity that a contract asks for [MW].",
    "connection": "New connection capacity of a contract, firm and flexible together [MW].",
    "firm": "Capacity that is there at every hour.",
    "flexible": "Capacity that the grid operator may withhold at busy hours.",
    "headroom": "New capacity that an area's grid can still take [MW].",
    "contract": "A grid connection of one site, or of several that share one.",
    "coincidence": "The share of a site's new capacity that falls together with the peak of its contract; the rest is "
    "asked for when others of the contract need less. Fees are paid on all of it.",
    "bridge": "A temporary option: it may be left again, lives one life at a start, and may be started anew.",
    "overrun": "The years that a bridge runs on beyond its life, to the end of the period in which that ends.",
    "price, value": "What a firm pays for an item, and what society counts for it; the price where no value is given.",
    "bound, gap": "What no plan can be below, and how far a plan is from it relative to max(1, abs(objective)).",
}
"""Terms that the tables and equations use, in the order in which a reader meets them."""

OBJECTIVE = r"""$$
\sum_t W(t) \, (\text{yearly cost in } t) + \sum_{t} charge(K, n, t, E) \, (\text{what starts, is built, opened or
reinforced in } t) + \sum_{p,r,t} a(K, n) \, D(y_t + n, e) \, overrun_{prt}
$$

with

- $d(y) = (1 + \rho)^{-(y - b)}$, the worth of 1 M EUR in year y: $\rho$ is `discount_rate`, b is `base_year`;
- $D(y, e) = \sum_{j=y}^{e-1} d(j)$ over the years inside the horizon, and $W(t) = D(y_t, y_{t+1})$, the worth of
  1 M EUR in each year of period t;
- K the investment and n the life of an option, a size of a link, a hub or a reinforcement; an option's K is `capex`
  times the `trends` of its route in the period;
- a(K, n) its `annuity`, and $charge(K, n, t, E) = a(K, n) \, D(y_t, E)$, with E from `paid_until_lasting` or
  `paid_until_temporary`; what a bridge runs beyond its life is paid up to e, the end of the period in which that ends;
- S the end of the last period in which the thing may run, and Y the end of the horizon.

The terms:
"""

DERIVATION = """\
An investment is worth the annuities that it pays over its life. Only annuities inside the horizon count, so that a
late investment is not punished by the horizon's end. What stays is renewed at the end of each life at the same cost, so
that its annuity is the rent of every year in which it is there, whatever the life. A bridge pays one life at its start,
used or not, and more only for the years that it runs on.

A firm compares an option with staying on its current one, over the years for which it can count on support, by its own
rate of interest: the annuities of the investment, plus the yearly bill of the option less that of the current option.
What is left above 0 is its funding gap. The window is fixed, so that waiting for the horizon's end wins nothing. Where
the current option must end sooner, only the years until then count: from there on the firm has to move anyway.
"""

MONEY = (annuity, charge, paid_until_lasting, paid_until_temporary, overrun, funding_gap)
"""The functions that reckon money, whose docstrings are the formulas."""


def model_reference() -> str:
    """Render the page: decisions, bounds, constraint families, objective, money and glossary."""
    return "\n".join([INTRODUCTION, *_decisions(), *_families(), *_objective(), *_money(), *_glossary()])


def _decisions() -> Iterator[str]:
    yield "## Decisions\n"
    yield "| name | index | domain | unit | meaning |\n|---|---|---|---|---|"
    for variable in VARIABLES.values():
        domain = "0 to its largest value" if variable.domain is Domain.AMOUNT else variable.domain.value
        yield f"| `{variable.name}` | {', '.join(variable.index)} | {domain} | {variable.unit} | {variable.meaning} |"
    yield "\nWhat is enforced by bounds, or by decisions that are left out:\n"
    yield "| claim | bounds | says |\n|---|---|---|"
    for bound in BOUNDS:
        yield f"| `{bound.name}` | {', '.join(f'`{one.name}`' for one in bound.on)} | {bound.sentence} |"


def _families() -> Iterator[str]:
    yield "\n## Constraint families\n"
    yield from (text for family in FAMILIES for text in _family(family))
    yield "## Strengthening\n\nRows that change no optimum and bring the bound of the linear relaxation nearer to it.\n"
    yield from (text for family in STRENGTHENING for text in _family(family))
    yield "### Cutting planes\n"
    yield f"{markdown(inspect.getdoc(ConnectionCuts) or '').partition('Parameters')[0].strip()}\n"
    yield "Those that a point of the linear relaxation breaks are found by maximum flow, and added round by round.\n"


def _family(family: Family[Any]) -> Iterator[str]:
    rows = summary(family.over)
    unit = f" In {family.unit}." if family.unit else ""
    role = " Listed in the table `limits`." if family.limit else ""
    shared = " Couples sites." if family.shared else ""
    yield f"### `{family.name}`\n"
    yield f"{markdown(inspect.getdoc(family.rule) or '')}\n"
    yield f"By {', '.join(family.index)}: {rows[0].lower()}{rows[1:]}{unit}{role}{shared}\n"


def summary(function: Any) -> str:
    """First line of a docstring."""
    return (inspect.getdoc(function) or "").partition("\n")[0]


def _objective() -> Iterator[str]:
    yield "## Objective\n"
    yield "`cost`: the sum of these terms, each price at its value for society. Grants are transfers, and no cost.\n"
    yield OBJECTIVE
    yield "| term | is |\n|---|---|"
    yield from (f"| `{term}` | {sentence} |" for term, sentence in COST_SENTENCES.items())
    yield (
        "\n`emissions`: first the emissions over all years of the horizon, the sum over periods of their years times "
        "emissions [kt, undiscounted], then `cost` among the plans within "
        f"{FEASIBILITY:g} x max(1, abs(least)) of the least.\n"
    )


def _money() -> Iterator[str]:
    yield f"## Money\n\n{DERIVATION}"
    for function in MONEY:
        text = (inspect.getdoc(function) or "").partition("\nParameters\n")[0].partition("\nParameters as in")[0]
        yield f"### `{function.__name__}`\n\n{markdown(text)}\n"


def _glossary() -> Iterator[str]:
    yield "## Glossary\n"
    yield "| term | means |\n|---|---|"
    yield from (f"| {term} | {meaning} |" for term, meaning in GLOSSARY.items())
    yield ""


def markdown(docstring: str) -> str:
    """A docstring with its formulas as Markdown mathematics, and its double backticks as single ones."""
    formulas = re.sub(
        r"^\.\. math:: (.*(?:\n {3,}.*)*)", lambda found: f"$$\n{found.group(1)}\n$$", docstring, flags=re.MULTILINE
    )
    return formulas.replace("``", "`").strip()


if __name__ == "__main__":
    print(model_reference(), end="")
