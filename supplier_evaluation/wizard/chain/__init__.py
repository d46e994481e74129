# chain
from . import supplier_chain_check

# odoo models
from . import base_partner_merge
