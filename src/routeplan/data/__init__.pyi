from .workbook.workbook import Workbook as Workbook
from .workbook.write import write_workbook as write_workbook
