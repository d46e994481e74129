# demand
from . import base_partner_merge
from . import supplier_demand_forecast_wizard
