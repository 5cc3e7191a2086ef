"""Words of the sheet in either language: headers, sectors, routes and how sure a wish is."""

import re
from collections.abc import Mapping
from functools import cache

from routeplan.estimate.defaults import DefaultTables
from routeplan.importers.sites.fields import FIELDS, MATURITIES
from routeplan.instance.rules.words import folded
from routeplan.language.language import Language, Words

_UNIT = re.compile(r"\s*[\[(].*?[\])]\s*$")

OTHER_HEADERS = {
    "site": "name",
    "bedrijf": "name",
    "locatie": "name",
    "place": "place",
    "gemeente": "place",
    "lat": "lat",
    "y": "lat",
    "lon": "lon",
    "x": "lon",
    "gasverbruik": "gas",
    "stroom": "electricity",
    "elektriciteitsverbruik": "electricity",
    "vrije ruimte": "spare_capacity",
    "free room": "spare_capacity",
    "contract": "contract",
    "onderstation": "station",
    "wens": "wishes",
    "wish": "wishes",
    "plannen": "wishes",
    "plans": "wishes",
    "postal code": "postcode",
}
"""Headers besides those of the template that are understood."""

OTHER_SECTORS = {
    "voedingsmiddelen": "food",
    "levensmiddelen": "food",
    "zuivel": "food",
    "papier en karton": "paper",
    "baksteen": "ceramics",
    "metalen": "metals",
    "metaalindustrie": "metals",
    "chemische industrie": "chemicals",
    "overig": "other_manufacturing",
    "other": "other_manufacturing",
    "afval": "waste_incineration",
    "waste": "waste_incineration",
}
"""Sectors by other names than those of the catalogues."""

OTHER_ROUTES = {
    "ccs": "ccs",
    "elektrisch": "electrification",
    "flex": "flex_e",
    "warmtenet": "heat",
    "besparing": "efficiency",
}
OTHER_MATURITIES = {"definitief": "firm", "definitief investeringsbesluit": "firm", "vast": "firm", "plan": "planned"}


@cache
def headers(language: Language) -> Mapping[str, str]:
    """Names of the fields by their headers in a language, folded."""
    words = Words(language)
    return {folded(words(field.header)): name for name, field in FIELDS.items()}


def header_of(header: str) -> str:
    """Name of the field that a header of any language stands for, its unit in brackets aside; "" for none."""
    plain = folded(_UNIT.sub("", header))
    known = {name: field for language in Language for name, field in headers(language).items()} | OTHER_HEADERS
    return known.get(plain, "")


def sectors(tables: DefaultTables) -> Mapping[str, str]:
    """Sectors of the default tables by their names in any language, folded."""
    return _named(tables["sectors"]["sector"].tolist(), OTHER_SECTORS)


def routes(tables: DefaultTables) -> Mapping[str, str]:
    """Routes of the default tables and their families by their names in any language, folded."""
    names = tables["routes"]
    return _named([*names["family"].drop_duplicates(), *names["route"]], OTHER_ROUTES)


def maturities() -> Mapping[str, str]:
    """How sure a wish is, by its names in any language, folded."""
    return _named(list(MATURITIES), OTHER_MATURITIES)


def _named(words: list[str], others: Mapping[str, str]) -> dict[str, str]:
    named = {folded(Words(language).name(word)): word for word in words for language in Language}
    ids = {folded(word): word for word in words} | {folded(word.replace("_", "-")): word for word in words}
    return {name: word for name, word in others.items() if word in words} | named | ids
