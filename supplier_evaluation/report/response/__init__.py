# response
from . import supplier_response_fact
