from . import supplier_profile
