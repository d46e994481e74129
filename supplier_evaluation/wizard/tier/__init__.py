# tier
from . import base_partner_merge
from . import supplier_tier_wizard
