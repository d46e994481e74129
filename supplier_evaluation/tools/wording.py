"""How the language of the reader says what is chosen, and puts texts together."""


def label_of(record, name):
    """Return the label of what is chosen; "" where nothing is.

    :param record: one record, in the language of the reader
    :param str name: of its selection field
    """
    labels = dict(record._fields[name]._description_selection(record.env))
    return labels.get(record[name], "")


def listed(env, texts):
    """Return texts one behind the other: "A, B", and "A、B" for a reader of Chinese.

    :param env: environment of the reader
    :param texts: names, as many as there are
    :rtype: str
    """
    # The marks are no words, and no translator would be shown them alone.
    return env._("%(one)s, %(other)s", one="", other="").join(texts)


def qualified(env, texts):
    """Return a name with what tells it from others: "Bolts Ltd, P00012".

    :param env: environment of the reader
    :param texts: the name, and what follows it
    :rtype: str
    """
    return env._("%(name)s, %(more)s", name="", more="").join(texts)


def clauses(env, texts):
    """Return parts of a sentence, which may have commas of their own: "A, B; C".

    :param env: environment of the reader
    :param texts: parts, as many as there are
    :rtype: str
    """
    return env._("%(one)s; %(other)s", one="", other="").join(texts)


def sentences(env, texts):
    """Return sentences one behind the other; Chinese has no space between them.

    :param env: environment of the reader
    :param texts: whole sentences, as many as there are
    :rtype: str
    """
    return env._("%(one)s %(other)s", one="", other="").join(texts)


def labelled(env, label, text):
    """Return a text behind what it belongs to: "Length: 3 mm".

    :param env: environment of the reader
    :param str label: what the text is of
    :param text: what is said of it
    :rtype: str
    """
    return env._("%(label)s: %(text)s", label=label, text=text)
