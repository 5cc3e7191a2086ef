"""The single truth about every table and column, in and out."""
