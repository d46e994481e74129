# lifecycle
from . import supplier_source
from . import supplier_stage_funnel
