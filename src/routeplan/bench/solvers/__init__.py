"""Solvers behind one contract: the same file and budget in, the same kind of answer out."""
