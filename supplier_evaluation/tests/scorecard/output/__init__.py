# scorecard
from . import test_workbook
