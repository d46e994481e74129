"""One run over records of one system: what it looks up, and what becomes of each."""

from dataclasses import dataclass, field

from ...exchange.checking import WITHDRAWN, Wrong, check, content_hash
from ...exchange.who import Candidate, Who
from .candidates import candidates, traces_of
from .words import Words

#: An answer of a person: the supplier is a new one.
NEW = "new"


def handler(kind):
    """Return the name of the model that takes and sends a kind."""
    return f"supplier.exchange.kind.{kind.replace('_', '.')}"


@dataclass(eq=False)
class Item:
    """A record on its way in.

    ``state`` is empty until it is decided; ``is_old`` says that a later message told
    of it. ``partner`` is the supplier it is of; ``record`` the number of our record, if
    there is one; ``asked`` the identifier of the supplier that a person is asked about,
    with the ``candidates``.
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
    is_old: bool = False

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
        content = WITHDRAWN if self.checked.deleted else self.values
        self.stamp = content_hash([self.checked.kind, content])


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
        self._caches = {}
        # Identifiers of suppliers that this run asks about.
        self.asked = set()
        # Pairs of a model and the number of a record that this run made.
        self.made = set()
        self.forget()

    def forget(self):
        """Look everything up again: what was written has been rolled back."""
        self._caches.clear()
        # Suppliers that may be meant, and by what they were looked up.
        self.who = Who()
        self._numbers, self._names = set(), set()

    def restart(self):
        """Forget also what was asked: no question of this transaction was kept."""
        self.forget()
        self.asked.clear()

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

    def look_up(self, keys):
        """Know in :attr:`who` whoever some keys may mean, all in one question.

        :param keys: iterable of :class:`Key`
        """
        numbers, names = traces_of(keys)
        numbers, names = numbers - self._numbers, names - self._names
        if numbers or names:
            self._numbers |= numbers
            self._names |= names
            for one in candidates(self.env, self.source.company_id, numbers, names):
                self.who.add(one)

    def know(self, partner):
        """Know a supplier that was just written."""
        self.who.add(
            Candidate(
                partner.id,
                partner.name or "",
                partner.company_registry or "",
                partner.vat or "",
                partner.country_id.code or "",
                partner.active,
            )
        )
