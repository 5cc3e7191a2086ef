"""The single definition of every table and column, in and out."""
