from . import ir_model_fields
from . import supplier_days_mixin
from . import supplier_empty_help_mixin
from . import supplier_optional_numbers_mixin
