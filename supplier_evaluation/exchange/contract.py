"""What a description of the contract is made of. Plain Python, no Odoo."""

from dataclasses import dataclass

CONTRACT = "supplier_evaluation.exchange/1"
#: Of a text that names something, and of one that tells something.
SHORT, LONG = 250, 20_000
#: Keys of a record that are not of its kind.
ENVELOPE = ("kind", "id", "deleted")
#: A file has so many bytes at most.
FILE_SIZE = 10 * 1024 * 1024
TYPES = (
    "text",
    "number",
    "integer",
    "date",
    "datetime",
    "boolean",
    "choice",
    "file",
    "lines",
)


@dataclass(frozen=True)
class Field:
    """One field of a kind.

    :param str name: its key in a record
    :param str type: one of :data:`TYPES`
    :param str help: what it means, with its unit
    :param bool required: a record without it is refused
    :param tuple choices: of a choice
    :param int size: the most characters of a text
    :param bool positive: whether a number below 0 is refused
    :param bool upper: whether a text, as a code, is meant in capital letters
    :param tuple fields: of ``lines``, which only we send
    """

    name: str
    type: str
    help: str
    required: bool = False
    choices: tuple = ()
    size: int = SHORT
    positive: bool = False
    upper: bool = False
    fields: tuple = ()


@dataclass(frozen=True)
class Kind:
    """What records of one kind say.

    :param str name: as records name it
    :param str help: what it is
    :param tuple fields: :class:`Field`
    :param tuple directions: ``in``, ``out`` or both
    """

    name: str
    help: str
    fields: tuple
    directions: tuple = ("in",)

    def field(self, name):
        """Return the :class:`Field` of a name, or None."""
        return next((one for one in self.fields if one.name == name), None)


def text(name, about, **options):
    return Field(name, "text", about, **options)


def long_text(name, about, **options):
    return Field(name, "text", about, size=LONG, **options)


def number(name, about, **options):
    return Field(name, "number", about, **options)


def integer(name, about, **options):
    return Field(name, "integer", about, **options)


def date(name, about, **options):
    return Field(name, "date", about, **options)


def datetime(name, about, **options):
    return Field(name, "datetime", about, **options)


def boolean(name, about, **options):
    return Field(name, "boolean", about, **options)


def choice(name, about, choices, **options):
    return Field(name, "choice", about, choices=choices, **options)


def file(name, about, **options):
    return Field(name, "file", about, **options)


def lines(name, about, fields):
    return Field(name, "lines", about, fields=fields)
