# odoo models
from . import res_partner
