from . import supplier_usage_report
