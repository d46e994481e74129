"""What is read of a row that comes from elsewhere, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from odoo.fields import Domain

from ...tools.wording import listed

TEXT = 200
NUMBER = 1e15
# Of a record: more is no id of the database.
MOST_IDS = 2**31


def clean(text):
    """Return a text without what no text of a database has: NUL, half a character.

    >>> clean("a\\x00b")
    'ab'
    """
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


class Refused(Exception):
    """A row that cannot be taken.

    :param str reason: what is wrong, in words of the user
    :param str mend: what to do about it
    """

    def __init__(self, reason, mend):
        super().__init__(reason)
        self.reason, self.mend = reason, mend


@dataclass
class Result:
    """What became of a row."""

    row: int
    status: str = ""
    id: int = 0
    model: str = ""
    key: tuple = ()
    reason: str = ""
    mend: str = ""

    def refuse(self, reason, mend):
        self.status, self.reason, self.mend = "refused", reason, mend

    def as_dict(self):
        return {
            "row": self.row,
            "status": self.status,
            "model": self.model,
            "id": self.id or False,
            "reason": self.reason,
            "mend": self.mend,
        }


class RowReader:
    """Reads the cells of rows, in an environment that knows the user's language."""

    def __init__(self, env, labels):
        self.env = env
        self.labels = labels

    def _label(self, key):
        return self.labels[key][0] if key in self.labels else key

    def check_keys(self, row):
        """Refuse what is no row, and keys that nobody knows.

        :raises Refused: naming them
        """
        if not isinstance(row, dict):
            raise Refused(
                self.env._("This is no row with named values."),
                self.env._("Send an object with keys and values."),
            )
        unknown = sorted(str(key) for key in row.keys() - self.labels.keys())
        if unknown:
            raise Refused(
                self.env._("Unknown: %s", listed(self.env, unknown)),
                self.env._("Known are: %s", listed(self.env, sorted(self.labels))),
            )

    def needed(self, row, key):
        value = row.get(key)
        if value is None or value is False or str(value).strip() == "":
            raise Refused(
                self.env._("“%s” is missing.", self._label(key)),
                self.env._("Enter it."),
            )
        return value

    def text(self, row, key, size=TEXT):
        value = row.get(key)
        if value is None or value is False:
            return False
        text = str(value).strip()
        if text != clean(text):
            raise Refused(
                self.env._("“%s” has a character that is none.", self._label(key)),
                self.env._("Save the file as UTF-8 and send it again."),
            )
        if len(text) > size:
            raise Refused(
                self.env._(
                    "“%(field)s” has more than %(count)s characters.",
                    field=self._label(key),
                    count=size,
                ),
                self.env._("Shorten it."),
            )
        return text or False

    def day(self, row, key):
        value = row.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or value in (None, False, ""):
            return value or False
        try:
            return date.fromisoformat(str(value).strip()[:10].replace("/", "-"))
        except ValueError:
            raise Refused(
                self.env._(
                    "“%(field)s”: %(value)s is no day.",
                    field=self._label(key),
                    value=str(value)[:40],
                ),
                self.env._("Write it as 2026-03-31."),
            ) from None

    def number(self, row, key):
        value = row.get(key)
        if value in (None, False, ""):
            return False
        try:
            number = float(value if not isinstance(value, str) else value.strip())
        except (OverflowError, TypeError, ValueError):
            number = NUMBER
        if not abs(number) < NUMBER:
            raise Refused(
                self.env._(
                    "“%(field)s”: %(value)s is no number.",
                    field=self._label(key),
                    value=str(value)[:40],
                ),
                self.env._("Write it with digits and a point, as 12500.50."),
            )
        return number

    def choice(self, row, key, choices):
        """Return what is chosen, named by its key or by its label, in any case.

        :param choices: ``[(key, label in the user's language)]``
        """
        text = str(row.get(key) or "").strip()
        if not text:
            return False
        wanted = text.casefold()
        for name, label in choices:
            if wanted in (name.casefold(), label.casefold()):
                return name
        raise Refused(
            self.env._(
                "“%(field)s”: %(value)s is not known.",
                field=self._label(key),
                value=text[:40],
            ),
            self.env._(
                "Choose one of: %s", listed(self.env, (name for name, _text in choices))
            ),
        )


class Suppliers:
    """Who is meant: by id, registry or tax number, reference, or else exact name.

    Two that fit are a question to a person, never a guess.

    :param texts: how rows name suppliers
    :param ids: ids that rows say
    """

    FIELDS = ("company_registry", "vat", "ref", "name")

    def __init__(self, env, company, texts, ids):
        self.env = env
        partners = env["res.partner"]
        here = Domain("company_id", "in", [False, company.id])
        wanted = sorted(texts)
        by_text = Domain.OR(Domain(name, "in", wanted) for name in self.FIELDS)
        found = partners.search(here & (by_text | Domain("id", "in", sorted(ids))))
        self._ids = set(found.ids)
        self._by_id = {one.id: one.commercial_partner_id for one in found}
        self._by_text = {}
        for name in self.FIELDS:
            for one in found:
                if text := one[name]:
                    self._by_text.setdefault((name, text.strip()), set()).add(
                        one.commercial_partner_id
                    )

    def of(self, partner_id, text):
        """Return the supplier of a row.

        :raises Refused: nobody fits, or several do
        """
        if partner_id:
            if is_id(partner_id) and partner_id in self._by_id:
                return self._by_id[partner_id]
            raise Refused(
                self.env._("There is no supplier with the id %s here.", partner_id),
                self.env._("Name it by registry number, tax id or exact name."),
            )
        for name in self.FIELDS:
            fitting = self._by_text.get((name, text), set())
            vendors = {one for one in fitting if one.supplier_rank} or fitting
            if len(vendors) == 1:
                return next(iter(vendors))
            if vendors:
                raise Refused(
                    self.env._("Several suppliers are called “%s”.", text),
                    self.env._("Name it by its registry number or tax id."),
                )
        raise Refused(
            self.env._("No supplier is called “%s”.", text),
            self.env._(
                "Write the registry number, tax id, reference or exact name of a "
                "contact of this company, or create the contact first."
            ),
        )


def supplier_names(rows):
    """Return how rows name suppliers: ``(texts, ids)``."""
    texts, ids = set(), set()
    for row in rows:
        if not isinstance(row, dict):
            continue
        if is_id(row.get("partner_id")):
            ids.add(row["partner_id"])
        if text := clean(str(row.get("supplier") or "")).strip():
            texts.add(text)
    return texts, ids


def is_id(value):
    """Whether a value may be the id of a record: true and false are none."""
    return type(value) is int and 0 < value < MOST_IDS
