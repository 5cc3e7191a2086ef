"""What the user of an import of surveys should look at, without names that are withheld."""

from collections.abc import Sequence

from routeplan.importers.survey.firm import Firm
from routeplan.importers.survey.mapping import Names
from routeplan.language.language import Words

_SHOWN = 8


def warnings_of(firms: Sequence[Firm], names: Names, words: Words) -> list[str]:
    """Sentences about surveys that leave something open.

    Parameters
    ----------
    firms : sequence of Firm
        What each survey says.
    names : Names
        The file of names.
    words : Words
        Language of the sentences.
    """
    used = [firm for firm in firms if not firm.left_out]
    told = []
    if taken := _of([firm for firm in used if firm.sector_taken]):
        sector = words.name(str(names.of_every_firm.get("sector", "")))
        told.append(
            words("no sector is known, so that it is taken to be {sector}: {sites}", sector=sector, sites=taken)
        )
    if planned := _of([firm for firm in used if firm.plans]):
        told.append(words("plans in words were not understood, and are no wishes: {sites}", sites=planned))
    if incomplete := _of([firm for firm in used if firm.incomplete]):
        told.append(words("the survey calls itself incomplete: {sites}", sites=incomplete))
    if full := _of([firm for firm in used if firm.row["spare_capacity"] == 0]):
        told.append(words("the highest power is all of the contract, or more: {sites}", sites=full))
    return told


def _of(firms: Sequence[Firm]) -> str:
    shown = [str(firm.row["name"]) for firm in firms]
    return ", ".join(shown[:_SHOWN]) + (f" (+{len(shown) - _SHOWN})" if len(shown) > _SHOWN else "")
