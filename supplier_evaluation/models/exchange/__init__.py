# what other systems are, and what they sent
from . import supplier_exchange_source
from . import supplier_exchange_message
from . import answering
from . import working
from . import supplier_exchange_result
from . import supplier_exchange_identity
from . import supplier_exchange_origin
from . import supplier_exchange_question

# records of other systems
from . import record

# what becomes of records, by their kind
from . import kind
