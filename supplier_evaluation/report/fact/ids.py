"""How the identifier of a fact is made of those of its records, and read again.

Facts have no table that could number them.
"""

from odoo.tools import SQL


class IdCodec:
    """Puts several numbers into one: the first of any size, the others below theirs.

    >>> ids = IdCodec(4096, 4096)
    >>> ids.encode(7, 3, 1)
    117452801
    >>> ids.decode(117452801)
    (7, 3, 1)

    :param int sizes: of every number but the first
    """

    def __init__(self, *sizes):
        self.sizes = sizes

    def encode(self, first, *others):
        """Return the identifier.

        :raises ValueError: a number has no room
        """
        identifier = first
        for size, other in zip(self.sizes, others, strict=True):
            if not 0 <= other < size:
                raise ValueError(f"{other} is not below {size}")
            identifier = identifier * size + other
        return identifier

    def decode(self, identifier):
        """Return the numbers of which an identifier was made."""
        others = []
        for size in reversed(self.sizes):
            identifier, other = divmod(identifier, size)
            others.append(other)
        return (identifier, *reversed(others))

    def sql(self, first, *others):
        """Return the SQL of the identifier.

        :param SQL first: SQL of the first number
        :param others: SQL or number of each other one
        """
        identifier = SQL("%s::bigint", first)
        for size, other in zip(self.sizes, others, strict=True):
            identifier = SQL("(%s * %s + %s)", identifier, size, other)
        return identifier


class SourceIds:
    """Identifiers of facts that are made of records of several models.

    >>> ids = SourceIds("purchase.order.line", "supplier.history.line")
    >>> ids.encode("supplier.history.line", 7)
    15
    >>> ids.split([15, 8])
    {'purchase.order.line': [4], 'supplier.history.line': [7]}

    :param str models: their names
    """

    def __init__(self, *models):
        self.models = models
        self.codec = IdCodec(len(models))

    def encode(self, model, record_id):
        """Return the identifier of the fact of a record."""
        return self.codec.encode(record_id, self.models.index(model))

    def split(self, identifiers):
        """Return ``{model: ids of its records}``, with every model."""
        found = {model: [] for model in self.models}
        for identifier in identifiers:
            record_id, place = self.codec.decode(identifier)
            found[self.models[place]].append(record_id)
        return found

    def sql(self, model, record_id):
        """Return the SQL of the identifier.

        :param SQL record_id: column of the model's table
        """
        return self.codec.sql(record_id, self.models.index(model))

    def sql_record(self, model, identifier):
        """Return the SQL of the record's id, NULL if it is one of another model.

        :param SQL identifier: of a fact
        """
        return SQL(
            "CASE WHEN %(identifier)s %% %(size)s = %(place)s"
            " THEN (%(identifier)s / %(size)s)::integer END",
            identifier=identifier,
            size=len(self.models),
            place=self.models.index(model),
        )
