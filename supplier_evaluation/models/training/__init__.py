# training
from . import supplier_training
