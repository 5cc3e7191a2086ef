"""Sections on how runs ended: wrong answers, failures, and the headline."""

from routeplan.bench.best import refuted_optima
from routeplan.bench.remarks import remarks
from routeplan.bench.report.part import Exhibit, Part, listed, number, percent, plural, table_of, text, whole
from routeplan.bench.report.results import Results
from routeplan.bench.report.tables import FAILURES, broken_runs, failures, headline, wrong_answers

MEAN = (
    "The shifted geometric mean is a typical time: 10 s are added to each time, the geometric mean is taken, and 10 s "
    "are taken off again, so that neither the longest nor the shortest times decide it; what is not solved counts its "
    "time limit."
)
PAR10 = "PAR10 is the plain mean of the times, in which what is not solved counts ten time limits."
PRIMAL_DUAL = (
    "The primal-dual integral is the mean, over the time until the limit, of the gap between the best point and the "
    "bound: 0 % if the instance were solved at once, 100 % if there never were both."
)
PRIMAL = (
    "The primal integral is the same mean of the gap between the best point and the best objective that any run here "
    "has found, or the optimum where that is known. The time to 1 % is the shifted geometric mean of the times until a "
    "point is that near to it; the limit counts where none is. The gap left is that between point and bound at the end."
)
SOON = (
    "Shifted geometric means, as above, of the times to the first point and to a point so near to the best objective "
    "that any run here has found, or to the optimum where that is known; the limit counts where there is none."
)
AT_ROOT = (
    "Share of the gap between the linear relaxation and the best objective that is known, which presolve, cuts and the "
    "rest of the root node close: 0 % where the root proves no more than the relaxation, 100 % where it closes all. A "
    "mean over instances, of the runs whose solver tells its bound at the root and whose relaxation leaves more than "
    "the gap that was asked. The relaxation is that of the instance as its family writes it: other formulations are "
    "held against the same."
)
CERTAIN = "Whether one is faster for certain is told under pairs: means this near may change with other instances."
SOLVED = "An instance is solved by a setting when more than half of its runs, one for each seed, are solved."


def wrong_part(results: Results) -> Part:
    """Wrong answers, which come before all else."""
    wrong, count = wrong_answers(results), len(results.everywhere.runs)
    about = (
        "Each point is reckoned again in exact arithmetic, and each bound is held against the points of all other runs "
        "of the instance and against its optimum where that is known. A wrong answer counts as unsolved in every "
        "number and chart below, with the gap of a run that has nothing."
    )
    stated = _wrong_statements(results)
    if wrong.empty:
        said = f"None: nothing speaks against any of the {plural(count, 'run')}."
        return Part("wrong", "Wrong", "Wrong answers", [*stated, said, about], alarm=bool(stated))
    solvers = sorted(set(wrong["setting"]))
    said = f"{plural(len(wrong), 'run')} of {count:,} gave a wrong answer, with {listed(solvers, 6)}."
    shown = {
        "instance": ("Instance", text),
        "setting": ("Setting", text),
        "why": ("Why it is wrong", text),
        "seed": ("Seed", whole),
    }
    return Part(
        "wrong", "Wrong", "Wrong answers", [*stated, said, about], [Exhibit("", table_of(wrong, shown, 3))], alarm=True
    )


def _wrong_statements(results: Results) -> list[str]:
    """What is stated of instances and refuted by points: no solver's fault, and not used."""
    found = sorted(refuted_optima(results.everywhere.runs).items())
    if not found:
        return []
    told = "; ".join(f"{name}: {why}" for name, why in found)
    return [f"Wrong statements of instances, which are not used here (no solver has made them): {told}."]


def failure_part(results: Results) -> Part:
    """What has failed, and how."""
    counts, broken = failures(results), broken_runs(results)
    unsolved = int((counts["runs"] - counts["solved"]).sum())
    said = f"{plural(unsolved, 'run')} of {len(results.runs):,} ended without a proof that holds."
    about = (
        "Out of time: the solver stopped at its limit. Late: it answered more than 2 s after its limit, or had to be "
        "ended. Out of memory: it, or the process around it, reached the memory limit. Crash: it broke down, or "
        "contradicted itself. Gave up early: it stopped before any limit without a proof."
    )
    columns = {name: (str(name).capitalize(), whole) for name in ["runs", "solved", *map(str, FAILURES)]}
    exhibits = [Exhibit("Runs by how they ended", table_of(counts, {"setting": ("Setting", text), **columns}))]
    if not broken.empty:
        shown = {
            "instance": ("Instance", text),
            "setting": ("Setting", text),
            "ended": ("Ended", text),
            "told": ("What was told", text),
            "seed": ("Seed", whole),
        }
        exhibits.append(Exhibit("Runs that ended otherwise than at their time limit", table_of(broken, shown, 4)))
    return Part("failures", "Failures", "What failed", [said, about], exhibits)


def headline_part(results: Results) -> Part:
    """The headline of each setting."""
    frame = headline(results)
    shown = {
        "setting": ("Setting", text),
        "instances": ("Instances", whole),
        "solved": ("Solved", whole),
        "mean": ("Shifted geometric mean [s]", number),
        "par10": ("PAR10 [s]", number),
        "primal_dual": ("Primal-dual integral", percent),
        "primal": ("Primal integral", percent),
        "near": ("Time to 1 % [s]", number),
        "gap_left": ("Gap left", percent),
        "runs": ("Runs", whole),
        "solved_runs": ("Runs solved", whole),
        "wrong": ("Wrong", whole),
    }
    notes = [MEAN, PAR10, PRIMAL_DUAL, PRIMAL, SOLVED, CERTAIN]
    if frame["instances"].nunique() > 1:
        notes.insert(
            0, "Not every setting was run on every instance: their means are not of the same, see pairs below."
        )
    soon = {
        "setting": ("Setting", text),
        "first": ("First point [s]", number),
        "near_5": ("Within 5 % [s]", number),
        "near": ("Within 1 % [s]", number),
        "near_01": ("Within 0.1 % [s]", number),
    }
    at_root = {
        "setting": ("Setting", text),
        "root_closed": ("Root gap closed", percent),
        "root_known": ("Runs of which it is known", whole),
        "runs": ("Runs", whole),
    }
    exhibits = [
        Exhibit(headline_title(results), table_of(frame, shown), note=" ".join(notes)),
        Exhibit("How soon good points come", table_of(frame, soon), note=SOON),
    ]
    if frame["root_known"].any():
        exhibits.append(Exhibit("How much of the gap the root node closes", table_of(frame, at_root), note=AT_ROOT))
    said = [f"{told[0].upper()}{told[1:]}." for told in remarks(results.runs, results.frame)]
    return Part("headline", "Headline", "Headline", said, exhibits, alarm=bool(said))


def headline_title(results: Results) -> str:
    """What the headline shows, in a sentence."""
    frame = headline(results)
    most = int(frame["solved"].max())
    if most == 0:
        return "No setting solves any instance"
    if len(frame) == 1:
        only = frame.iloc[0]
        return f"{only['setting']} solves {most} of {plural(int(only['instances']), 'instance')}"
    best = frame[frame["solved"] == most]
    first = best.iloc[0]
    verb = "solves" if len(best) == 1 else "solve"
    said = f"{listed(list(best['setting']))} {verb} the most instances ({most} of {first['instances']})"
    return f"{said}; of these, {first['setting']} has the least mean" if len(best) > 1 else said
