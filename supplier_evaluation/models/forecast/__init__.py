# forecasts: which open order lines will be late, and why
from . import supplier_delivery_forecast_mixin
from . import supplier_delivery_forecast
from . import supplier_delivery_forecast_level
from . import supplier_delivery_forecast_first
from . import supplier_delivery_tally
from . import learning
from . import forecasting
from . import ordering

# odoo models
from . import purchase_order
from . import purchase_order_line
from . import res_partner

# scorecard
from . import supplier_scorecard
from . import supplier_scorecard_line
