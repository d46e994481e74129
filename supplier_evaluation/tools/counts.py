"""How many records point to others: what smart buttons show."""


def count_by(model, name, records, domain=()):
    """Return how many records of a model point to each of some records.

    One statement, however many records; what the user may not see does not count.

    :param model: the model that points, as an empty recordset
    :param str name: its many2one to the model of ``records``
    :param domain: which of its records count, as a list; all by default
    :return: ``{record: number}``, without the records that none points to
    """
    domain = [(name, "in", records.ids), *domain]
    return dict(model._read_group(domain, [name], ["__count"]))
