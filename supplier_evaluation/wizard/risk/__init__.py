# risk
from . import supplier_risk_import
