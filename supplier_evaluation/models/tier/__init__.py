# tiers: proposed, confirmed, seen in a matrix
from . import supplier_tier
from . import supplier_tier_figure
from . import supplier_tier_rule
from . import supplier_tier_proposal
from . import deciding
from . import matrix
from . import review_cycle

# odoo models
from . import res_company
from . import res_config_settings
from . import res_partner
