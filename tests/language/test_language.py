"""The languages: every text has a translation and every translation a text, and numbers are written as readers do."""

import ast
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from routeplan.data.read import read
from routeplan.data.workbook.named import Fault
from routeplan.errors import Message as Told
from routeplan.estimate.defaults import DefaultTables
from routeplan.importers.capacity.report import ADDED, KEPT, LEFT_OUT, MAPPED, MATCHED
from routeplan.importers.sites.fields import FIELDS
from routeplan.importers.survey.fields import Reason
from routeplan.importers.survey.notes import Outcome
from routeplan.instance.basis import TEXTS
from routeplan.language.language import NAME, Language, Words, decimals
from routeplan.model.build import FAMILIES as CLAIMS
from routeplan.report.files.public_columns import TEXTS as OF_PUBLIC
from routeplan.report.files.told import TEXTS as OF_SUMMARIES
from routeplan.report.map.naming import WATERS
from routeplan.report.map.outlines import ATTRIBUTION
from routeplan.report.page.pictures import PICTURES
from routeplan.schema import units
from routeplan.schema.designs import DESIGN_SHEETS
from routeplan.schema.inputs import BASES, CARRIERS, COMMODITIES, FAMILIES
from routeplan.schema.results import COST_TERMS
from routeplan.solving.lines import STAGES

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "routeplan"

OF_SHEET = {text for field in FIELDS.values() for text in (field.header, field.about)} | {
    field.usual.why for field in FIELDS.values() if field.usual is not None
}
"""Texts of the sheet of sites."""

OF_DESIGNS = {text for sheet in DESIGN_SHEETS for text in (sheet.name, sheet.about)} | {
    text for sheet in DESIGN_SHEETS for column in sheet.columns for text in (column.name, column.about)
}
"""Names and meanings of the sheets of hub designs, and of their columns."""

OF_SURVEY = {each.value for texts in (Fault, Reason, Outcome) for each in texts}
"""Texts of the notes on surveys."""

OF_AREAS = {MATCHED, MAPPED, ADDED, KEPT, LEFT_OUT}
"""What became of areas of the capacity map."""


def messages(language: Language) -> list[Message]:
    with (SOURCE / "language" / "locale" / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def said_in(path: Path) -> set[str]:
    """The texts that a module gives to `words`, and those of which it makes messages, unless they are all values."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    said = [call.args[0] for call in calls if call.args and _name_of(call.func) in ("words", "Message")]
    return {text.value for text in said if isinstance(text, ast.Constant) and Told(text.value).in_words}


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def every_text() -> set[str]:
    modules = set().union(*(said_in(path) for path in SOURCE.rglob("*.py")))
    templates = (SOURCE / "report" / "page" / "files").glob("*.html")
    template = "\n".join(file.read_text(encoding="utf-8") for file in templates)
    pictures = {text for picture in PICTURES for text in (picture.short, picture.heading, picture.note) if text}
    return modules | pictures | {text for _, text in re.findall(r"""words\((["'])(.*?)\1""", template)}


def test_every_text_is_said_in_dutch(defaults: DefaultTables) -> None:
    """None is missing, and none is translated that nobody says."""
    translated = {message.id for message in messages(Language.DUTCH) if message.context is None}
    ours = {ATTRIBUTION, *(name for name, *_ in WATERS), *TEXTS, *OF_PUBLIC, *OF_SUMMARIES, *BASES.values()}
    dynamic = ours | {*OF_SHEET, *OF_DESIGNS, *OF_SURVEY, *OF_AREAS, *STAGES, *defaults["sectors_left_out"]["reason"]}
    said = every_text()
    assert (said | dynamic) - translated == set()
    assert translated - said - dynamic == set()


@pytest.mark.parametrize("language", list(Language))
def test_no_text_is_translated_twice(language: Language) -> None:
    """The second would win, and nobody would see the first."""
    raw = (SOURCE / "language" / "locale" / f"{language}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^(?:msgctxt "(\w+)"\n)?msgid "(.+)"$', raw, flags=re.MULTILINE)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_translations_have_the_places_of_their_text() -> None:
    """A place that is misspelt would be a fault in front of the reader."""
    for message in messages(Language.DUTCH):
        if message.context is None:
            assert sorted(re.findall(r"{\w+}", str(message.string))) == sorted(re.findall(r"{\w+}", str(message.id)))


def words_of_the_tables(defaults: DefaultTables) -> set[str]:
    """What the format and the default tables call things, without what a user makes up."""
    instances = [read(ROOT / "instances" / name) for name in ("achterhoek", "tiny")]
    ours = {family.name for family in CLAIMS if family.limit}
    tables = {word for instance in instances for word in (*instance["processes"]["kind"], *instance["sites"]["sector"])}
    routes = {route for instance in instances[:1] for route in instance["routes"]["route"]}
    kinds = {kind for kind in defaults["kinds"]["kind"]}
    return ours | {*FAMILIES, *COMMODITIES, *CARRIERS, *COST_TERMS} | tables | routes | kinds


@pytest.mark.parametrize("language", list(Language))
def test_words_of_the_tables_have_names(language: Language, defaults: DefaultTables) -> None:
    """In every language, as none of them is meant to be read by a civil servant."""
    named = {message.id for message in messages(language) if message.context == NAME}
    assert words_of_the_tables(defaults) - named == set()


@pytest.mark.parametrize(
    "unit", [each for name, each in vars(units).items() if name.isupper() and isinstance(each, str)]
)
def test_units_are_told_without_english_words(unit: str) -> None:
    """Those of the format: no year, euro, hydrogen or fraction is left in English."""
    assert not re.search(r"yr|EUR|hydrogen|fraction| or | by ", Words("nl").unit(unit))


def test_a_word_of_the_users_own_is_shown_as_it_is() -> None:
    """Underscores aside."""
    assert Words("nl").name("bakkerij_oost") == "bakkerij oost"


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [
        (1234567.8, "1,234,568", "1.234.568"),
        (123.4, "123", "123"),
        (12.34, "12.3", "12,3"),
        (1.5, "1.5", "1,5"),
        (0.1234, "0.123", "0,123"),
        (-0.0001, "0", "0"),
        (-12.34, "−12.3", "−12,3"),
        (0.0, "0", "0"),
        (math.nan, "–", "–"),
    ],
)
def test_numbers_have_the_digits_that_matter(number: float, english: str, dutch: str) -> None:
    """With the separators of the language."""
    assert (Words("en").number(number), Words("nl").number(number)) == (english, dutch)


def test_a_number_is_never_further_off_than_half_its_last_digit() -> None:
    """What is shown is the number, rounded."""
    for number in (99.96, 9.996, 0.99951, 0.0004, 1e6 + 0.5):
        shown = float(Words("en").number(number).replace(",", ""))
        assert abs(shown - number) <= 0.5 * 10 ** -decimals(number) + 1e-12


def test_shares_are_per_cents() -> None:
    """With as many decimals as asked for, at most."""
    assert Words("nl").percent(0.0721) == "7%"
    assert Words("nl").percent(0.000721, 3) == "0,072%"


def test_a_text_without_translation_is_a_fault() -> None:
    """It must not slip into a Dutch page in English."""
    with pytest.raises(KeyError, match="nl catalogue has no 'Bonjour'"):
        Words("nl")("Bonjour")
    assert Words("en")("Bonjour, {name}", name="Zoë") == "Bonjour, Zoë"
