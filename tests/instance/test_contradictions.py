"""Contradictions that the tables alone tell: named in `check` and in the reason of `solve`."""

from routeplan.instance.impossible import impossible
from routeplan.instance.options import Options
from routeplan.result.result import Status
from routeplan.solving.solve import solve
from small import small


def told(instance) -> list[str]:
    return [str(problem) for problem in impossible(Options(instance))]


def test_a_process_without_an_option_in_a_period_is_named() -> None:
    """No option of the oven, today's neither, may run before 2032."""
    options = small()["options"]
    late = options.assign(first_year=options["first_year"].where(options["process"] != "oven", 2032.0))
    instance = small(options=late)
    text = "processes.csv:2: process 'oven' has no option that may run in 2030, so that there is no plan"
    assert told(instance) == [text]
    result = solve(instance)
    assert result.status is Status.INFEASIBLE
    assert result.record.reason.startswith(text)


def test_a_cap_below_what_must_be_emitted_is_named() -> None:
    """Of the oven and the kiln each can emit nothing: a cap of 0 is kept, and without those options it is not."""
    capped = "scope,period,cap,price\nall,2030,{},"
    assert told(small(targets=capped.format(0))) == []
    options = small()["options"]
    today = options[options["current"] == 1].reset_index(drop=True)
    emitted = today["emissions"].sum()
    instance = small(options=today, targets=capped.format(1.5))
    text = (
        f"targets.csv:2: target all of 2030: the cap is 1.5 kt/yr and has no price, and its sites emit {emitted:g} "
        "whatever they run, so that there is no plan"
    )
    assert told(instance) == [text]
    assert solve(instance).record.reason == text
    assert told(small(options=today, targets="scope,period,cap,price\nall,2030,1.5,100")) == []


def test_an_option_that_is_decided_outside_its_years_is_named() -> None:
    """The oven is to be electric in 2030, and may be from 2032 on."""
    options = small()["options"]
    electric = (options["process"] == "oven") & (options["current"] == 0)
    route = options.loc[electric, "route"].iloc[0]
    late = options.assign(first_year=options["first_year"].mask(electric, 2032.0))
    instance = small(options=late, decided=f"decision,item,choice,period,value\nruns,oven,{route},2030,1")
    assert told(instance) == [
        f"decided.csv:2: process 'oven' is decided to run '{route}' in 2030, outside the years of that option "
        "(from 2032), so that there is no plan"
    ]
    assert solve(instance).record.reason.startswith("decided.csv:2: process 'oven' is decided to run")
