# gate
from . import supplier_purchase_override_wizard
