# lifecycle
from . import test_stage
from . import test_stage_certification
from . import test_stage_funnel
from . import test_stage_rules
from . import test_stage_tours
from . import test_supplier_source
