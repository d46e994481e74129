# review
from . import supplier_review_fact
