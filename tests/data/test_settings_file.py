"""The file instance.toml."""

from collections.abc import Callable
from pathlib import Path

import pytest

from routeplan.data.read import check, read

Spoil = Callable[..., Path]

NEEDED = 'name = "small"\ncurrency_year = 2030\nbase_year = 2030\ndiscount_rate = 0\nfirm_rate = 0.5\n'
KEYS = (
    "format, name, title, title_nl, description, description_nl, currency_year, base_year, discount_rate, firm_rate, "
    "participation, support_years, objective, sources, calibration, silenced"
)


def told(folder: Path) -> list[str]:
    """The problems of a folder."""
    return [str(problem) for problem in check(folder).problems]


def test_defaults_are_filled_in(spoiled: Spoil) -> None:
    """A file with only the keys that must be there: participation, 15 years of support, least cost."""
    settings = read(spoiled(instance_toml=NEEDED)).settings
    assert (settings.participation, settings.support_years, settings.objective) == (True, 15, "cost")
    assert (settings.title, settings.description, settings.sources) == ("", "", {})


def test_free_text_is_kept(spoiled: Spoil) -> None:
    """The groups of sources and calibration hold whatever the user writes."""
    text = "\ufeff" + NEEDED + '[sources]\ngrid = "a map"\n[calibration]\nrun = 2026-01-31\nsteps = [1, 2]\n'
    settings = read(spoiled(instance_toml=text.replace("\n", "\r\n"))).settings
    assert settings.sources == {"grid": "a map"}
    assert settings.calibration["steps"] == [1, 2]


FAULTS = {
    "no TOML": ("name = small\n", ["instance.toml:1: cannot be read as TOML: Invalid value"]),
    "a broken line further down": (
        NEEDED + "firm_rate = 0.1\n",
        ["instance.toml:6: cannot be read as TOML: Cannot overwrite a value"],
    ),
    "a decimal comma": (
        NEEDED.replace("0.5", "0,04"),
        [
            "instance.toml:5: cannot be read as TOML: Expected newline or end of document after a statement "
            "(write a decimal point: 0.04)"
        ],
    ),
    "digits in groups of three, of two readings": (
        NEEDED + "support_years = 1,500\n",
        [
            "instance.toml:6: cannot be read as TOML: Expected newline or end of document after a statement "
            "(it has two readings: write 1500 or 1.500)"
        ],
    ),
    "digits in groups of three, of one reading": (
        NEEDED + "support_years = 1.500,5\n",
        [
            "instance.toml:6: cannot be read as TOML: Expected newline or end of document after a statement "
            "(write 1500.5)"
        ],
    ),
    "a number that is none": (
        NEEDED + "support_years = 0,5,3\n",
        ["instance.toml:6: cannot be read as TOML: Expected newline or end of document after a statement"],
    ),
    "an unknown key": (
        NEEDED + "discountrate = 0.1\n",
        [f"instance.toml: key 'discountrate' is unknown (did you mean 'discount_rate'?); allowed: {KEYS}"],
    ),
    "keys that lack": (
        'name = "small"\nbase_year = 2030\nfirm_rate = 0\n',
        [
            "instance.toml: key 'currency_year' is missing; allowed: 1900 to 2200, whole",
            "instance.toml: key 'discount_rate' is missing; allowed: 0 or more and below 1",
        ],
    ),
    "a number in quotes": (
        NEEDED.replace("0.5", '"0.5"'),
        [
            "instance.toml: key 'firm_rate' is \"0.5\", which is text; allowed: 0 or more and below 1, "
            "without quotation marks"
        ],
    ),
    "a flag that is a number": (
        NEEDED + "participation = 1\n",
        ["instance.toml: key 'participation' is 1; allowed: true or false"],
    ),
    "a number that is a flag": (
        NEEDED + "support_years = true\n",
        ["instance.toml: key 'support_years' is true; allowed: 1 yr or more, whole"],
    ),
    "an unknown objective": (
        NEEDED + 'objective = "profit"\n',
        ["instance.toml: key 'objective' is profit; allowed: cost or emissions"],
    ),
    "a name that is none": (
        NEEDED.replace("small", "My Region"),
        ["instance.toml: key 'name' is My Region; allowed: a short name of lower-case letters, digits, - and _"],
    ),
    "a group that is none": (
        NEEDED + 'sources = "a map"\n',
        ["instance.toml: key 'sources' is a map; allowed: a group of keys, below a line [sources]"],
    ),
    "several faults": (
        NEEDED.replace("0.5", "1.0") + "support_years = 2.5\n",
        [
            "instance.toml: key 'firm_rate' is 1.0; allowed: 0 or more and below 1",
            "instance.toml: key 'support_years' is 2.5; allowed: 1 yr or more, whole",
        ],
    ),
}


@pytest.mark.parametrize(("text", "messages"), FAULTS.values(), ids=FAULTS)
@pytest.mark.some(8)
def test_settings_that_are_wrong_are_refused(spoiled: Spoil, text: str, messages: list[str]) -> None:
    """Each fault has its message; all of a file are told at once."""
    assert told(spoiled(instance_toml=text)) == messages
