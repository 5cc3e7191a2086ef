from .workbook.migrate import changed_workbook_aside as changed_workbook_aside
from .workbook.migrate import format_cells as format_cells
from .workbook.workbook import Workbook as Workbook
from .workbook.write import write_workbook as write_workbook
