from . import test_dropship_return
from . import test_sale_access
from . import test_sale_customer
from . import test_sale_kpi
from . import test_sale_promise
from . import test_sale_terms
from . import test_sale_tours
from . import test_sale_trace
