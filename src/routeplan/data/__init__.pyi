from .workbook import Workbook as Workbook
from .workbook_write import write_workbook as write_workbook
