"""What must be said of sites whose data their firms did not give."""

import pandas as pd
import pytest

from routeplan.errors import DataError
from routeplan.instance.basis import said_beside, said_of_all
from routeplan.instance.instance import Instance
from small import SMALL, small, table

SAID = "estimated from the public register; not a plan of this firm"


def with_bases(*bases: str) -> Instance:
    """The bakery and the tile works, with these bases."""
    return small(sites=table("sites", SMALL["sites"]).assign(basis=list(bases)))


def test_it_is_said_of_sites_of_the_register_alone() -> None:
    """The tile works comes from the register; the bakery's data were given."""
    sites = with_bases("", "register")["sites"]
    assert said_beside(sites).tolist() == ["", SAID]
    assert said_of_all(sites) == [f"For 1 of the 2 sites: {SAID}."]


def test_where_it_holds_for_all_sites_it_is_said_of_each() -> None:
    """Two of two."""
    assert said_of_all(with_bases("register", "register")["sites"]) == [f"For each of the 2 sites: {SAID}."]


def test_of_sites_without_a_basis_nothing_is_said() -> None:
    """As of every instance from before there was such a column."""
    assert said_beside(small()["sites"]).tolist() == ["", ""]
    assert said_of_all(small()["sites"]) == []
    assert said_of_all(pd.DataFrame({"basis": []})) == []


def test_it_is_said_in_any_language() -> None:
    """What is said, and the sentence about it, are translated one after the other."""
    told: list[str] = []

    def say(text: str, **values: object) -> str:
        told.append(text)
        return text.format(**values).upper()

    assert said_of_all(with_bases("register", "register")["sites"], say) == [
        f"For each of the 2 sites: {SAID.upper()}.".upper()
    ]
    assert said_beside(with_bases("register", "")["sites"], say).tolist() == [SAID.upper(), ""]
    assert told[:2] == [SAID, "For each of the {number} sites: {said}."]


def test_another_word_is_refused() -> None:
    """A misspelt basis would leave the firm's name without its sentence."""
    with pytest.raises(DataError) as refused:
        with_bases("", "Register")
    (problem,) = refused.value.problems
    assert problem.column == "basis"
    assert "allowed: register, or empty" in problem.text
