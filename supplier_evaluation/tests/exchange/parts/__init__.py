# exchange: files of documents, what is withdrawn, and whose value of a line counts
from . import test_exchange_files
from . import test_exchange_withdrawing
from . import test_exchange_line_origin
from . import test_exchange_again
from . import test_exchange_late
