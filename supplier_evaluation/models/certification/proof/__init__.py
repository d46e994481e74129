# certification
from . import supplier_certification
