"""Families of benchmark instances, each generated from a size and a seed."""
