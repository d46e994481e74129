# contacts
from . import supplier_contact_fact
