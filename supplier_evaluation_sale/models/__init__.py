from . import promise
from . import res_partner
from . import sale_order
from . import sale_order_line
from . import supplier_incident
from . import supplier_portal
