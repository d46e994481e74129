# saving
from . import supplier_saving_fact
