"""Default periods of estimated and generated instances."""

PERIODS = (2026, 2028, 2030, 2033, 2036, 2040)
HORIZON_END = 2045
"""First years of the periods, and the year after the last."""
