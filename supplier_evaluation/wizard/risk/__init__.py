# risk
from . import base_partner_merge
from . import supplier_risk_import
