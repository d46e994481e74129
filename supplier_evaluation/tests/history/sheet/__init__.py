# sheet
from . import test_sheet_above
from . import test_sheet_again
from . import test_sheet_codes
from . import test_sheet_dates
from . import test_sheet_files
from . import test_sheet_kinds
from . import test_sheet_money
from . import test_sheet_nothing
