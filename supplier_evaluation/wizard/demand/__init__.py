# demand
from . import supplier_demand_forecast_wizard
