"""Parameters of GLPK's search: a value that GLPK does not take ends the process, so each is checked here."""

from collections.abc import Mapping
from typing import Any

from routeplan.bench.solvers.option_values import refuse_wrong, wrong_name, wrong_type
from routeplan.solver.solution import Option

BUDGETED = {
    "tm_lim": "seconds",
    "mip_gap": "gap",
    "msg_lev": "the answer",
    "out_frq": "the answer",
    "out_dly": "the answer",
    "cb_func": "the answer",
    "cb_info": "the answer",
    "cb_size": "the answer",
    "use_sol": "the answer",
    "save_sol": "the answer",
}
"""Parameters that the budget is for, or that the adapter needs as they are."""

SWITCHES = (
    "mir_cuts",
    "gmi_cuts",
    "cov_cuts",
    "clq_cuts",
    "presolve",
    "binarize",
    "fp_heur",
    "ps_heur",
    "sr_heur",
)
"""Parameters that are true or false."""

WORDS: dict[str, dict[str, str]] = {
    "br_tech": {word: f"GLP_BR_{word}" for word in ("FFV", "LFV", "MFV", "DTH", "PCH")},
    "bt_tech": {word: f"GLP_BT_{word}" for word in ("DFS", "BFS", "BLB", "BPH")},
    "pp_tech": {word: f"GLP_PP_{word}" for word in ("NONE", "ROOT", "ALL")},
}
"""Parameters with words for values, and the constants of GLPK that they stand for."""

TOLERANCES = ("tol_int", "tol_obj")
"""Parameters that are numbers between 0 and 1, both excluded."""

DURATIONS = ("ps_tm_lim",)
"""Parameters in milliseconds."""

KNOWN = (*SWITCHES, *WORDS, *TOLERANCES, *DURATIONS)


def check_glpk_options(options: Mapping[str, Option]) -> dict[str, Option]:
    """Check parameters of GLPK's search by name, type and value.

    Parameters
    ----------
    options : mapping of str to bool, int, float or str
        Parameters by the names of ``glp_iocp``: switches as booleans, techniques by the last letters of their
        constants (``br_tech="DTH"``).

    Raises
    ------
    UsageError
        With every parameter that GLPK does not know or take, or that the budget is for.
    """
    refuse_wrong(wrong_name("GLPK", name, KNOWN, BUDGETED) or _wrong_value(name, options[name]) for name in options)
    return {name: float(value) if name in TOLERANCES else value for name, value in options.items()}


def set_glpk_options(glpk: Any, parameters: Any, options: Mapping[str, Option]) -> None:
    """Set checked parameters on a ``glp_iocp`` of swiglpk."""
    for name, value in options.items():
        if name in WORDS:
            setattr(parameters, name, getattr(glpk, WORDS[name][str(value)]))
        elif name in SWITCHES:
            setattr(parameters, name, glpk.GLP_ON if value else glpk.GLP_OFF)
        else:
            setattr(parameters, name, value)


def _wrong_value(name: str, value: Option) -> str:
    """Problem of one value; empty where there is none."""
    if name in SWITCHES:
        return wrong_type(name, value, bool)
    if name in WORDS:
        allowed = ", ".join(WORDS[name])
        return "" if value in WORDS[name] else f"solver option '{name}' is {value!r}; allowed: {allowed}"
    if name in DURATIONS:
        whole = type(value) is int and value >= 0
        return "" if whole else f"solver option '{name}' is {value!r}; allowed: a whole number of milliseconds"
    inside = isinstance(value, float) and 0.0 < value < 1.0
    return "" if inside else f"solver option '{name}' is {value!r}; allowed: a number between 0 and 1"
