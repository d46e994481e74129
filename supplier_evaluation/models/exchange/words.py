"""What is said of records that cannot be taken, with the mend. In the user's language.

The plain modules name a problem by its code; here it gets its words.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Of a file as a whole: reason and mend in one.
FILE = {
    "file_empty": _lt("The file is empty. Choose a file with records."),
    "file_encoding": _lt(
        "How the letters of the file are stored could not be found out. Save it as "
        "UTF-8."
    ),
    "file_json": _lt(
        "The file is no JSON: look at line %(line)s, column %(column)s. Send a message "
        "with “records”, a list of records, or one record a line (NDJSON)."
    ),
    "file_records": _lt(
        "The message has no “records”. Send a list of records with “kind” and “id”."
    ),
    "file_csv": _lt("The file cannot be read as CSV. Save it again as CSV UTF-8."),
    "file_header": _lt(
        "The first row has no column for: %(names)s. Name the columns as the fields of "
        "the contract."
    ),
    "file_double": _lt(
        "The first row names a column more than once: %(names)s. Name it once."
    ),
}
#: Of a record: reason, and mend.
RECORD = {
    "no_object": (_lt("It is no record."), _lt("Send an object with fields.")),
    "line_json": (_lt("The line is no JSON."), _lt("Write one object on each line.")),
    "row_long": (
        _lt("The row has more cells than the header (columns: %(count)s)."),
        _lt("Put quotes around a text that contains the delimiter."),
    ),
    "kind_missing": (_lt("The kind is missing."), _lt("Use one of: %(kinds)s.")),
    "kind_unknown": (
        _lt("The kind “%(kind)s” is not known."),
        _lt("Use one of: %(kinds)s."),
    ),
    "kind_out": (
        _lt("Records of the kind “%(kind)s” are only sent by us."),
        _lt("Use one of: %(kinds)s."),
    ),
    "kind_absent": (
        _lt("Records of the kind “%(kind)s” cannot be taken here."),
        _lt("Leave them out."),
    ),
    "id_missing": (
        _lt("The identifier is missing."),
        _lt("Fill in “id”: the key of the record in the other system."),
    ),
    "id_long": (
        _lt("The identifier is longer than %(count)s characters."),
        _lt("Use a shorter key."),
    ),
    "missing": (_lt("%(field)s is missing."), _lt("Fill it in.")),
    "supplier_missing": (
        _lt("It says nothing of the supplier."),
        _lt("Fill in “supplier”, or a registry number, tax number or name."),
    ),
    "not_text": (_lt("%(field)s is no text."), _lt("Send a text.")),
    "too_long": (
        _lt("%(field)s is longer than %(count)s characters."),
        _lt("Shorten it."),
    ),
    "not_number": (
        _lt("%(field)s: “%(value)s” is no number."),
        _lt("Write digits with a point before the decimals, as 1234.56."),
    ),
    "not_integer": (
        _lt("%(field)s: “%(value)s” is no whole number."),
        _lt("Write digits only."),
    ),
    "negative": (
        _lt("%(field)s is negative (%(value)s)."),
        _lt("Send a number from 0 on."),
    ),
    "not_date": (
        _lt("%(field)s: “%(value)s” is no date."),
        _lt("Write it as YYYY-MM-DD."),
    ),
    "not_datetime": (
        _lt("%(field)s: “%(value)s” is no time."),
        _lt("Write it as 2026-03-31T14:05:00Z."),
    ),
    "date_range": (
        _lt("%(field)s: “%(value)s” is outside the years %(first)s to %(last)s."),
        _lt("Leave it empty if it stands for no date."),
    ),
    "not_boolean": (
        _lt("%(field)s: “%(value)s” is neither true nor false."),
        _lt("Write true or false."),
    ),
    "not_choice": (
        _lt("%(field)s: “%(value)s” is not known."),
        _lt("Use one of: %(choices)s."),
    ),
    "not_base64": (
        _lt("%(field)s is not in base64."),
        _lt("Send the bytes of the file in base64."),
    ),
    "file_large": (
        _lt("%(field)s is larger than %(size)s MB."),
        _lt("Send a smaller one."),
    ),
    "file_nameless": (
        _lt("The file has no name."),
        _lt("Fill in “file_name”, with the extension."),
    ),
    "file_kind": (
        _lt("“%(file)s” is not taken."),
        _lt("Send one of: %(kinds)s."),
    ),
    "file_type": (
        _lt("“%(file)s” is not what its name or type says."),
        _lt("Save it anew, and send its right type or none."),
    ),
    "file_pixels": (
        _lt("“%(file)s” has too many pixels."),
        _lt("Send a smaller one."),
    ),
    "supplier_unknown": (
        _lt("The supplier “%(value)s” is not known."),
        _lt("Send the supplier first, in the same message or an earlier one."),
    ),
    "several": (
        _lt("“%(value)s” may be several suppliers: %(candidates)s."),
        _lt("Somebody is asked. Or send a registry or tax number."),
    ),
    "waits": (
        _lt("It waits until somebody says which supplier “%(value)s” is."),
        _lt("It is taken then: nothing has to be sent again."),
    ),
    "contradicts": (
        _lt(
            "“%(value)s” has the name of %(candidates)s, and another number or country."
        ),
        _lt("Somebody is asked whether it is the same."),
    ),
    "numbers_differ": (
        _lt(
            "“%(value)s” has one number of %(candidates)s, but another number differs."
        ),
        _lt("Somebody is asked whether it is the same."),
    ),
    "several_nameless": (
        _lt("Several suppliers may be meant."),
        _lt("Send the identifier of the supplier, or a registry or tax number."),
    ),
    "dropped": (
        _lt("Somebody decided not to take it."),
        _lt("Ask the person responsible for this system."),
    ),
    "not_found": (
        _lt("%(field)s: there is no “%(value)s” here."),
        _lt("Create it here first, or use the name or code that it has here."),
    ),
    "not_one": (
        _lt("%(field)s: there are several “%(value)s” here."),
        _lt("Rename one of them, or use its code."),
    ),
    "bill_unknown": (
        _lt("The bill “%(value)s” of this supplier is not known."),
        _lt("Send the bill first, in the same message or an earlier one."),
    ),
    "more_rejected": (
        _lt("More was found bad than was inspected."),
        _lt("Correct one of the two quantities."),
    ),
    "record_several": (
        _lt("It may be several records that are here already: %(records)s."),
        _lt("Merge or archive all but one."),
    ),
    "no_right": (
        _lt("%(user)s has no right to such records."),
        _lt("Ask an administrator for the right."),
    ),
    "other_supplier": (
        _lt("It is a record of %(supplier)s here."),
        _lt("Send what is of another supplier with an identifier of its own."),
    ),
    "other_line": (
        _lt("It is a record of the line %(line)s here."),
        _lt("Send what is of another line with an identifier of its own."),
    ),
    "other_bill": (
        _lt("It is a payment of the bill %(bill)s here."),
        _lt("Send what is of another bill with an identifier of its own."),
    ),
    "withdraw_unknown": (
        _lt("The record “%(value)s” is not known, so it is not withdrawn."),
        _lt("Check its kind and identifier."),
    ),
    "withdraw_never": (
        _lt("Records of the kind “%(kind)s” are not withdrawn."),
        _lt(
            "Send its right values, such as a quantity or an amount of 0, or leave it "
            "out of scorecards here, with a reason."
        ),
    ),
    "withdraw_other": (
        _lt("%(source)s goes first, and knows it."),
        _lt("Withdraw it there."),
    ),
    "withdraw_hand": (
        _lt("It was here before this system told of it."),
        _lt("Archive, cancel or close it here by hand."),
    ),
    "withdraw_person": (
        _lt("“%(record)s” is serious: only people close it."),
        _lt("Ask a manager to close it here."),
    ),
    "not_allowed": (_lt("%(error)s"), _lt("Ask an administrator for the right.")),
    "failed": (_lt("%(error)s"), _lt("Mend it, and send the record again.")),
    "internal": (
        _lt("It could not be written, for a reason nobody foresaw."),
        _lt("Tell your administrator; the log has the error."),
    ),
}
#: What is no problem, and said nevertheless.
UNKNOWN = _lt("Not used, since the contract does not know it: %(names)s.")
KEPT = _lt("Stays as it is: %(names)s.")
BY_HAND = _lt("%(field)s (entered by hand)")
BY_SOURCE = _lt("%(field)s (%(source)s goes first)")
OLD = _lt("A later message told of it, so this one was left out.")


class Words:
    """Words for problems, in the language of an environment."""

    def __init__(self, env):
        self.env = env

    def file(self, problem):
        """Return what is wrong with a file or message, and the mend."""
        return self._text(FILE[problem.code]) % problem.params

    def problem(self, problem, field=""):
        """Return reason and mend for one problem.

        :param Wrong problem: why
        :param str field: of the contract
        """
        params = {"field": field, **problem.params}
        if "candidates" in params:
            params["candidates"] = ", ".join(
                self.env._("%(name)s (id %(id)s)", name=one.name, id=one.id)
                for one in params["candidates"]
            )
        reason, mend = RECORD[problem.code]
        return self._text(reason) % params, self._text(mend) % params

    def mend(self, code):
        """Return only what can be done about it."""
        return self._text(RECORD[code][1])

    def problems(self, problems):
        """Return reason and mend for all that is wrong with a record."""
        pairs = [self.problem(problem, field) for field, problem in problems]
        return tuple(
            " ".join(dict.fromkeys(texts)) for texts in zip(*pairs, strict=True)
        )

    def note(self, unknown, kept, is_old=False):
        """Return what is said beside, or False.

        :param unknown: keys that the contract does not know
        :param kept: pairs of a field and the name of the source whose value stays,
            which is empty where a person entered it
        :param bool is_old: a later message told of it
        """
        texts = [self._text(OLD)] if is_old else []
        if unknown:
            texts.append(self._text(UNKNOWN) % {"names": ", ".join(unknown)})
        if kept:
            names = [
                self._text(BY_SOURCE if source else BY_HAND)
                % {"field": field, "source": source}
                for field, source in kept
            ]
            texts.append(self._text(KEPT) % {"names": ", ".join(names)})
        return " ".join(texts) or False

    def _text(self, text):
        """Return a text in the user's language, with its placeholders."""
        return self.env._(text)
