"""Results: the tables of a plan, their storage, summaries and comparison."""
