"""The report of a benchmark: one page that asks no server for anything, and its numbers as CSV."""
