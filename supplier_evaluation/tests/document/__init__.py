# document
from . import test_document
from . import test_document_evidence
from . import test_document_fact
from . import test_document_reminder
from . import test_document_reminder_batch
from . import test_document_required
from . import test_document_tours
from . import test_document_verification
from . import test_document_verifiers
from . import test_document_version
