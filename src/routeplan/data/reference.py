"""The reference of the formats of instances and results, rendered from the schema."""

from collections.abc import Iterable

from routeplan.data.warnings.ranges import UNUSUAL, usual_ends
from routeplan.data.warnings.warn import LIMITS, NOTES, RULES, STORED
from routeplan.data.workbook.sheets import declared_scenarios
from routeplan.schema.column import REQUIRED, Column, Kind, Table
from routeplan.schema.hubs import HUB_TABLES
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.levers import LEVERS, WORTH
from routeplan.schema.perspective import PERSPECTIVE
from routeplan.schema.result_file import RESULT_KEYS
from routeplan.schema.results import COST_SENTENCES, COSTS, RESULT_TABLES
from routeplan.schema.settings import FORMAT_COLUMN, SETTING_COLUMNS, SETTING_GROUPS, SETTINGS_FILE, SILENCED
from routeplan.schema.verdicts import VERDICT_TABLES

INTRODUCTION = """# The instance format

An instance is a folder of CSV tables and one `instance.toml`.

- Tables are UTF-8, with commas between cells, a decimal point, and a header on the first line.
- Numbers look like `-12`, `0.5` or `1e3`, and are at most 1e9 in size; where nothing limits, write one that is never
  reached. Years, periods and lifetimes are whole.
- In cells of 0 and 1, `ja` and `nee`, `waar` and `onwaar`, `yes` and `no`, `true` and `false` are read as 1 and 0.
- An empty cell, or a column left out, takes the default. Where there is none, a value is required.
- Columns whose names begin with `note` or `source` are yours and are not read; others are refused.
- CSV files that are no table are refused, `derivation.csv` and names that begin with `note` aside.
- Ids hold no spaces and are never `all`. The key columns of a table (bold below) together name one row.
- `datapackage.json`, which routeplan writes beside the tables, describes them for other tools; it is not read.
- `routeplan check FOLDER` reports every problem at once.

What a missing row means: no row in `budgets` or `sources`, or in `supply` for a commodity that has
other rows, is 0. An area without any row in `headroom` sets no limit of its own; one with rows has 0 in
the periods it lacks. No row in `targets` or `windows` is no limit. No row in `trends` or `activity` is a
factor of 1.

The folder that `routeplan solve` makes of it is explained in `docs/results.md` of routeplan.
"""

SCENARIOS = """## scenarios.toml (optional)

Named changes to the tables. A scenario may have a `title`, and a `title_nl` for Dutch readers. Each change has
a `table`, a `column`, one of `set`, `multiply`, `add` and `delay`, and optionally `where`, which picks rows.
`delay` is a number of years: in a column of years it is added where a year is given; in a table keyed by period
each row gets the value that its key had so many years before. Below 0 all of it comes earlier: each row gets the value
that its key has so many years after, in the last period beyond the end. Changes apply in order.

```toml
[[scenario]]
name = "late-network"
title = "Networks five years late"
title_nl = "Netwerken vijf jaar later"
probability = 0.3

[[scenario.change]]
table = "links"
where = { status = "planned" }
column = "first_year"
delay = 5
```
"""

WORKBOOK = """## In one workbook

The same instance can be one Excel workbook (.xlsx), with a sheet for each table under the table's name, one named
`instance` and, if there are scenarios, one named `scenarios`. Every command takes it in place of the folder;
`routeplan export excel` and `routeplan import excel` turn one into the other.

- A formula counts by the value that Excel has stored. Dates, errors and merged cells are refused.
- Hidden rows, columns and sheets count too, and are warned of: to leave a row out, delete it.
- Sheets whose names begin with `note` are yours and are not read; others that are no table are refused, except those of
  hub designs, which are read by `routeplan hub compare` alone. In workbooks that routeplan writes, `note_legend` tells
  how to fill them in; what documents an estimated instance (`README.md`, `derivation.csv`) is on `note_readme` and
  `note_derivation`.
- The sheet `instance` has a `key` and a `value` in each row, and free text under keys such as `sources.prices`.
- The sheet `scenarios` has one change in each row, and as many pairs `where_1` and `equals_1`, `where_2` and
  `equals_2` as are needed:
"""

RESULTS = """# The result format

A result is a folder that `routeplan solve` makes, and that can be read alone.

- `result.json` tells how the solve ended, what is proven, and how it came about.
- CSV tables tell the plan: what is decided, and what follows from that. They are written as those of an instance.
- `instance/` holds the tables as solved, after any scenario, in the [instance format](format.md).
- `scenarios.toml` holds the scenarios that were applied, and is there only where one was.
- Without a plan (status `infeasible` or `no_plan`) there are `result.json` and `instance/` alone.
- A row that is absent means 0. The key columns of a table (bold below) together name one row.
- Ids are those of the instance. A period is told by its first calendar year.
"""

RESULT_JSON = """## result.json

A key such as `instance.name` is the key `name` of the object `instance`. Objective, bound, gaps and cost are null
without a plan.
"""

VERDICTS_FOLDER = """# What `routeplan verdicts` writes

With `--out FOLDER` these tables, which are no part of a result. A project is possible in a period when it can start
then, while all other processes do what the plan says, links and hubs of the plan are there, and it has what the plan
leaves of every shared limit. A blocker set is a smallest set of limits that must all give way: with all of it lifted
the project is possible, with one of it kept it is not; both are proven. Limits of one kind and place count as one for
all periods, and links (or hubs) of one carrier and first year as one. Lifting is free of charge here, and what it is
worth counts for this project alone, all others as planned.

A project counts once among the causes: under those of its smallest blocker set. What its own maintenance stops and lead
times add to another cause is left out. Causes are congestion (the grid), distance (no link reaches the site, or one is
full), timing (links and hubs that come later, and sources that have nothing yet), supply (green gas and heat, and what
sources and hubs have once they are there), money (support and pots), targets, decisions, and the firm's own timing.

Beside the tables the folder `plan` holds the result that the projects were held against, so that `routeplan report
FOLDER` can make a page of them.
"""

LEVERS_FOLDER = """# What `routeplan levers` writes

With `--out FOLDER` two tables, which are no part of a result. Each lever is a change of tables everywhere at once:

- `grid_earlier`: `headroom` and `reinforcements` come so many years earlier (`--years`, else 3).
- `grid_works`: in areas with rows in `works`, the headroom of the period from which these are done (`estimate`, else
  `latest`, else `earliest`) is there from the first period on, where it is more.
- `hydrogen_earlier`, `co2_earlier`: links, sources (or storage) and hubs of the carrier come so many years earlier. A
  source that was not there yet has the price of its first period.
- `more_green_gas`, `more_heat`: every step of `supply` is a quarter larger, at its price.
- `more_support`: every budget is a quarter larger.
- `more_flexible`: the flexible headroom of every area is a tenth larger; firm room that nobody asked for may be used
  flexibly without it.

As in scenarios, a period is told by its first year alone, so that fewer years than a period is long may change nothing.

What one unit more is worth is the slope of the optimum of the linear relaxation, in which whole decisions may be
fractions: it is local, and says nothing of a large step. Of a limit of 0 that leaves out a decision (a source, a link,
a step of supply that is not there) nothing is told.
"""

PERSPECTIVE_FILE = """# What `routeplan perspective` writes

With `--out FILE.csv` one table, which is no part of a result; with `--out FILE.xlsx` the same with names in place of
ids, for a firm.

- A route is possible in a period when its process can start it then, while all other processes do what the plan says.
  `routeplan why` tells what stands in its way.
- Early and late dates: headroom and reinforcements of an area with rows in `works` move by `earliest` or `latest` less
  `estimate` (of several works that are still to come the last counts; where one of these years is empty, by `--years`),
  links, hubs and sources of hydrogen and CO2 by `--years`, else 3. Areas without works keep their dates, and so does
  what is there in the first period. A period is told by its first year alone.
- Where the plan cannot be carried out under late dates, the other processes do what a plan says that is made under
  these, to a gap of 1 %. That others may leave more in it counts for nothing: no route is possible earlier than under
  the dates of the tables.
- There are no lead times in the format. The years from `base_year` to `first_year` of an option are taken for it, which
  is more than that where it came on the market later.
"""

HUBS_FOLDER = """# What `routeplan hub compare` writes

With `--out FOLDER` these tables, which are no part of a result; [hubs.md](hubs.md) is the walk-through.

- A design is `forced`: its hubs are open and its links built from their first year on; or `optional`: it may be there
  from then on, where that pays. The other designs are absent. Its shared contracts are shared in both.
- What it saves is the cost of the plan without any design less that of the plan with it, under the same dates. It is
  told by two ends, from the costs and the proven bounds of both plans: no better search could bring it below the one or
  above the other.
- Late: as in usual scenarios, `headroom` and `reinforcements`, or planned links and the sources of hydrogen and CO2,
  come so many years later. The design keeps its dates, and all else is planned anew.
- With `members`, others take no option that needs a carrier of its hubs or links, unless they have it without the
  design under the same dates.
- A site uses a design when hydrogen of its hubs comes to it, or CO2 of its own goes into its hubs or links, in any
  period; what flows together is parted by use. So does each site of a shared contract.
- A coalition is some of these sites. They have the design, and all others do in each period what they do in the plan
  without it. Tried are the one site that uses most, the two that use most and so on, and all but each one.

Beside the tables the folder `plans` holds results, for `show`, `report` and `compare`: that without any design
(`without`), and that of each design that is forced, nothing being late.
"""

_KINDS = {
    Kind.ID: "id",
    Kind.WORD: "word",
    Kind.TEXT: "text",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole number",
    Kind.FLAG: "0 or 1",
}


WARNINGS = """## Warnings and notes

What is allowed but looks like a mistake is warned of by `routeplan check` and before `routeplan solve`; notes say what
is right, and good to know. Each has a name, by which `instance.toml` can silence it, with the reason:

```toml
[silenced]
price-jump = "The gas contract ends in 2030."
```
"""

RANGES = """Numbers outside the range in which those of their column usually lie:
"""


def format_reference() -> str:
    """Render every key, table and column of the instance format as Markdown."""
    tables = (_table(table) for table in INPUT_TABLES.values())
    return "\n".join([INTRODUCTION, _settings(), *tables, SCENARIOS, WORKBOOK, _scenarios_sheet(), _warnings()])


def _warnings() -> str:
    """Every warning by its name: what its rule says it is about, or the range that is usual."""
    about = [(name, rule.__doc__ or "") for name, rule in [*RULES.items(), *LIMITS.items(), *NOTES.items()]]
    about += STORED.items()
    rules = _markdown(("name", "what it is about"), ((f"`{name}`", text.partition("\n")[0]) for name, text in about))
    head = ("usually", "unit", "why, and what may be meant", "names")
    return "\n".join([WARNINGS, rules, RANGES, _markdown(head, _ranges())])


def _ranges() -> list[tuple[str, ...]]:
    """Each usual range, with the names of the warnings of all columns that have it."""
    names: dict[tuple[str, ...], list[str]] = {}
    for name, column in UNUSUAL.items():
        if column.usual is not None:
            names.setdefault((" to ".join(usual_ends(column)), column.unit, column.usual.why), []).append(f"`{name}`")
    return [(*usual, ", ".join(alike)) for usual, alike in names.items()]


def result_reference() -> str:
    """Render the result format, and what `verdicts`, `levers`, `perspective` and `hub compare` write, as Markdown."""
    tables = (_result_table(one) for one in RESULT_TABLES.values())
    of_levers = (_result_table(one) for one in (LEVERS, WORTH))
    of_verdicts = (_result_table(one) for one in VERDICT_TABLES.values())
    of_hubs = (_result_table(one) for one in HUB_TABLES.values())
    more = [VERDICTS_FOLDER, *of_verdicts, LEVERS_FOLDER, *of_levers, PERSPECTIVE_FILE, _result_table(PERSPECTIVE)]
    return "\n".join([RESULTS, RESULT_JSON, _result_keys(), *tables, *more, HUBS_FOLDER, *of_hubs])


def _scenarios_sheet() -> str:
    return _markdown(("column", "meaning"), ((column.name, column.about) for column in declared_scenarios(1).columns))


def _result_keys() -> str:
    rows = ((f"`{key.name}`", _KINDS[key.kind], key.unit, key.about) for key in RESULT_KEYS.values())
    return _markdown(("key", "type", "unit", "meaning"), rows)


def _result_table(table: Table) -> str:
    rows = ((_named(table, column), _KINDS[column.kind], column.unit, column.about) for column in table.columns)
    head = f"## {table.file}\n\n{table.about}\n\n{_markdown(('column', 'type', 'unit', 'meaning'), rows)}"
    return f"{head}\n{_markdown(('term', 'meaning'), COST_SENTENCES.items())}" if table is COSTS else head


def _settings() -> str:
    rows = (
        (
            f"`{column.name}`",
            "true or false" if column.kind is Kind.FLAG else _KINDS[column.kind],
            column.unit,
            _allowed(column),
            _default(column),
            column.about,
        )
        for column in (FORMAT_COLUMN, *SETTING_COLUMNS.values())
    )
    groups = " and ".join(f"`[{name}]`" for name in SETTING_GROUPS if name != SILENCED)
    head = _markdown(("key", "type", "unit", "allowed", "default", "meaning"), rows)
    silenced = f"`[{SILENCED}]` holds names of warnings (below), each with the reason why it is not to be shown."
    return f"## {SETTINGS_FILE}\n\n{head}\nThe groups {groups} are optional and hold free text; {silenced}\n"


def _table(table: Table) -> str:
    rows = (
        (
            _named(table, column),
            _KINDS[column.kind],
            column.unit,
            _allowed(column),
            _default(column),
            column.about,
        )
        for column in table.columns
    )
    optional = " (optional)" if table.optional else ""
    head = _markdown(("column", "type", "unit", "allowed", "default", "meaning"), rows)
    return f"## {table.file}{optional}\n\n{table.about}\n\n{head}"


def _named(table: Table, column: Column) -> str:
    """A column's name, bold where it is part of the key."""
    return f"**{column.name}**" if column.name in table.key else column.name


def _allowed(column: Column) -> str:
    """Values that a cell may hold, besides those given by its type, unit and default."""
    if column.kind in (Kind.TEXT, Kind.FLAG) or (column.kind.is_text and not column.words and not column.refers):
        return ""
    return column.allowed.removesuffix(", or empty")


def _default(column: Column) -> str:
    if column.default is REQUIRED:
        return "required"
    if column.same_as:
        return f"the {column.same_as} itself"
    if column.default in ("", None):
        return "empty"
    return f"{column.default:g}" if isinstance(column.default, float) else str(column.default)


def _markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(row) for row in rows)]
    lines.insert(1, tuple("---" for _ in lines[0]))
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
