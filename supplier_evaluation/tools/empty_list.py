"""What an empty list says to whom: a button that is refused helps nobody."""

from lxml import html
from markupsafe import Markup, escape

from .groups import MANAGER_GROUP

# The classes of what the help of an action says to some people only.
FOR = {
    "o_supplier_for_managers": MANAGER_GROUP,
    "o_supplier_for_buyers": "purchase.group_purchase_user",
}


def help_for(env, text):
    """Return the help of an action without what its reader may not do.

    :param env: environment of the reader
    :param str text: HTML, in which classes mark what is for some only; may be empty
    """
    if not text:
        return text
    root = html.fragment_fromstring(text, create_parent="div")
    for name, group in FOR.items():
        if not env.user.has_group(group):
            for node in root.find_class(name):
                node.drop_tree()
    # What stands before the first element, and after one that was dropped.
    return escape(root.text or "") + Markup().join(
        Markup(html.tostring(node, encoding="unicode")) for node in root
    )
