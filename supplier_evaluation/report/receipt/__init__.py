# receipt
from . import supplier_receipt_fact
