"""Capacity that is free in a firm's contract: contract less highest power, where the survey tells both."""

import math

from routeplan.importers.survey.answers import Answer
from routeplan.importers.survey.lookup import Lookup
from routeplan.importers.survey.notes import Note, Outcome
from routeplan.importers.survey.profile import Profile
from routeplan.importers.survey.reading import VOLT
from routeplan.instance.rules.words import folded
from routeplan.language.language import Words


def spare_capacity(lookup: Lookup) -> float:
    """Capacity that is free in the contract [MW]: as given, or contract less peak; NaN where it is not known."""
    given, peak = lookup.amount("spare_capacity"), _peak(lookup)
    contract = _contract(lookup)
    if not math.isnan(given):
        return given
    if math.isnan(contract) or math.isnan(peak):
        why = lookup.words("contract or highest power is not known: estimated")
        lookup.note(Note(Outcome.NOT_ASKED, field="spare_capacity", why=why))
        return math.nan
    text = lookup.words(
        "contract of {contract} MW less the highest power of {peak} MW",
        contract=lookup.words.number(contract),
        peak=lookup.words.number(peak),
    )
    spare = round(max(0.0, contract - peak), 3)
    lookup.note(Note(Outcome.UNDERSTOOD, field="spare_capacity", value=f"{spare:g}", unit="MW", why=text))
    return spare


def _contract(lookup: Lookup) -> float:
    """Contracted capacity [MW]; of small consumers that of their connection."""
    small, contract = lookup.value("customer"), lookup.amount("contract_capacity")
    connection = lookup.value("connection")
    phases, amperes = lookup.value("phases"), lookup.value("amperes")
    if connection is None and phases and amperes:
        connection = phases * amperes * VOLT / 1e6
    if connection is not None and (small or (small is None and math.isnan(contract))):
        return float(connection)
    return math.nan if small else contract


def _peak(lookup: Lookup) -> float:
    """Highest power taken from the grid [MW], as given or of the profile; NaN where it is not known."""
    given = lookup.amount("peak")
    of_profiles = [_peak_of(lookup, name) for name in lookup.names.fields["delivery_profile"].names]
    known = [peak for peak in of_profiles if not math.isnan(peak)]
    return given if not math.isnan(given) or not known else known[0]


def _peak_of(lookup: Lookup, name: str) -> float:
    answer, profile = lookup.answer(name), lookup.filled.profiles.get(folded(name))
    if answer is None and profile is None:
        return math.nan
    lookup.use(name)
    placed = answer or Answer(name)
    why = _why_unused(profile, lookup.words)
    if profile is None or why:
        empty = profile is None or not (profile.energy or profile.left_out)
        outcome = Outcome.EMPTY if empty else Outcome.NOT_UNDERSTOOD
        outcome = Outcome.NOT_NEEDED if profile and profile.energy and not profile.delivery else outcome
        why = "; ".join([why, *_remarks(profile, lookup.words)])
        lookup.note(Note(outcome, placed.name, placed.sheet, placed.cell, "delivery_profile", why=why))
        return math.nan
    peak = profile.peak / 1000.0
    text = lookup.words("the highest power of {number} values", number=len(profile.energy))
    text = "; ".join([text, *_remarks(profile, lookup.words)])
    note = Note(Outcome.UNDERSTOOD, placed.name, placed.sheet, placed.cell, "delivery_profile", f"{peak:g}", "MW", text)
    lookup.note(note)
    return peak


def _remarks(profile: Profile | None, words: Words) -> list[str]:
    """What became of values that are no energy taken from the grid."""
    if profile is None or not profile.delivery:
        return []
    remarks = []
    if profile.left_out:
        text = words("values that are no number or too large, and are left out: {number}", number=profile.left_out)
        remarks.append(text)
    if profile.fed_in:
        remarks.append(words("values below 0, which are feed-in and count as 0: {number}", number=profile.fed_in))
    return remarks


def _why_unused(profile: Profile | None, words: Words) -> str:
    if profile is None or not profile.energy:
        return words("it holds no values")
    if not profile.delivery:
        return words("of the profiles the delivery of electricity counts alone")
    if not profile.described:
        return words("it is not complete, or its unit or step is not known")
    if profile.too_much_left_out:
        return words("too many of its values are left out, so that the highest power is not known")
    if profile.only_fed_in:
        return words("none of its values is above 0; plus and minus may have been swapped")
    return "" if profile.whole_year else words("it holds no whole year, whose highest power is not known then")
