from . import supplier_delivery_fact
