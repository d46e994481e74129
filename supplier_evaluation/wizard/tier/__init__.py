# tier
from . import supplier_tier_wizard
