from .read import check_rules as check_rules
from .template import settings_of_template as settings_of_template
from .workbook.add import refuse_to_replace as refuse_to_replace
from .workbook.migrate import changed_workbook_aside as changed_workbook_aside
from .workbook.migrate import format_cells as format_cells
from .workbook.workbook import Workbook as Workbook
from .workbook.write import write_empty_workbook as write_empty_workbook
from .workbook.write import write_workbook as write_workbook
