"""Commands that do a benchmark again: its suites, written anew from the records, and what is run with them."""

from collections.abc import Iterable, Mapping
from shlex import quote
from typing import Any

import yaml

from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run
from routeplan.bench.own_files import KINDS, MPS_FILES
from routeplan.bench.report.results import Results
from routeplan.version import __version__

BUDGET = ("seconds", "memory", "gap", "threads")
"""What a suite gives to each of its runs."""


def commands(results: Results) -> str:
    """Lines for a shell: one suite for each budget, run, checked and reported on."""
    groups: dict[tuple[Any, ...], list[Run]] = {}
    for run in results.runs:
        groups.setdefault(tuple(run.about.get(name) for name in BUDGET), []).append(run)
    lines = [f"python -m pip install routeplan=={__version__}"]
    for number, runs in enumerate(groups.values(), start=1):
        name = "suite.yaml" if len(groups) == 1 else f"suite-{number}.yaml"
        # Between quotation marks a shell reads the lines as they are.
        lines += [f"cat > {name} <<'END'", _suite(runs, results.manifests).rstrip(), "END"]
        lines.append(f"routeplan bench run --suite {name} --out runs")
    lines.append("routeplan bench check runs")
    lines.append(f"routeplan bench report runs --out report --base {quote(results.base)}")
    return "\n".join(lines)


def _suite(runs: Iterable[Run], manifests: Mapping[str, Manifest]) -> str:
    """A suite of these runs, as its file has it."""
    abouts = [run.about for run in runs]
    held = {
        "about": "the runs of a report",
        **{name: abouts[0][name] for name in BUDGET if name in abouts[0]},
        "seeds": sorted({about["seed"] for about in abouts}),
        "settings": sorted({about["setting"] for about in abouts}),
        "instances": [*_drawn(abouts, manifests), *_of_files(abouts, manifests)],
    }
    return str(yaml.safe_dump(held, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None))


def _drawn(abouts: Iterable[Mapping[str, Any]], manifests: Mapping[str, Manifest]) -> list[dict[str, Any]]:
    """Instances of families, those of a family, size and step in one line."""
    seeds: dict[tuple[str, str, int], set[int]] = {}
    for about in abouts:
        if not _source(about, manifests):
            key = (str(about["family"]), str(about["size"]), int(about.get("step", 0)))
            seeds.setdefault(key, set()).add(_seed_of(about))
    return [
        {"family": family, "size": size, "seeds": sorted(found), **({"step": step} if step else {})}
        for (family, size, step), found in sorted(seeds.items())
    ]


def _of_files(abouts: Iterable[Mapping[str, Any]], manifests: Mapping[str, Manifest]) -> list[dict[str, Any]]:
    """Instances of files, each where its file was, with the optimum where the user said it."""
    keys = {kind.family: kind.key for kind in KINDS}
    names = dict.fromkeys(about["instance"] for about in abouts if _source(about, manifests))
    found = [manifests[name] for name in sorted(names)]
    return [{keys[each.family]: each.source, **({"optimum": each.optimum} if _said(each) else {})} for each in found]


def _said(manifest: Manifest) -> bool:
    return manifest.family == MPS_FILES and manifest.optimum is not None


def _source(about: Mapping[str, Any], manifests: Mapping[str, Manifest]) -> str:
    """Where the file of an instance was; empty where it is of a family."""
    return manifests[about["instance"]].source if about["instance"] in manifests else ""


def _seed_of(about: Mapping[str, Any]) -> int:
    """Seed of an instance, which comes after family and size in its name."""
    return int(str(about["instance"]).removeprefix(f"{about['family']}-{about['size']}-").partition("-")[0])
