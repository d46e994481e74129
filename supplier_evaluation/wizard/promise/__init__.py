# promise
from . import supplier_promise_change_wizard
