"""The README of an instance that was made from company surveys: what must stay inside, and what they leave open."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from routeplan.importers.sites import readme as sites_readme
from routeplan.importers.sites.sites import ImportedSites
from routeplan.importers.survey.firm import Firm
from routeplan.importers.survey.notes import Outcome
from routeplan.language.language import Language

_ENGLISH = """# {title}

{sites} with {processes}, made by `routeplan import survey` from {file}.
What firms said of their sites stands there; **all else is estimated** from the default tables of routeplan.
`note_survey.csv` says of every answer whether it was understood, as what, and why not.

[counts]

## What must stay inside

[consent]

[publish]
Firms that did not agree are left out, and their answers stand nowhere here. A firm that was not asked has a number for
a name, its file and address are not told, and it lies in the middle of its town[kept]; it can still be known
by town, sector and energy. `routeplan export public` makes sums of a plan that may be published, and refuses where one
firm could be recognised.

## What is weak

- **Surveys.** Which named cell is what follows from the public code of ZEnMo; filled-in surveys are not public. That
  source leaves open: it asks no sector and, in the workbook, no consent; 0 can mean that nobody answered, and is taken
  so but for gas; the unit of gas is taken to be m3 of Groningen quality; plans are in words. What you know better goes
  into a file of names (`routeplan import survey --write-names FILE`, then `--names FILE`).
- **Energy.** Gas for buildings is heat below 100 C; the bands of the rest are averages of the sector. Electricity is
  what is taken from the grid; where the survey is silent it is estimated.
- **Room in contracts.** The contract less the highest power of a year's profile; where one of them is not known it is
  estimated. The contract of a small consumer is phases x amperes x 230 V.
- **Not used.** Own generation, feeding in, batteries, transport, requests at the grid operator, growth and residual
  heat.
"""

_DUTCH = """# {title}

{sites} met {processes}, gemaakt met `routeplan import survey` op basis van {file}.
Daarin staat wat bedrijven over hun locaties hebben opgegeven; **al het andere is geschat** met de kengetallen van
routeplan. In `note_survey.csv` staat van elk antwoord of en hoe het is gelezen, of waarom niet.

[counts]

## Wat vertrouwelijk is

[consent]

[publish]
Bedrijven die geen toestemming geven, zijn weggelaten; hun antwoorden staan hier nergens. Een bedrijf waaraan geen
toestemming is gevraagd, heeft een nummer in plaats van een naam. Het bestand en het adres zijn niet genoemd en de
locatie ligt op de kaart in het midden van de plaats[kept]. Het bedrijf kan nog wel te herkennen zijn aan plaats,
sector en energieverbruik. `routeplan export public` maakt van een plan totalen die wel openbaar mogen zijn, en weigert
dat als één bedrijf herkenbaar wordt.

## Wat is onzeker

- **Enquêtes.** Wat in welke benoemde cel staat, volgt uit de openbare code van ZEnMo; ingevulde enquêtes zijn niet
  openbaar. Niet alles ligt daarmee vast. De enquête vraagt niet naar de sector en, in de werkmap, niet naar
  toestemming. Een 0 kan betekenen dat niemand heeft geantwoord en wordt zo gelezen, behalve bij gas. De eenheid van gas
  wordt gelezen als m3 van Groningse kwaliteit. Plannen staan in woorden. Weet u iets beter? Zet het dan in een
  namenbestand (`routeplan import survey --write-names BESTAND`, daarna `--names BESTAND`).
- **Energie.** Gas voor gebouwen telt als warmte onder 100 °C; de verdeling van de rest volgt uit gemiddelden van de
  sector. Elektriciteit is de afname van het net; staat die niet in de enquête, dan is zij geschat.
- **Ruimte in contracten.** Dit is het contract min het hoogste afgenomen vermogen in een jaarprofiel; is een van beide
  onbekend, dan is de ruimte geschat. Het contract van een kleinverbruiker is fasen x ampère x 230 V.
- **Niet gebruikt.** Eigen opwek, teruglevering, batterijen, vervoer, aanvragen bij de netbeheerder, groei en
  restwarmte.
"""

_OPENINGS: Mapping[Language, str] = {Language.ENGLISH: _ENGLISH, Language.DUTCH: _DUTCH}
_COUNTS: Mapping[Language, str] = {
    Language.ENGLISH: "Surveys: {firms}, of which {left_out} left out. Answers: {understood} understood, {unread} not "
    "understood, {unneeded} not needed.",
    Language.DUTCH: "Enquêtes: {firms}, waarvan {left_out} weggelaten. Antwoorden: {understood} begrepen, {unread} "
    "niet begrepen, {unneeded} niet nodig.",
}
_CONSENT: Mapping[Language, str] = {
    Language.ENGLISH: "Consent that answers are open: {agreed} yes, {refused} no, {unasked} not asked or not answered.",
    Language.DUTCH: "Toestemming om antwoorden openbaar te maken: {agreed} ja, {refused} nee, {unasked} niet gevraagd "
    "of niet beantwoord.",
}
_CLOSED: Mapping[Language, str] = {
    Language.ENGLISH: "**Do not publish this folder.**",
    Language.DUTCH: "**Publiceer deze map niet.**",
}
_OPEN: Mapping[Language, str] = {
    Language.ENGLISH: "Every firm in this folder agrees.",
    Language.DUTCH: "Elk bedrijf in deze map geeft toestemming.",
}
_KEPT: Mapping[Language, str] = {
    Language.ENGLISH: " (here names were kept on request)",
    Language.DUTCH: " (hier zijn namen op verzoek behouden)",
}


def readme(made: ImportedSites, firms: Sequence[Firm], folder: Path) -> str:
    """Write the README of an instance.

    Parameters
    ----------
    made : ImportedSites
        The instance.
    firms : sequence of Firm
        What each survey says.
    folder : Path
        Folder of the instance.
    """
    language = made.language
    unasked = [firm for firm in firms if firm.agreed is None]
    outcomes = [note.outcome for firm in firms for note in firm.notes if note.name]
    counts = _COUNTS[language].format(
        firms=len(firms),
        left_out=sum(bool(firm.left_out) for firm in firms),
        understood=outcomes.count(Outcome.UNDERSTOOD),
        unread=outcomes.count(Outcome.NOT_UNDERSTOOD),
        unneeded=outcomes.count(Outcome.NOT_NEEDED),
    )
    consent = _CONSENT[language].format(
        agreed=sum(firm.agreed is True for firm in firms),
        refused=sum(firm.agreed is False for firm in firms),
        unasked=len(unasked),
    )
    closed = any(firm.agreed is not True and not firm.left_out for firm in firms)
    parts = {
        "[counts]": counts,
        "[consent]": consent,
        "[publish]": (_CLOSED if closed else _OPEN)[language],
        "[kept]": _KEPT[language] if any(not firm.withheld for firm in unasked) else "",
    }
    opening = _OPENINGS[language]
    for part, text in parts.items():
        opening = opening.replace(part, text)
    return sites_readme.readme(made.instance, made.file, made.warnings, language, folder, {language: opening})
