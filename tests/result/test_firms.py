"""Firms: sites of one contract or one name are one; others cannot be told to be."""

import pandas as pd
import pytest

from routeplan.result.firms import bare_names, firms_of


def sites(*rows: tuple[str, str]) -> pd.DataFrame:
    """Sites s0, s1, ... with these names and contracts; a contract of their own where it is empty."""
    ids = [f"s{number}" for number in range(len(rows))]
    names, contracts = zip(*rows, strict=True)
    own = [contract or site for site, contract in zip(ids, contracts, strict=True)]
    return pd.DataFrame({"site": ids, "name": names, "contract": own})


@pytest.mark.parametrize(
    ("rows", "firms"),
    [
        ([("Alpha", ""), ("Bravo", ""), ("", ""), ("", "")], 4),
        ([("Alpha", "pact"), ("Bravo", "pact"), ("", "pact")], 1),
        ([("Alpha B.V.", ""), ("ALPHA", ""), ("Álpha N.V.", "")], 1),
        ([("Alpha", "pact"), ("Bravo", "pact"), ("bravo bv", "")], 1),
        ([("Alpha Noord", ""), ("Alpha Zuid", "")], 2),
        ([("s1", "s0"), ("", "")], 2),
    ],
)
def test_sites_of_one_contract_or_name_are_one_firm(rows: list[tuple[str, str]], firms: int) -> None:
    """Or linked by others; not those without a name, nor with names that are only alike, nor by an id as a name."""
    assert firms_of(sites(*rows)).nunique() == firms


def test_names_lose_case_accents_and_legal_form() -> None:
    """Not a part of a word, and not the whole name."""
    names = pd.Series(
        ["Bakkerij 't Hert B.V.", "BAKKERIJ T HERT", "Coöperatie Melk U.A.", "Savanne", "S.A.", "x b. v."]
    )
    assert bare_names(names).tolist() == ["bakkerij t hert", "bakkerij t hert", "melk", "savanne", "sa", "x"]
