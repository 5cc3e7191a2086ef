"""New grid capacity, which the page, the workbook, `show` and the file for the grid operator tell alike."""

import io

import pytest
from charted import plan

from routeplan.cli.output import Output
from routeplan.cli.show_tables import print_summary
from routeplan.language.language import Words
from routeplan.report.files.overview_sheet import overview_sheet
from routeplan.report.files.power import power_asked
from routeplan.report.page.headline import figures
from routeplan.result.summary_power import new_capacity_by_period

ENGLISH = Words("en")
PERIODS = [2026, 2030, 2034]


def asked(period: int) -> tuple[float, float]:
    """New firm capacity, and firm and flexible, of all contracts and of the options of hubs that are open [MW]."""
    requests = plan()["requests"].query("period == @period")
    opened = plan()["hubs"].query("period == @period and open == 1")
    offered = plan().instance["hubs"].set_index(["hub", "option"])
    hubs = offered.loc[list(zip(opened["hub"], opened["option"], strict=True))]
    firm, flexible = hubs["firm_capacity"].sum(), hubs["flexible_capacity"].sum()
    return float(requests["request"].sum() + firm), float(requests["connection"].sum() + firm + flexible)


def test_open_hubs_count_in_new_capacity() -> None:
    """The quay asks for power in the last period, so that the contracts alone are less."""
    told = new_capacity_by_period(plan())
    assert told["period"].tolist() == PERIODS
    for row in told.itertuples():
        assert (row.firm, row.total) == pytest.approx(asked(row.period))
        assert row.total == pytest.approx(row.firm + row.flexible)
    of_contracts = plan()["requests"].groupby("period")["connection"].sum()
    assert told["total"].iloc[-1] > of_contracts[PERIODS[-1]]


def test_page_workbook_command_and_file_agree() -> None:
    """On the last period; the command on every period."""
    firm, total = asked(PERIODS[-1])
    figure = figures(plan(), ENGLISH)[-1]
    assert figure.label == "New grid capacity from 2034 on"
    assert (figure.value, figure.note) == (ENGLISH.number(total), f"of which {ENGLISH.number(firm)} firm")
    sheet = overview_sheet(plan(), [], ENGLISH).rows.set_index("What").loc[figure.label]
    assert (sheet["Value"], sheet["Meaning"]) == (round(total, 1), figure.note)
    shown = _shown()
    for at, said in enumerate(("new firm capacity, MW", "firm and flexible, MW")):
        assert shown[said] == [ENGLISH.number(asked(period)[at]) for period in PERIODS]
    file = power_asked(plan()).query("period == 2034 and year == 2034 and within == ''")
    assert file["firm"].sum() == pytest.approx(firm, abs=0.01)
    assert file["total"].sum() == pytest.approx(total, abs=0.01)


def _shown() -> dict[str, list[str]]:
    """What `show` prints, by the text before the amounts."""
    out = Output(file=io.StringIO(), width=100)
    print_summary(out, plan())
    assert isinstance(out.file, io.StringIO)
    lines = [line.rsplit(maxsplit=len(PERIODS)) for line in out.file.getvalue().splitlines()]
    return {words[0].strip(): words[1:] for words in lines if words}
