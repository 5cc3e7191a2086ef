"""Which two folders of runs are one suite that was run twice on one machine."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from routeplan.bench.comparable import differing
from routeplan.bench.run_suite import run_name
from routeplan.errors import DataError, Problem, UsageError, counted
from routeplan.runs.merge import HARDWARE
from routeplan.runs.records import Record

SHOWN = 3
"""Runs that a message names."""

Recorded = tuple[Path, Sequence[Record]]
"""A folder and its records."""


def refuse_unless_repeated(first: Recorded, second: Recorded) -> None:
    """Refuse two folders unless they hold the same runs, made twice on one machine.

    Parameters
    ----------
    first, second : pair of Path and sequence of Record
        The folders and their records.

    Raises
    ------
    UsageError
        When both are one folder.
    DataError
        When they are of several machines or of different suites, or the records of one are copies of the other's.
    """
    if first[0].resolve() == second[0].resolve():
        raise UsageError(f"{second[0]} is given twice; allowed: two folders, each with its own runs of one suite")
    for rule in (_machines, _otherwise, _missing, _copies):
        if problems := list(rule(first, second)):
            raise DataError(problems)


def _machines(first: Recorded, second: Recorded) -> Iterator[Problem]:
    """Several machines, in one folder or in the two."""
    known = {folder: _machines_of(records) for folder, records in (first, second)}
    for folder, machines in known.items():
        if len(machines) > 1:
            names = ", ".join(sorted({machine["name"] for machine in machines}))
            text = f"has runs of {len(machines)} machines ({names}); allowed: those of one"
            yield Problem(str(folder), 0, text)
    here, there = known[second[0]][0], known[first[0]][0]
    if differs := [f"{name} {here[name]} for {there[name]}" for name in here if here[name] != there[name]]:
        text = f"was run on another machine than {first[0]} ({', '.join(differs)}); allowed: both on one"
        yield Problem(str(second[0]), 0, text)


def _machines_of(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The machines, each once."""
    found: list[dict[str, Any]] = []
    for record in records:
        machine = {name: record.outcome.machine.get(name) for name in HARDWARE}
        machine = {"name": record.machine, **machine}
        if machine not in found:
            found.append(machine)
    return found


def _otherwise(first: Recorded, second: Recorded) -> Iterator[Problem]:
    """Runs of one name that are of different instances, options, versions or limits."""
    known = {run_name(record.about): record for record in first[1]}
    pairs = [(record, known[run_name(record.about)]) for record in second[1] if run_name(record.about) in known]
    ways = Counter(
        differing(here, there, sorted({*here.about, *there.about})) for here, there in pairs if here.key != there.key
    )
    for way, count in ways.items():
        text = f"is of another suite than {first[0]}: {counted(count, 'run')} made otherwise ({way})"
        yield Problem(str(second[0]), 0, f"{text}; allowed: one suite, run twice")


def _missing(first: Recorded, second: Recorded) -> Iterator[Problem]:
    """Runs of one folder that the other has not."""
    for (folder, records), (other, others) in ((first, second), (second, first)):
        keys = {record.key for record in records}
        if missing := [record for record in others if record.key not in keys]:
            text = f"lacks {counted(len(missing), 'run')} of {other} ({_named(missing)})"
            yield Problem(str(folder), 0, f"{text}; allowed: all runs of one suite, made twice")


def _copies(first: Recorded, second: Recorded) -> Iterator[Problem]:
    """Records that were copied."""
    known = {record.key: record for record in first[1]}
    if copies := [record for record in second[1] if record.same_as(known[record.key])]:
        text = f"has {counted(len(copies), 'run')} of {first[0]} as they are there ({_named(copies)})"
        yield Problem(str(second[0]), 0, f"{text}; allowed: runs made twice")


def _named(records: Collection[Record]) -> str:
    """What the first of them are called, and how many more there are."""
    names = [run_name(record.about) for record in records]
    more = [f"and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return ", ".join([*names[:SHOWN], *more])
