"""The solver: the only package that knows HiGHS."""
