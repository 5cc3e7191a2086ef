"""The decision variables of the model on one page: index, domain, unit and meaning, and what bounds them.

An equation reads a variable by its index, ``m.runs[process, route, period]``; one that a rule of `BOUNDS` rules out
is 0, and never becomes a column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, overload

from routeplan.schema.units import CARRIER_FLOW, CO2, ENERGY, MONEY, POWER

Index = tuple[Any, ...]


class Domain(Enum):
    """Values that a variable may take."""

    BINARY = "0 or 1"
    SHARE = "0 to 1"
    AMOUNT = "0 or more"


@dataclass(frozen=True)
class Variable:
    """A kind of decision variable, as declared in `Variables`.

    Parameters
    ----------
    index : tuple of str
        Columns that name one variable.
    domain : Domain
        Values that it may take.
    meaning : str
        What it says.
    unit : str
        Its unit; empty where it has none.
    name : str
        Name in code, results and explanations: that of the attribute it is assigned to.
    """

    index: tuple[str, ...]
    domain: Domain
    meaning: str
    unit: str = ""
    name: str = field(default="")

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    @overload
    def __get__(self, model: None, owner: type) -> "Variable": ...
    @overload
    def __get__(self, model: "Variables", owner: type) -> "Indexed": ...
    def __get__(self, model: "Variables | None", owner: type) -> "Variable | Indexed":
        return self if model is None else model.by_name[self.name]


class Indexed(dict[Index, Any]):
    """The variables of one kind by index; 0 where one is ruled out.

    Raises
    ------
    KeyError
        When an index has another length than those of the variable.
    """

    def __init__(self, variable: Variable, items: Iterable[tuple[Index, Any]]) -> None:
        super().__init__(items)
        self._variable = variable

    def __missing__(self, index: Index) -> int:
        if not isinstance(index, tuple) or len(index) != len(self._variable.index):
            raise KeyError(f"{self._variable.name}{index}: its index is {', '.join(self._variable.index)}")
        return 0


def binary(*index: str, meaning: str) -> Variable:
    """Declare a variable that is 0 or 1."""
    return Variable(index, Domain.BINARY, meaning)


def share(*index: str, meaning: str) -> Variable:
    """Declare a variable between 0 and 1."""
    return Variable(index, Domain.SHARE, meaning)


def amount(*index: str, unit: str, meaning: str) -> Variable:
    """Declare an amount, 0 or more, of a unit."""
    return Variable(index, Domain.AMOUNT, meaning, unit)


@dataclass(frozen=True)
class Variables:
    """The decision variables of one model, as its equations read them.

    Parameters
    ----------
    by_name : mapping of str to Indexed
        The Pyomo variables of each kind.
    """

    by_name: Mapping[str, Indexed]

    runs = binary("process", "route", "period", meaning="The process runs this option.")
    start = share(
        "process",
        "route",
        "period",
        meaning="The process starts this option in this period; 0 or 1 for temporary options.",
    )
    overrun = share(
        "process",
        "route",
        "period",
        meaning="A temporary option started in this period runs on beyond its life, to the end of the period in which "
        "that ends.",
    )
    grant = amount("process", "route", "period", "pot", unit=MONEY, meaning="Support that a pot pays at a start.")
    request = amount("contract", "period", unit=POWER, meaning="New firm connection capacity.")
    connection = amount("contract", "period", unit=POWER, meaning="New connection capacity, firm and flexible.")
    built = binary("link", "size", "period", meaning="The candidate link is in place in this size.")
    flow = amount("link", "direction", "period", unit=CARRIER_FLOW, meaning="What the link carries in this direction.")
    drawn = amount("node", "carrier", "period", unit=CARRIER_FLOW, meaning="Hydrogen supplied, or CO2 stored, here.")
    open = binary("hub", "option", "period", meaning="The option of the hub is open.")
    output = amount("hub", "option", "period", unit=CARRIER_FLOW, meaning="What the option of the hub handles.")
    reinforced = binary("reinforcement", "period", meaning="The grid reinforcement is in place.")
    taken = amount("commodity", "zone", "step", "period", unit=ENERGY, meaning="Bought from the step of supply.")
    brought = amount(
        "commodity", "region", "period", unit=ENERGY, meaning="What the region uses of the supply for all regions."
    )
    overshoot = amount("scope", "period", unit=CO2, meaning="Emissions above the target, where that has a price.")


VARIABLES: dict[str, Variable] = {name: found for name, found in vars(Variables).items() if isinstance(found, Variable)}
"""The declared variables, by name, in the order of the page."""


@dataclass(frozen=True)
class Bound:
    """A claim that is no row: it stands as the bound of a variable, or leaves the variable out.

    Parameters
    ----------
    name : str
        The claim.
    on : tuple of Variable
        The variables that it bounds.
    sentence : str
        What it says, for planners.
    """

    name: str
    on: tuple[Variable, ...]
    sentence: str


source_capacity = Bound("source_capacity", (Variables.drawn,), "A source supplies or stores no more than its capacity.")
supply_step = Bound("supply_step", (Variables.taken,), "No more is bought of a step of supply than its quantity.")

BOUNDS: tuple[Bound, ...] = (
    Bound("first_year", (Variables.runs, Variables.start), "An option runs in no period before its first year."),
    Bound("last_year", (Variables.runs, Variables.start), "An option runs in no period after its last year."),
    Bound("windows", (Variables.start,), "A process starts options only in its maintenance stops, where it has any."),
    Bound("payable_start", (Variables.start,), "A start whose funding gap all pots together cannot pay is ruled out."),
    Bound(
        "infrastructure_first_year",
        (Variables.built, Variables.flow, Variables.open, Variables.output, Variables.reinforced),
        "Links, hubs and reinforcements are there from their first year on.",
    ),
    Bound("reachable_links", (Variables.built, Variables.flow), "A link that can serve nobody is not built."),
    Bound("one_way", (Variables.flow,), "A one-way link carries nothing backward."),
    source_capacity,
    supply_step,
    Bound(
        "as_decided",
        (Variables.runs, Variables.built, Variables.open, Variables.reinforced),
        "What the table `decided` fixes stands.",
    ),
)
"""What is enforced by bounds and by variables that are left out; the other claims are constraint families."""
