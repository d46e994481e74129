from . import supplier_sale_promise_wizard
