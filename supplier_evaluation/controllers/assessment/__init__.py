# assessment
from . import supplier_assessment
