"""Pages of which every text that a user may write does harm where it is not escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from looking import cells, look, show_card
from made import HOSTILE, Pages, hostile
from selenium.webdriver import Chrome

from routeplan.language.language import Words
from routeplan.report.page.build import page


@pytest.fixture(scope="module")
def harm(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of both plans in each language."""
    folder = tmp_path_factory.mktemp("hostile")
    results = {HOSTILE: hostile(pages.plan), "late-grid": hostile(pages.late)}
    files = {language: folder / f"{language}.html" for language in ("en", "nl")}
    for language, file in files.items():
        file.write_text(page(results, language), encoding="utf-8")
    return files


class Elements(HTMLParser):
    """Collects what a page says, and the elements that a harmful text would make."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.images = 0
        self.handlers: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.images += tag == "img"
        self.handlers += [name for name, _ in attributes if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def elements(text: str) -> Elements:
    parser = Elements()
    parser.feed(text)
    return parser


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.nightly
def test_every_text_of_a_user_is_text_on_the_page(pages: Pages, harm: dict[str, Path], language: str) -> None:
    """No element is made of one: titles, descriptions, sources, names in either language, scenarios and changes."""
    text = harm[language].read_text(encoding="utf-8")
    found = elements(text)
    usual = elements(pages.both.read_text(encoding="utf-8"))
    assert HOSTILE not in text
    assert (found.scripts, found.images, found.handlers) == (usual.scripts, 0, [])
    said = set(re.findall(r"([a-z_]+\.[a-z_]+|change) <script>", "\n".join(found.said)))
    ending = "_nl" if language == "nl" else ""
    assert {f"{place}{ending}" for place in ("settings.title", "settings.description", "scenario.title")} <= said
    assert {"settings.sources", f"areas.name{ending}", f"pots.name{ending}"} <= said
    assert "change" in said
    data = text[text.index('id="page-data"') :]
    for table in ("sites", "areas", "nodes", "hubs", "pots"):
        assert f"{table}.name{ending} " in data


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.nightly
def test_no_text_of_a_user_runs(harm: dict[str, Path], chromium: Chrome, language: str) -> None:
    """On the page, on the map and on a card: the page keeps its title, has no element of theirs and logs nothing."""
    look(chromium, harm[language])
    ending = "_nl" if language == "nl" else ""
    assert f"sites.name{ending} {HOSTILE}" in [row[0] for row in cells(chromium, "#site-table")]
    assert show_card(chromium, "mill").title == f"sites.name{ending} {HOSTILE}"
    assert chromium.title == f"settings.title{ending} {HOSTILE}"
    assert chromium.execute_script("return document.querySelectorAll('[onerror], [src=x]').length") == 0
    assert chromium.get_log("browser") == []
    assert Words(language)("Sites") in chromium.page_source
