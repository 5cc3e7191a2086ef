"""Read JSON files, and check them against a schema: what breaks it is told by path and rule."""
