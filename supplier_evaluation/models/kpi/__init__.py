# kpi
from . import supplier_dimension
from . import supplier_kpi
from . import definition
from . import preview
from . import measure
from . import counted
