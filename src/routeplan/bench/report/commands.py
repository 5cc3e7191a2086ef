"""Commands that do a benchmark again: its suites and settings, written anew from the records, and what runs them."""

from collections.abc import Iterable, Mapping
from shlex import quote
from typing import Any

import yaml

from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run
from routeplan.bench.own_files import KINDS, MPS_FILES
from routeplan.bench.report.results import Results
from routeplan.bench.shipped import known_settings
from routeplan.bench.yaml_file import SUFFIX
from routeplan.version import __version__

BUDGET = ("seconds", "memory", "gap", "threads")
"""What a suite gives to each of its runs."""


def commands(results: Results) -> str:
    """Lines for a shell: one suite for each budget, run, checked and reported on."""
    groups: dict[tuple[Any, ...], list[Run]] = {}
    for run in results.runs:
        groups.setdefault(tuple(run.about.get(name) for name in BUDGET), []).append(run)
    own = _own_settings(results.runs)
    lines = [f"# with routeplan {__version__}"]
    for name, text in own.items():
        lines += ["mkdir -p settings", *_file(f"settings/{name}{SUFFIX}", text)]
    more = " --settings settings" if own else ""
    for number, runs in enumerate(groups.values(), start=1):
        name = "suite.yaml" if len(groups) == 1 else f"suite-{number}.yaml"
        lines += _file(name, _suite(runs, results.manifests))
        lines.append(f"routeplan bench run --suite {name} --out runs{more}")
    lines.append("routeplan bench check runs")
    lines.append(f"routeplan bench report runs --out report --base {quote(results.base)}")
    return "\n".join(lines)


def _file(name: str, text: str) -> list[str]:
    """Lines that write a file; between quotation marks a shell reads them as they are."""
    return [f"cat > {quote(name)} <<'END'", text.rstrip(), "END"]


def _own_settings(runs: Iterable[Run]) -> dict[str, str]:
    """Settings of the runs that do not come with the package, as their files have them, by name."""
    abouts = {run.about["setting"]: run.about for run in runs}
    known = known_settings(None)
    return {name: _yaml(_setting(about)) for name, about in sorted(abouts.items()) if name not in known}


def _setting(about: Mapping[str, Any]) -> dict[str, Any]:
    """What the file of a setting holds, with the options of all that it extends."""
    more = {key: about[key] for key in ("options", "formulation", "warm_start") if about.get(key)}
    return {"solver": about["solver"], "why": "as in the report", **more}


def _yaml(held: Mapping[str, Any]) -> str:
    return str(yaml.safe_dump(held, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None))


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
    return _yaml(held)


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
