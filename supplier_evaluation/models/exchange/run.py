"""One run over records of one system: what it looks up, and what becomes of each."""

from dataclasses import dataclass, field

from odoo.fields import Domain

from ...exchange.checking import Wrong, check, content_hash
from ...exchange.who import Candidate, Who
from .words import Words

#: An answer of a person: the supplier is a new one.
NEW = "new"


def handler(kind):
    """Return the name of the model that takes and sends a kind."""
    return f"supplier.exchange.kind.{kind.replace('_', '.')}"


@dataclass(eq=False)
class Item:
    """A record on its way in.

    ``state`` is empty until it is decided. ``partner`` is the supplier it is of;
    ``record`` the number of our record, if there is one; ``asked`` the identifier of
    the supplier that a person is asked about, with the ``candidates``.
    """

    result_id: int
    checked: object
    question_id: int = 0
    state: str = ""
    reason: str = ""
    mend: str = ""
    partner: int = 0
    record: int = 0
    asked: str = ""
    candidates: tuple = ()
    kept: list = field(default_factory=list)
    stamp: str = ""

    @property
    def id(self):
        return self.checked.id

    @property
    def values(self):
        return self.checked.values

    def begin(self):
        """Forget what was decided: it is taken (again)."""
        self.state = self.reason = self.mend = self.asked = ""
        self.partner = self.record = 0
        self.candidates, self.kept = (), []
        self.stamp = content_hash([self.checked.kind, self.values])


class Run:
    """What records of one system have in common while they are taken.

    :param Environment env: of whoever takes them, in the company of the system
    :param source: ``supplier.exchange.source``
    :param bool dry_run: nothing stays
    :param dict answers: identifier of a supplier -> :data:`NEW`, by a person
    """

    def __init__(self, env, source, dry_run=False, answers=None):
        self.env = env
        self.source = source.sudo()
        self.dry_run = dry_run
        self.answers = answers or {}
        self.words = Words(env)
        self._who = None
        self._caches = {}
        # Identifiers of suppliers that this run asks about.
        self.asked = set()

    def forget(self):
        """Look everything up again: what was written has been rolled back."""
        self._who = None
        self._caches.clear()

    def cache(self, name, make):
        """Return what is looked up once in a run."""
        if name not in self._caches:
            self._caches[name] = make()
        return self._caches[name]

    def item(self, result_id, record, question_id=0):
        """Return the :class:`Item` of a record that came."""
        item = Item(result_id, check(record), question_id)
        item.begin()
        if item.checked.problems:
            item.state = "refused"
            item.reason, item.mend = self.words.problems(item.checked.problems)
        return item

    # ---- decisions ----------------------------------------------------------------

    def refuse(self, item, code, name="", **params):
        """Refuse a record, in words."""
        self.refuse_for(item, Wrong(code, **params), name)

    def refuse_for(self, item, problem, name=""):
        item.state = "refused"
        item.reason, item.mend = self.words.problem(problem, name)

    def ask(self, item, external_id, problem):
        """Let a person say which supplier is meant, if the answer can be kept."""
        self.refuse_for(item, problem)
        if external_id:
            self.asked.add(external_id)
            item.state = "question"
            item.asked = external_id
            item.candidates = tuple(one.id for one in problem.params["candidates"])
        else:
            code = "several_nameless"
            item.mend = self.words.mend(code)

    def wait(self, item, external_id):
        """Let a record wait for the answer to a question that is asked already."""
        self.refuse(item, "waits", value=external_id)
        item.state, item.asked = "question", external_id

    # ---- who is who ---------------------------------------------------------------

    @property
    def who(self):
        """The suppliers that the company sees, and what they are known by."""
        if not self._who:
            self._who = Who(self._candidates())
        return self._who

    def _candidates(self):
        """Commercial entities, archived ones too, in one question."""
        partners = self.env["res.partner"].with_context(active_test=False)
        company = self.source.company_id
        has_parent = Domain("parent_id", "!=", False)
        domain = Domain("company_id", "in", [False, company.id]) & (
            ~has_parent | Domain("is_company", "=", True)
        )
        names = ("id", "name", "company_registry", "vat", "country_id", "active")
        query = partners._search(domain)
        columns = [partners._field_to_sql(query.table, name, query) for name in names]
        countries = {
            country.id: country.code
            for country in self.env["res.country"].search(Domain.TRUE)
        }
        for row in self.env.execute_query(query.select(*columns)):
            number, name, registry, tax, country, active = row
            yield Candidate(
                number,
                name or "",
                registry or "",
                tax or "",
                countries.get(country) or "",
                active,
            )

    def know(self, partner):
        """Know a supplier that was just written."""
        if self._who:
            self._who.add(
                Candidate(
                    partner.id,
                    partner.name or "",
                    partner.company_registry or "",
                    partner.vat or "",
                    partner.country_id.code or "",
                    partner.active,
                )
            )
