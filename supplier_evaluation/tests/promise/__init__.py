# promise
from . import test_promise
