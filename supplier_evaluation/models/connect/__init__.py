# connect
from . import supplier_connector
from . import supplier_connector_field
from . import supplier_connector_run
from . import supplier_connector_letter
from . import reading
from . import schedule
