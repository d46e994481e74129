"""What a selection says, as the reader says it."""


def label_of(record, name):
    """Return the label of what is chosen; "" where nothing is.

    :param record: one record, in the language of the reader
    :param str name: of its selection field
    """
    labels = dict(record._fields[name]._description_selection(record.env))
    return labels.get(record[name], "")
