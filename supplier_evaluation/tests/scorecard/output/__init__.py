# scorecard
from . import test_paper
from . import test_results_mail
from . import test_workbook
