from . import supplier_fact_mixin
from . import supplier_delivery_fact
from . import supplier_document_fact
