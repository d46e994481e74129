"""What is said where another system could not be reached, with the mend."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: By the kind of a problem: reason, and mend.
PROBLEMS = {
    "address": (
        _lt("The address is none."),
        _lt("Enter an address that begins with https://, without a password in it."),
    ),
    "private": (
        _lt("%(host)s is inside our own network."),
        _lt("Use a public address, or let an administrator allow private ones here."),
    ),
    "unknown_host": (
        _lt("There is no %(host)s."),
        _lt("Check the spelling of the address, and the name server."),
    ),
    "redirect": (
        _lt("%(host)s sends us to another place."),
        _lt("Enter the address to which it really belongs."),
    ),
    "tls": (
        _lt("%(host)s does not show a valid certificate."),
        _lt("Ask who runs it to renew its certificate."),
    ),
    "timeout": (
        _lt("%(host)s did not answer in time."),
        _lt("Try again later; if it stays so, ask who runs it."),
    ),
    "connection": (
        _lt("The connection to %(host)s broke."),
        _lt("Try again later; if it stays so, check the firewall."),
    ),
    "size": (
        _lt("The answer of %(host)s is larger than %(size)s bytes."),
        _lt("Ask for fewer records at once."),
    ),
    "encoding": (
        _lt("%(host)s sends packed answers though we ask for plain ones."),
        _lt("Ask who runs it to send them plain."),
    ),
    "json": (
        _lt("The answer of %(host)s is no JSON."),
        _lt("Check the address: this may be a page for people."),
    ),
    "busy": (
        _lt("%(host)s takes no more for now."),
        _lt("Wait, or let fewer requests be made."),
    ),
    "server": (
        _lt("%(host)s has an error of its own (%(status)s)."),
        _lt("Try again later; if it stays so, ask who runs it."),
    ),
    "login": (
        _lt("%(host)s refuses our credentials (%(status)s)."),
        _lt("Let an administrator enter the address and the secret again."),
    ),
    "status": (
        _lt("%(host)s refuses the request (%(status)s)."),
        _lt("Check the address, and whether the robot or the key still exists."),
    ),
    "refused": (
        _lt("It was refused: %(text)s (%(code)s)."),
        _lt("Look up the code in the documentation of the chat."),
    ),
    "shape": (
        _lt("The answer of %(host)s has no “%(path)s”."),
        _lt("Check the address, and where the records are in its answer."),
    ),
    "manifest": (
        _lt("The file “%(name)s” is not as the manifest says."),
        _lt("Ask who sends it to write the file and its manifest again."),
    ),
    "repeats": (
        _lt("%(host)s gives the same page again and again."),
        _lt("Ask who runs it how its pages are asked for."),
    ),
    "unforeseen": (
        _lt("Something happened that was not foreseen (%(error)s)."),
        _lt("The log of the server says where. Tell whoever looks after it."),
    ),
}


def in_words(env, kind, values):
    """Return reason and mend of a problem, in the language of the environment.

    :param str kind: of ``transport.Problem``
    :param dict values: what the sentences name
    """
    translated = (env._(text) for text in PROBLEMS[kind])
    return tuple(text % values for text in translated)
