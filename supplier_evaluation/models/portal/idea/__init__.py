# ideas that suppliers send, and what we answer
from . import sending
from . import supplier_idea
