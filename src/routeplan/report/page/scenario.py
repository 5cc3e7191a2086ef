"""What the scenario of a plan changes, in its readers' words."""

from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.instance.names import NAMED, names_in, names_of_places
from routeplan.language.language import Words
from routeplan.report.page.inputs import UNITS
from routeplan.schema.column import Column
from routeplan.schema.inputs import ALL, INPUT_TABLES, VALUE


def changes_told(instance: Instance, words: Words) -> list[str]:
    """Say what the scenarios change that an instance is under, a sentence for each change; each said once.

    Parameters
    ----------
    instance : Instance
        The instance of a result.
    words : Words
        The readers' language.
    """
    told = [change_told(change, instance, words) for scenario in instance.applied for change in scenario.changes]
    return list(dict.fromkeys(told))


def change_told(change: Change, instance: Instance, words: Words) -> str:
    """Say what a change does: ``firm room on the grid (Station East): 3 years later``."""
    rows = [_row(name, value, instance, words) for name, value in change.where.items()]
    what = changed_name(change.table, change.column, words)
    if change.table == "prices" and "item" in change.where:
        what = _price_name(str(change.where["item"]), words)
        rows = [
            _row(name, value, instance, words)
            for name, value in change.where.items()
            if name != "item" and (name, value) != ("group", ALL)
        ]
    of = f" ({', '.join(rows)})" if rows else ""
    return f"{what}{of}: {_done(change, INPUT_TABLES[change.table].column(change.column), words)}"


def changed_name(table: str, column: str, words: Words) -> str:
    """Name of a column of a table, as readers know it."""
    return words.name(f"{table}.{column}")


def _price_name(item: str, words: Words) -> str:
    if item.endswith(VALUE):
        return words("value of {item} to society", item=words.name(item.removesuffix(VALUE)))
    return words("price of {item}", item=words.name(item))


def _row(column: str, value: object, instance: Instance, words: Words) -> str:
    """What a change is limited to: a station, a site, a year, a sector."""
    if isinstance(value, bool | int | float):
        return str(value)
    text = str(value)
    of_tables = {key: names_in(instance, table, words) for table, key in NAMED.items()}
    of_tables |= dict.fromkeys(("from", "to", "node"), names_of_places(instance, words))
    return of_tables.get(column, {}).get(text) or words.name(text)


def _done(change: Change, column: Column, words: Words) -> str:
    """What is done to the cells."""
    # Units that differ from row to row would not read well after the number.
    known = (
        UNITS.get(str(change.where.get("item")).removesuffix(VALUE), "") if change.table == "prices" else column.unit
    )
    unit = f" {words.unit(known)}" if known and not any(mark in known for mark in (" or ", ", ")) else ""
    if change.action == "set":
        return words("becomes {value}", value=_value(change.value, words) + (unit if change.value != "" else ""))
    if change.action == "multiply":
        share = float(change.value) - 1.0
        if -1.0 < share < 1.0 and share != 0.0:
            part = words.percent(abs(share), 1)
            return words("{part} more", part=part) if share > 0.0 else words("{part} less", part=part)
        return words("times {factor}", factor=words.number(float(change.value)))
    if change.action == "add":
        amount = words.number(abs(float(change.value))) + unit
        return words("{amount} less", amount=amount) if change.value < 0 else words("{amount} more", amount=amount)
    years = abs(int(change.value))
    if change.value < 0:
        return words("1 year earlier") if years == 1 else words("{years} years earlier", years=years)
    return words("1 year later") if years == 1 else words("{years} years later", years=years)


def _value(value: object, words: Words) -> str:
    if value == "":
        return words("empty")
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, int):
        return str(value)
    return words.number(value) if isinstance(value, float) else words.name(str(value))
