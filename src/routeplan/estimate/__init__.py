"""Estimation of an instance from sites: default tables, technology, surroundings, and derivation of each number."""
