# mixins
from . import supplier_fact_mixin
