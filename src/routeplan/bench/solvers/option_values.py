"""Names and values of solver options, and what is wrong with them."""

from collections.abc import Iterable, Mapping

from routeplan.errors import UsageError
from routeplan.instance.rules.words import did_you_mean
from routeplan.solver.solution import Option


def refuse_wrong(problems: Iterable[str]) -> None:
    """Refuse options with every problem that they have; empty texts are none.

    Raises
    ------
    UsageError
        When there is a problem.
    """
    if wrong := [text for text in problems if text]:
        raise UsageError("; ".join(wrong))


def wrong_name(solver: str, name: str, known: Iterable[str], budgeted: Mapping[str, str]) -> str:
    """Problem of an option's name: the solver does not know it, or the budget is for it."""
    if name in budgeted:
        return f"solver option '{name}' is what {budgeted[name]} is for"
    if name not in known:
        return f"{solver} has no option '{name}'{did_you_mean(name, sorted(known))}"
    return ""


def wrong_type(name: str, value: Option, wanted: type) -> str:
    """Problem of an option's value: it is of another type; a whole number will do for any number."""
    whole = wanted is float and isinstance(value, int) and not isinstance(value, bool)
    if type(value) is wanted or whole:
        return ""
    return f"solver option '{name}' is {value!r}; allowed: {wanted.__name__}"
