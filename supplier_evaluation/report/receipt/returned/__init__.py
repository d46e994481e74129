# returned
from . import supplier_return_trace
