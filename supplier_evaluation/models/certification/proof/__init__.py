# certification
from . import supplier_certification
from . import lacking
