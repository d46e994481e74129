# response
from . import test_response_cases
