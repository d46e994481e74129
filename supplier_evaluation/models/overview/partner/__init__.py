# A supplier seen from all sides.
from . import res_partner
