"""The model: decisions, constraint families, costs; and its matrices."""
