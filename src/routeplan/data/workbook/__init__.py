"""An instance as an Excel workbook: reading, writing, and keeping what people added to it."""
