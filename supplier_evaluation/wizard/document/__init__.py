# document
from . import supplier_document_reject_wizard
