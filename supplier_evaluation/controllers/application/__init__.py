# application
from . import supplier_application
