"""Groups of sites whose sums can be published: none tells of a site, alone or taken from another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.result.summary_places import emitted_today

AT_LEAST = 3
"""Fewest sites of a group: the firm of one of two could take itself from the sum, and know the other."""

LARGEST_SHARE = 0.75
"""Most that one site may have of the CO2 of its group: above it the sum would be nearly that site's own."""

KINDS = ("sector", "area")

OTHER = ""
"""The group of all sites whose own group may not be published."""

Labels = pd.Series
"""Group of each site, by the site's id."""


@dataclass(frozen=True)
class Rule:
    """What makes a group fit to be published.

    Parameters
    ----------
    today : Series
        CO2 of each site today [kt/yr], by its id.
    at_least : int
        Fewest sites.
    """

    today: pd.Series
    at_least: int

    def broken_by(self, labels: Labels) -> list[str]:
        """Groups with too few sites, or in which one site has too much of the CO2."""
        of_group = self.today.groupby(labels)
        broken = (of_group.size() < self.at_least) | (of_group.max() > LARGEST_SHARE * of_group.sum())
        return [str(label) for label in broken.index[broken]]

    def size(self, labels: Labels, label: str) -> tuple[int, float, str]:
        """Sites and CO2 of a group; by these, and by its name where they are the same, the smaller comes first."""
        of_group = self.today[labels == label]
        return len(of_group), float(of_group.sum()), label

    def merged(self, labels: Labels) -> Labels:
        """Merge the groups that break the rule into `OTHER`, with the next smallest while that breaks it too."""
        labels = _as_other(labels, self.broken_by(labels))
        while OTHER in self.broken_by(labels):
            labels = _as_other(labels, [min(set(labels) - {OTHER}, key=lambda label: self.size(labels, label))])
        return labels


def _as_other(labels: Labels, merged: list[str]) -> Labels:
    return labels.where(~labels.isin(merged), OTHER)


def public_groups(instance: Instance, at_least: int = AT_LEAST) -> pd.DataFrame:
    """Group the sites by sector and by area, so that sums of all groups can be published beside each other.

    Each group has at least so many sites, and none of its sites more than `LARGEST_SHARE` of its CO2 today. Sites of
    an area that is too small count with the area that contains it; what is left of any kind is together in `OTHER`,
    which obeys the same rule, so that it cannot be reckoned as the rest of a total. Nor can a sum of fewer sites be
    reckoned from groups of both kinds, as that of the one site of an area that is not of a certain sector.

    Parameters
    ----------
    instance : Instance
        The instance.
    at_least : int
        Fewest sites of a group, `AT_LEAST` or more.

    Returns
    -------
    DataFrame
        By site: ``sector`` and ``area``, the group of each kind in which the site counts.

    Raises
    ------
    UsageError
        When fewer sites are asked for, or all sites together are too few.
    """
    if at_least < AT_LEAST:
        raise UsageError(f"a group may have {at_least} sites; allowed: {AT_LEAST} or more, or a site could be told")
    sites = instance["sites"].set_index("site")
    today = emitted_today(instance).groupby("site")["emissions"].sum().reindex(sites.index, fill_value=0.0)
    rule = Rule(today, at_least)
    if rule.broken_by(pd.Series(OTHER, sites.index)):
        raise UsageError(
            f"nothing can be published of {len(sites)} sites; allowed: {at_least} or more, of which none has more "
            f"than {LARGEST_SHARE:.0%} of the CO2"
        )
    areas = _in_larger_areas(sites["area"], parents_of(instance), rule)
    groups = pd.DataFrame({"sector": rule.merged(sites["sector"]), "area": rule.merged(areas)})
    return _without_differences(groups, rule)


def parents_of(instance: Instance) -> dict[str, str]:
    """The area that contains each area; "" where none does."""
    return dict(zip(instance["areas"]["area"], instance["areas"]["parent"], strict=True))


def _in_larger_areas(labels: Labels, parents: Mapping[str, str], rule: Rule) -> Labels:
    """Count the sites of areas that break the rule with the area that contains these, the innermost first."""
    levels = {area: _level(area, parents) for area in parents}
    for level in range(max(levels.values(), default=0), 0, -1):
        moved = {area: parents[area] for area in rule.broken_by(labels) if levels[area] == level}
        labels = labels.replace(moved)
    return labels


def _level(area: str, parents: Mapping[str, str]) -> int:
    """How many areas contain this one."""
    parent = parents.get(area, "")
    return 1 + _level(parent, parents) if parent else 0


def _without_differences(groups: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Merge groups until no difference of groups of both kinds is a sum of too few sites."""
    while pairs := subtractable(groups["sector"], groups["area"], rule.at_least):
        near = {one for pair in pairs for one in zip(KINDS, pair, strict=True) if one[1] != OTHER}
        every = {(kind, label) for kind in KINDS for label in set(groups[kind]) - {OTHER}}
        kind, label = min(near or every, key=lambda one: (rule.size(groups[one[0]], one[1]), one[0]))
        groups[kind] = rule.merged(_as_other(groups[kind], [label]))
    return groups


def subtractable(one: Labels, other: Labels, at_least: int) -> list[tuple[str, str]]:
    """Find sites that could be told by taking groups of one kind from groups of the other.

    A difference of sums is again a sum of sites where every group that is taken away lies within those from which it
    is taken. With an arc for each site, from its group of the one kind to its group of the other, these are the cuts
    that no arc crosses the other way; the smallest that separates two groups is found as a flow between them.

    Parameters
    ----------
    one, other : Series
        Group of each site, by its id; no group has fewer sites than `at_least`.
    at_least : int
        Fewest sites of a sum that may be known.

    Returns
    -------
    list of tuple of str
        The group of either kind of the sites of which sums of fewer could be known.
    """
    starts, starting = pd.factorize(one)
    ends, ending = pd.factorize(other)
    arcs = pd.DataFrame({"start": starts, "end": ends + len(starting)}).value_counts().reset_index()
    start, end, sites = (arcs[name].to_numpy(np.int32) for name in ("start", "end", "count"))
    # As good as no limit: more than all sites.
    back = np.full(len(arcs), len(one) + 1, dtype=np.int32)
    size = len(starting) + len(ending)
    network = csr_array(
        (np.concatenate([sites, back]), (np.concatenate([start, end]), np.concatenate([end, start]))), (size, size)
    )
    return [
        (str(starting[begin]), str(ending[stop - len(starting)]))
        for begin, stop in zip(start, end, strict=True)
        if maximum_flow(network, begin, stop).flow_value < at_least
    ]
