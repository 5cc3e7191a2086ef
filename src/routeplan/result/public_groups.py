"""Groups of sites whose sums can be published: none tells of a site, alone or taken from another."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.result.firms import firms_of
from routeplan.result.public_limits import AT_LEAST, LARGEST_SHARE
from routeplan.result.public_rule import Labels, Rule
from routeplan.result.summary_places import emitted_today

KINDS = ("sector", "area")

OTHER = ""
"""The group of all sites whose own group may not be published."""


@dataclass(frozen=True)
class Grouping:
    """What decides which sites are together.

    Parameters
    ----------
    rule : Rule
        What their sums must have.
    today : Series
        CO2 of each site today [kt/yr], by its id.
    """

    rule: Rule
    today: pd.Series

    def broken_by(self, labels: Labels) -> list[str]:
        """Groups with too few firms, or whose CO2 breaks the rule."""
        few = self.rule.few(labels)
        tells = self.rule.tells(self.today.to_frame(), labels).any(axis="columns")
        return [str(label) for label in few.index[few | tells]]

    def differences(self, groups: pd.DataFrame) -> set[tuple[str, str]]:
        """Groups, with their kinds, of which a difference could be formed that breaks the rule."""
        kinds = [groups[kind] for kind in KINDS]
        pairs = [*self.rule.few_differ(*kinds), *self.rule.differ(self.today, *kinds)]
        return {one for pair in pairs for one in zip(KINDS, pair, strict=True)}

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

    Each group has at least so many firms, and its CO2 today obeys the `Rule`. Sites of an area that is too small count
    with the area that contains it; what is left of any kind is together in `OTHER`, which obeys the same rule, so that
    it cannot be reckoned as the rest of a total. Nor can a sum that breaks the rule be reckoned from groups of both
    kinds, as that of the one site of an area that is not of a certain sector.

    Parameters
    ----------
    instance : Instance
        The instance.
    at_least : int
        Fewest firms of a group, `AT_LEAST` or more.

    Returns
    -------
    DataFrame
        By site: ``sector`` and ``area``, the group of each kind in which the site counts.

    Raises
    ------
    UsageError
        When fewer firms are asked for, or all sites together are too few.
    """
    sites = instance["sites"].set_index("site")
    rule = public_rule(instance, at_least)
    today = emitted_today(instance).groupby("site")["emissions"].sum().reindex(sites.index, fill_value=0.0)
    grouping = Grouping(rule, today)
    if grouping.broken_by(pd.Series(OTHER, sites.index)):
        raise UsageError(
            f"nothing can be published of {len(sites)} sites of {rule.firms.nunique()} firms; allowed: {at_least} or "
            f"more firms with CO2 today, of which none has more than {LARGEST_SHARE:.0%}"
        )
    areas = _in_larger_areas(sites["area"], parents_of(instance), grouping)
    groups = pd.DataFrame({"sector": grouping.merged(sites["sector"]), "area": grouping.merged(areas)})
    return _without_differences(groups, grouping)


def public_rule(instance: Instance, at_least: int = AT_LEAST) -> Rule:
    """Make the rule for sums of the sites of an instance.

    Raises
    ------
    UsageError
        When fewer firms than `AT_LEAST` are asked for.
    """
    if at_least < AT_LEAST:
        raise UsageError(f"a sum may be of {at_least} firms; allowed: {AT_LEAST} or more, or a site could be told")
    return Rule(firms_of(instance["sites"]), at_least)


def parents_of(instance: Instance) -> dict[str, str]:
    """The area that contains each area; "" where none does."""
    return dict(zip(instance["areas"]["area"], instance["areas"]["parent"], strict=True))


def _in_larger_areas(labels: Labels, parents: Mapping[str, str], grouping: Grouping) -> Labels:
    """Count the sites of areas that break the rule with the area that contains these, the innermost first."""
    levels = {area: _level(area, parents) for area in parents}
    for level in range(max(levels.values(), default=0), 0, -1):
        moved = {area: parents[area] for area in grouping.broken_by(labels) if levels[area] == level}
        labels = labels.replace(moved)
    return labels


def _level(area: str, parents: Mapping[str, str]) -> int:
    """How many areas contain this one."""
    parent = parents.get(area, "")
    return 1 + _level(parent, parents) if parent else 0


def _without_differences(groups: pd.DataFrame, grouping: Grouping) -> pd.DataFrame:
    """Merge groups until no difference of groups of both kinds breaks the rule."""
    while told := grouping.differences(groups):
        near = {one for one in told if one[1] != OTHER}
        every = {(kind, label) for kind in KINDS for label in set(groups[kind]) - {OTHER}}
        kind, label = min(near or every, key=lambda one: (grouping.size(groups[one[0]], one[1]), one[0]))
        groups[kind] = grouping.merged(_as_other(groups[kind], [label]))
    return groups
