from . import test_supplier_dashboard
from . import test_supplier_dashboard_terms
from . import test_supplier_dashboard_tours
