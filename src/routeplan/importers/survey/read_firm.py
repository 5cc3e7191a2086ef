"""From a filled-in survey to a row of sites: gas, place and name, as far as the firm agrees."""

import math
import re
from dataclasses import replace
from typing import Any

from routeplan.estimate.technology.demand import BANDS
from routeplan.importers.sites.fields import CUBIC_METRES
from routeplan.importers.survey.answers import FilledIn
from routeplan.importers.survey.capacity import spare_capacity
from routeplan.importers.survey.fields import FIELDS
from routeplan.importers.survey.firm import Firm
from routeplan.importers.survey.lookup import Lookup
from routeplan.importers.survey.mapping import Names
from routeplan.importers.survey.names_check import LEAVE_OUT
from routeplan.importers.survey.notes import Note, Outcome
from routeplan.importers.survey.reading import Meanings
from routeplan.instance.rules.words import folded
from routeplan.language.language import Words

NOT_COMPLETE = ("quickscan niet mogelijk", "false")
"""What a survey says of itself where too little is filled in."""


def read_firm(
    filled: FilledIn, number: int, names: Names, meanings: Meanings, words: Words, *, with_names: bool
) -> Firm:
    """Read a filled-in survey by the file of names.

    Parameters
    ----------
    filled : FilledIn
        The survey.
    number : int
        Its number, by which a firm is called whose name is withheld.
    names : Names
        The file of names.
    meanings : Meanings
        Reads answers.
    words : Words
        Language of notes and messages.
    with_names : bool
        Whether firms keep their names that were not asked for consent.
    """
    lookup = Lookup(filled, names, meanings, words)
    firm = lookup.firm
    firm.agreed = lookup.value("consent")
    firm.withheld = firm.agreed is False or (firm.agreed is None and not with_names)
    firm.left_out = str(lookup.by_hand.get(LEAVE_OUT, ""))
    if firm.agreed is False:
        firm.left_out = words("the firm does not agree that its answers are open")
    gas = {} if firm.left_out else _gas(lookup)
    if firm.left_out:
        firm.problems, firm.notes = [], [Note(Outcome.LEFT_OUT, why=firm.left_out)]
        return firm
    _tell_who(lookup)
    firm.wishes = lookup.value("wishes") or ()
    firm.row = {**_site(lookup, number), **gas}
    firm.notes += list(lookup.other_answers())
    if firm.withheld:
        # A sheet is often called as the firm.
        firm.notes = [replace(note, sheet="") for note in firm.notes]
    return firm


def _tell_who(lookup: Lookup) -> None:
    """Name and address, by which a firm is known that is there twice; and whether its survey is complete."""
    name, *address = (str(lookup.value(each) or "") for each in ("name", "town", "street", "house_number"))
    lookup.firm.key = tuple(map(folded, (name, *address))) if name else ()
    lookup.firm.name = name
    lookup.firm.town = address[0]
    lookup.firm.incomplete = folded(lookup.value("completeness") or "") in NOT_COMPLETE


def _site(lookup: Lookup, number: int) -> dict[str, Any]:
    """The row of `SitesGiven`, but for the gas."""
    firm = lookup.firm
    sector = lookup.value("sector")
    if not sector:
        lookup.lacks("sector")
    return {
        "name": lookup.words("Firm {number}", number=number) if firm.withheld or not firm.name else firm.name,
        "sector": sector or "",
        "electricity": lookup.amount("electricity"),
        "spare_capacity": spare_capacity(lookup),
        "contract": lookup.value("shared_contract") or "",
        "station": lookup.value("station") or "",
        **_place(lookup),
        **dict.fromkeys(BANDS, math.nan),
        "process_co2": lookup.amount("process_co2"),
        "line": number,
    }


def _place(lookup: Lookup) -> dict[str, Any]:
    """Town, postcode and coordinates; only the town and its postcode region where the name is withheld."""
    postcode = re.sub(r"\D", "", str(lookup.value("postcode") or "")[:4])
    lat, lon = lookup.amount("lat"), lookup.amount("lon")
    withheld, town = lookup.firm.withheld, lookup.firm.town
    if not town and (withheld or math.isnan(lat) or math.isnan(lon)):
        lookup.lacks("town")
    if withheld:
        postcode, lat, lon = postcode[:2], math.nan, math.nan
    return {"place": town, "postcode": postcode, "lat": lat, "lon": lon, "area": "", "region": ""}


def _gas(lookup: Lookup) -> dict[str, float]:
    """Gas by volume or energy, and the share that heats buildings."""
    connected, given = lookup.value("gas_connection"), lookup.value("gas")
    if given == 0 or (connected is False and given is None):
        lookup.firm.left_out = lookup.words("it uses no natural gas, so that there is nothing to plan")
        return {}
    if given is None:
        lookup.lacks("gas")
        return {}
    unit = lookup.names.fields["gas"].unit
    by_volume = unit == CUBIC_METRES
    amount = given * FIELDS["gas"].units[unit]
    gas = {"gas": math.nan if by_volume else amount, "gas_m3": amount if by_volume else math.nan}
    return {**gas, "heating": _heating(lookup, given, unit)}


def _heating(lookup: Lookup, gas: float, unit: str) -> float:
    """Share of the gas that heats buildings; NaN where it is not known."""
    share, part = lookup.amount("gas_buildings_share"), lookup.value("gas_buildings")
    of_other_unit = lookup.names.fields["gas_buildings"].unit != unit
    if part is not None and not of_other_unit:
        share = part / gas
    name = "gas_buildings" if part is not None else "gas_buildings_share"
    if share > 1:
        text = lookup.words("more gas is said to heat buildings than there is; allowed: a part of it")
        lookup.firm.problems.append(lookup.firm.problem(name, text))
    if part is not None and of_other_unit:
        why = lookup.words("its unit is not that of the gas")
        lookup.note(Note(Outcome.NOT_UNDERSTOOD, field=name, why=why))
    return share
