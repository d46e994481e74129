# training
from . import supplier_training_fact
