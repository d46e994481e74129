# risk
from . import supplier_risk_level
from . import supplier_risk_fact
