"""Company surveys of Dutch regional energy programmes: workbooks with named cells, or JSON, become an instance."""
