# odoo models
from . import base_partner_merge
from . import supplier_hold_back_wizard
from . import supplier_revision_wizard
