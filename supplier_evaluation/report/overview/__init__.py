from . import report_supplier_visit
