"""Benchmarks of solvers: programmes, the solvers that are given them, and what is kept of their answers."""
