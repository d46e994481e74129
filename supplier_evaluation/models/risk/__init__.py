# mixins
from . import supplier_risk_intake_mixin

# risk
from . import supplier_risk_rating
from . import supplier_risk_signal
from . import rating
from . import deciding
from . import following_up
from . import taking
from . import weighing
from . import supplier_risk_check
from . import supplier_price_index

# odoo models
from . import res_partner
from . import purchase_order
