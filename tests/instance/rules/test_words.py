"""Words of sites that are nearly the same: trimmed, refused, or warned of."""

import pandas as pd
import pytest

from routeplan.data.read import check
from routeplan.data.warnings.warn import remarks
from routeplan.errors import DataError
from routeplan.instance.rules.words import nearest
from small import small


def warnings_of(**tables: str) -> list[str]:
    return [str(warning) for warning in remarks(small(**tables)).warnings]


SITES = "site,name,sector,region,area,lat,lon\nbakery,,food,east,town,52,6\ntiles,,ceramics,{},town,52.1,6.1"


@pytest.mark.parametrize("region", ["East", "EAST", "ｅａｓｔ"])
def test_words_that_differ_in_case_or_form_are_warned_of(region: str) -> None:
    """A target or a supply of one of them does not count for the other."""
    assert (
        f"sites.csv:3: region '{region}' differs from 'east' of line 2 in case or form alone; they count as two"
        in warnings_of(sites=SITES.format(region))
    )


def test_words_that_differ_are_not_warned_of() -> None:
    """West is not east."""
    assert [text for text in warnings_of(sites=SITES.format("west")) if "differs" in text] == []


@pytest.mark.parametrize("region", ["east ", "east\u00a0", "\teast", "east\u200b", "ea\u00adst"])
def test_blanks_and_what_nobody_sees_are_refused_in_memory(region: str) -> None:
    """And shown as they are."""
    with pytest.raises(DataError) as refused:
        small(sites=small()["sites"].assign(region=["east", region]))
    assert f"sites.csv:3: column 'region' is {region!r}; allowed: a word, which may hold spaces" in str(refused.value)


@pytest.mark.nightly
@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
def test_blanks_behind_words_of_a_file_are_trimmed(blank: str, tmp_path, shared_data) -> None:
    """As those behind numbers are; the target of the region holds for the site again."""
    folder = tmp_path / "instance"
    source = shared_data / "reported" / "space-behind-region" / "instance"
    folder.mkdir()
    for path in source.iterdir():
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace("East ,", f"East{blank},"), encoding="utf-8")
    found = check(folder)
    assert found.instance is not None
    assert "East" in set(found.instance["sites"]["region"])
    assert not any(word != word.strip() for word in found.instance["sites"]["region"])


def test_a_group_that_prices_nearly_have_is_warned_of() -> None:
    """The site pays the prices of all, and its support is another; a group of its own without prices may be meant."""
    prices = small()["prices"]
    mineral = prices[prices["item"] == "gas"].assign(group="mineral")
    both = {"prices": pd.concat([prices, mineral], ignore_index=True)}
    named = small(**both)["sites"].assign(price_group=["mineral", "minerals"])
    assert "sites.csv:3: no row of prices is for price group 'minerals'; did you mean 'mineral'?" in warnings_of(
        sites=named, **both
    )
    assert not any("price group 'ets'" in text for text in warnings_of(sites=named.assign(price_group="ets"), **both))


@pytest.mark.parametrize(
    ("word", "meant"),
    [("Harderwijk", "harderwijk"), ("laundry", "laundry\u200b"), ("minerals", "mineral"), ("xyz", "")],
)
def test_what_was_most_likely_meant(word: str, meant: str) -> None:
    """Whatever its case and form."""
    assert nearest(word, ["harderwijk", "laundry\u200b", "mineral", "dairy"]) == meant
