# document
from . import supplier_document_fact
