"""Reading CSV files of declared columns: what people really have works or is refused with file and line."""

from pathlib import Path

import pytest

from routeplan.data.csv_file import LINE, read_table, read_texts
from routeplan.schema.column import EMPTY, Column, Kind, Table, amount, choice, id_column, text

TOWNS = Table(
    "towns",
    "Towns.",
    (
        id_column("town", "Town."),
        amount("people", "People.", ""),
        Column("year", Kind.WHOLE, "Year.", default=EMPTY),
        choice("kind", "Kind.", ("city", "village"), default="city"),
        text("about", "For readers."),
    ),
    key=("town",),
)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "towns.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusals(folder: Path, content: str | bytes) -> list[str]:
    _, problems = read_table(written(folder, content), TOWNS)
    return [str(problem) for problem in problems]


def test_values_are_typed_and_defaults_filled(tmp_path: Path) -> None:
    """Text stays text, numbers become floats, an empty cell takes its default, a column may be left out."""
    frame, problems = read_table(written(tmp_path, "town,people,year\nede, 12.5 ,2030.0\nepe,1e3,\n"), TOWNS)
    assert problems == []
    assert frame["people"].tolist() == [12.5, 1000.0]
    assert frame["year"].tolist()[0] == 2030.0
    assert frame["year"].isna().tolist() == [False, True]
    assert frame["kind"].tolist() == ["city", "city"]


def test_every_wrong_cell_is_named_at_once(tmp_path: Path) -> None:
    """One report names every cell with its line, what it holds and what it may hold."""
    content = "town,people,year,kind\nede,-1,2030,city\nepe,nan,2030.5,town\n,,x,\ne pe,1,,\n"
    assert sorted(refusals(tmp_path, content)) == [
        "towns.csv:2: column 'people' is -1.0; allowed: 0 or more",
        "towns.csv:3: column 'kind' is town; allowed: city or village",
        "towns.csv:3: column 'people' is nan; allowed: 0 or more (written like -12, 0.5 or 1e3)",
        "towns.csv:3: column 'year' is 2030.5; allowed: a whole number, or empty",
        "towns.csv:4: column 'people' is empty; allowed: 0 or more",
        "towns.csv:4: column 'town' is empty; allowed: an id without spaces, not 'all'",
        "towns.csv:4: column 'year' is x; allowed: a whole number, or empty (written like -12, 0.5 or 1e3)",
        "towns.csv:5: column 'town' is e pe; allowed: an id without spaces, not 'all'",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("town\nede\n", "towns.csv:1: column 'people' is missing; it has no default"),
        ("town,people\nede,1,two\n", "towns.csv:2: has 3 cells; allowed: 2, as in the header"),
        (
            "town,people\nede,1,2\n",
            "towns.csv:2: has 3 cells; allowed: 2, as in the header "
            "(a number with a decimal comma? write 0.15, not 0,15)",
        ),
        ("town,people\nede,1\n\nede,2\n", "towns.csv:4: has the same town as an earlier row"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(tmp_path: Path, content: str, message: str) -> None:
    """Each thing that is wrong with a file as a whole gives one line that says so."""
    assert refusals(tmp_path, content) == [message]


def test_a_file_that_is_no_csv_file_is_refused(tmp_path: Path) -> None:
    """A path that is no file gives a problem, not a traceback."""
    _, problems = read_table(tmp_path / "none.csv", TOWNS)
    assert [problem.file for problem in problems] == ["none.csv"]
    _, problems = read_texts(written(tmp_path, b"town\xff\n"))
    assert len(problems) == 1


def test_texts_are_read_whatever_the_columns(tmp_path: Path) -> None:
    """An export of others keeps its columns as trimmed text, with the line of each row."""
    frame, problems = read_texts(written(tmp_path, "\ufefftown, mayor\r\nede, x y \r\n\r\nepe,\r\n"))
    assert problems == []
    assert frame.to_dict("list") == {"town": ["ede", "epe"], " mayor": ["x y", ""], LINE: [2, 4]}


def test_texts_with_a_column_twice_or_ragged_rows_are_refused(tmp_path: Path) -> None:
    """What cannot be told apart is not read."""
    _, problems = read_texts(written(tmp_path, "town,town\nede,1\nepe\n"))
    assert [str(problem) for problem in problems] == [
        "towns.csv:1: column 'town' is there twice; allowed: each column once",
        "towns.csv:3: has 1 cells; allowed: 2, as in the header",
    ]
