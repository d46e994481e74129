# kpi
from . import test_catalogue
from . import test_dimension
from . import test_kpi
from . import test_kpi_broken
from . import test_kpi_migration
from . import test_kpi_no_code
from . import test_kpi_tours
