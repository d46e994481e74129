from . import supplier_evaluation
