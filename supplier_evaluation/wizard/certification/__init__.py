# certification
from . import supplier_certification_decision_wizard

# odoo models
from . import base_partner_merge
