"""The page: its pictures, tables and texts, put into one file."""
