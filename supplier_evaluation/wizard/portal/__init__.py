# portal
from . import supplier_dispute_wizard
