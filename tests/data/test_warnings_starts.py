"""Starts that no pots can pay for.

A firm counts 2 years at rate 0. The oven costs 10 GWh x 30 + 2 kt x 100 = 0.5 M EUR/yr on gas and 8 GWh x 25 = 0.2 on
electricity. An electric oven with a life of 4 years lacks 2 x (capex / 4 + 0.2 - 0.5): nothing at a capex of 0.8, and
2 x (1.2 + 0.2 - 0.5) = 1.8 at one of 4.8.
"""

import numpy as np
import pandas as pd
import pytest

from routeplan.data.warnings.warn import remarks
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from small import small, with_settings

OVEN = "process,route,current,capex,electricity,gas,emissions\noven,gas,1,0,0,10,2\noven,electric,0,{},8,0,0"
BAKERY = {"processes": "process,site,kind\noven,bakery,oven"}


def firm(capex: float, support: str = "", budgets: str = "", carry_over: int = 0) -> Instance:
    """The oven alone, of a firm that moves only when its gap is covered."""
    return small(
        with_settings(participation=True, support_years=2),
        options=OVEN.format(capex),
        pots=f"pot,carry_over\nfund,{carry_over}\nspare,0",
        support="pot,family,sector,basis,first_year,last_year,share,cap" + support,
        budgets="pot,period,amount" + budgets,
        **BAKERY,
    )


def told(instance: Instance) -> list[str]:
    """The notes on starts that are too dear."""
    return [str(note) for note in remarks(instance).notes if note.name == "start-too-dear"]


START = "options.csv:3: no pots can pay for process 'oven' to start route 'electric' in "


def test_a_start_without_a_gap_needs_no_pot() -> None:
    """An oven that pays for itself."""
    assert told(firm(0.8)) == []


def test_a_start_that_no_row_supports() -> None:
    """A gap of 1.8 and no support at all, in both periods: one warning for the option."""
    assert told(firm(4.8)) == [START + "2030, 2032: at worst, in 2030, its funding gap is 1.8 M EUR and they may pay 0"]


def test_pots_pay_together() -> None:
    """Two pots of 1.0 cover 1.8; with 0.7 in one of them in 2032 they pay 1.7, which does not."""
    rows = "\nfund,electrification,all,funding_gap,,,1,\nspare,electrification,food,capex,,,0.5,1"
    rich = "\nfund,2030,1\nspare,2030,9\nfund,2032,1\nspare,2032,9"
    assert told(firm(4.8, rows, rich)) == []
    assert told(firm(4.8, rows, rich.replace("fund,2032,1", "fund,2032,0.7"))) == [
        START + "2032: its funding gap is 1.8 M EUR and they may pay 1.7"
    ]


def test_rows_count_by_family_sector_and_year() -> None:
    """A row for another family or sector, or for years before, pays nothing."""
    rows = (
        "\nfund,ccs,all,capex,,,1,\nfund,electrification,ceramics,capex,,,1,\nfund,electrification,all,capex,,2031,1,"
    )
    rich = "\nfund,2030,9\nfund,2032,9"
    assert told(firm(4.8, rows, rich)) == [START + "2032: its funding gap is 1.8 M EUR and they may pay 0"]


@pytest.mark.nightly
def test_what_is_left_over_counts_where_it_may_be_kept() -> None:
    """Money of 2030 only: it pays in 2032 where the pot carries over."""
    row, budget = "\nfund,electrification,all,funding_gap,,,1,", "\nfund,2030,2"
    assert told(firm(4.8, row, budget, carry_over=1)) == []
    assert told(firm(4.8, row, budget)) == [START + "2032: its funding gap is 1.8 M EUR and they may pay 0"]


def test_the_best_row_of_a_pot_counts() -> None:
    """Of 0.5 x 4.8 = 2.4 capped at 1, and 0.9 x 1.8 = 1.62, the pot pays the second."""
    rows = "\nfund,electrification,all,capex,,,0.5,1\nfund,electrification,all,funding_gap,,,0.9,"
    instance = firm(4.8, rows, "\nfund,2030,9\nfund,2032,9")
    np.testing.assert_allclose(Options(instance).most_support, [1.62, 1.62])


def test_a_firm_that_need_not_be_covered_is_not_warned_of() -> None:
    """Without participation, gaps do not matter."""
    instance = firm(4.8)
    assert told(Instance(with_settings(participation=False), instance.tables)) == []


def test_notes_stand_on_the_lines_of_the_file() -> None:
    """With the lines of rows given, a note stands on them."""
    notes = remarks(firm(4.8), {"options": pd.Series([4, 9]).to_numpy()}).notes
    assert [note.line for note in notes if note.name == "start-too-dear"] == [9]
