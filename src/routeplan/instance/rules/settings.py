"""Rules of the settings."""

import math
import re
from typing import Any

from routeplan.errors import Problem
from routeplan.schema.column import Column, Kind
from routeplan.schema.settings import FORMAT_COLUMN, FORMAT_KEY, SETTING_COLUMNS, SETTINGS_FILE, Settings

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")


def setting_problem(key: str, value: object, allowed: str) -> Problem:
    """Problem of a setting that is not allowed."""
    if isinstance(value, bool):
        value = str(value).lower()
    shown = "empty" if value == "" else value
    return Problem(SETTINGS_FILE, 0, f"key '{key}' is {shown}; allowed: {allowed}", key)


def check_settings(settings: Settings) -> list[Problem]:
    """Report every setting that breaks a rule."""
    return [problem for key in SETTING_COLUMNS for problem in check_setting(key, getattr(settings, key))]


def check_setting(key: str, value: Any) -> list[Problem]:
    """Report the value of a key, that of the version of the format among them, if it breaks a rule."""
    column = FORMAT_COLUMN if key == FORMAT_KEY else SETTING_COLUMNS[key]
    if _is_right(column, value):
        return []
    if isinstance(value, str) and value and not column.kind.is_text:
        return [setting_problem(key, f'"{value}", which is text', f"{allowed(column)}, without quotation marks")]
    return [setting_problem(key, value, allowed(column))]


def allowed(column: Column) -> str:
    """Allowed values of a setting, as shown to the user."""
    if column.kind is Kind.ID:
        return "a short name of lower-case letters, digits, - and _"
    return column.allowed.removesuffix(", or empty")


def _is_right(column: Column, value: Any) -> bool:
    if column.kind is Kind.FLAG:
        return isinstance(value, bool)
    if column.kind.is_text:
        return isinstance(value, str) and _is_right_text(column, value)
    return isinstance(value, int | float) and not isinstance(value, bool) and _is_right_number(column, value)


def _is_right_text(column: Column, value: str) -> bool:
    if column.kind is Kind.ID:
        return _SLUG.fullmatch(value) is not None
    return not column.words or value in column.words


def _is_right_number(column: Column, value: float) -> bool:
    whole = column.kind is not Kind.WHOLE or float(value).is_integer()
    inside = column.low <= value <= column.high and column.above < value < column.below
    return math.isfinite(value) and whole and inside
