from . import supplier_fact_mixin
from . import supplier_order_fact_mixin
from . import supplier_delivery_fact
from . import supplier_receipt_fact
from . import supplier_price_fact
from . import supplier_bill_fact
from . import supplier_response_fact
from . import supplier_incident_fact
