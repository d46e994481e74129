# exchange: files of documents, and what is withdrawn
from . import test_exchange_files
from . import test_exchange_withdrawing
