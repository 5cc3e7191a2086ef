"""Look-ups for the equations, by subject."""
