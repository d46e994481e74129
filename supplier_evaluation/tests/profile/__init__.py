# profile
from . import test_data_report
from . import test_profile
from . import test_profile_migration
from . import test_profile_tours
from . import test_registry
from . import test_size
from . import test_supplier_duplicate
