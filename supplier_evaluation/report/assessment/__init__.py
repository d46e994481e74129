# assessment
from . import supplier_customer_review_fact
