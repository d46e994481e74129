from ..application.page import clean

#: Longest texts, of a comment.
LONGEST = 5000
CHOICE = "choice-"
WITHHELD = "none"


class Form:
    """What somebody answered on the page, read with care.

    Nothing is written: what is wrong is told first, of all questions.

    :param review: ``supplier.customer.review`` with full rights
    :param dict params: texts by the name of their input
    :ivar vals: values of the answers by their ids
    :ivar comment: what is said besides
    :ivar problems: what is wrong, by the name of the input, for its sender
    """

    def __init__(self, review, params):
        self.review = review
        self.env = review.env
        self.params = params
        self.problems = {}
        self.comment = self._text("comment")
        self.vals = {answer.id: self._read(answer) for answer in review.answer_ids}

    def _text(self, name):
        text = clean(self.params.get(name), has_lines=True)
        if len(text) > LONGEST:
            self.problems[name] = self.env._("At most %s characters, please.", LONGEST)
        return text[:LONGEST]

    def _read(self, answer):
        """Return the values of an answer, as far as they are some of its own."""
        given = self.params.get(f"answer_{answer.id}") or ""
        comment = self._text(f"comment_{answer.id}")
        vals = {
            "cannot_judge": given == WITHHELD,
            "choice_id": self._choice(answer, given),
            "rating": self._rating(answer, given),
            "comment": comment,
        }
        # The rules of an answer are asked of one that is not kept yet.
        problem = answer.new(vals, origin=answer)._problem(
            self.review.comment_threshold
        )
        if problem:
            self.problems.setdefault(f"answer_{answer.id}", problem)
        return vals

    def _rating(self, answer, given):
        offered = dict(answer._fields["rating"].selection)
        return given if answer.kind == "rating" and given in offered else False

    def _choice(self, answer, given):
        if answer.kind != "choice":
            return False
        offered = {f"{CHOICE}{number}": number for number, *_ in answer.options or []}
        return offered.get(given, False)
