# certification
from . import supplier_certificate
