import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useBus} from "@web/core/utils/hooks";

const VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(String);
const CHECK = "SUPPLIER_CHECK_ANSWERS";
// To which answer a key goes from another one of the same question.
const KEYS = {
    ArrowRight: (index) => index + 1,
    ArrowDown: (index) => index + 1,
    ArrowLeft: (index) => index - 1,
    ArrowUp: (index) => index - 1,
    Home: () => 0,
    End: () => -1,
};

/**
 * Let the questions of a form say what they miss.
 *
 * @param {object} model of the form
 * @returns {boolean} whether they miss nothing
 */
export function checkAnswers(model) {
    const check = {problems: 0};
    model.bus.trigger(CHECK, check);
    return !check.problems;
}

/**
 * Questions, one below the other, to be answered with a thumb or with the keyboard: of
 * a review, or of a certification, which are answered without “Cannot judge”.
 */
export class SupplierReviewAnswersField extends Component {
    static template = "supplier_evaluation.SupplierReviewAnswersField";
    static props = {
        ...standardFieldProps,
        thresholdField: {type: String, optional: true},
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({checked: false});
        useBus(this.props.record.model.bus, CHECK, ({detail}) => this.onCheck(detail));
    }

    get answers() {
        return this.props.record.data[this.props.name].records;
    }

    /** The buttons of a question: what can be answered, and whether it was. */
    buttons(answer) {
        const {kind, options, choice_id, rating} = answer.data;
        if (kind === "choice") {
            return (options || []).map(([id, label]) => ({
                key: id,
                label,
                selected: choice_id?.id === id,
                changes: {choice_id: {id, display_name: label}},
            }));
        }
        return VALUES.map((value) => ({
            key: value,
            label: value,
            selected: rating === value,
            changes: {rating: value},
        }));
    }

    /** What was answered, for whoever only reads. */
    answerText(answer) {
        const {cannot_judge, kind, choice_name, rating} = answer.data;
        if (cannot_judge) {
            return _t("Cannot judge");
        }
        if (kind === "choice") {
            return choice_name || _t("Not answered");
        }
        return rating ? _t("%s of 10", rating) : _t("Not answered");
    }

    /** What was answered, from 0 to 10; null while nothing was. */
    score(answer) {
        const {cannot_judge, choice_id, kind, options, rating} = answer.data;
        if (cannot_judge) {
            return null;
        }
        if (kind === "choice") {
            const chosen = (options || []).find(([id]) => id === choice_id?.id);
            return chosen ? chosen[2] : null;
        }
        return rating ? Number(rating) : null;
    }

    canPass(answer) {
        return "cannot_judge" in answer.activeFields;
    }

    isOpen(answer) {
        const {cannot_judge, choice_id, kind, rating} = answer.data;
        return !cannot_judge && !(kind === "choice" ? choice_id : rating);
    }

    /** What keeps the answers from being handed in; empty until somebody tried. */
    problem(answer) {
        if (!this.state.checked || this.props.readonly) {
            return "";
        }
        if (this.isOpen(answer)) {
            return this.canPass(answer)
                ? _t("Please answer, or choose “Cannot judge”.")
                : _t("Please answer.");
        }
        return this.needsComment(answer) ? _t("Please say why in a comment.") : "";
    }

    /** The keyboard enters a question at its answer, or else at the first button. */
    tabIndex(answer, index) {
        const selected = this.buttons(answer).findIndex((button) => button.selected);
        return index === Math.max(selected, 0) ? 0 : -1;
    }

    needsComment(answer) {
        const score = this.score(answer);
        const threshold = this.props.record.data[this.props.thresholdField] || 0;
        return (
            score !== null && score < threshold && !(answer.data.comment || "").trim()
        );
    }

    commentLabel(answer) {
        return _t("Comment: %s", answer.data.name);
    }

    commentPlaceholder(answer) {
        return this.needsComment(answer) ? _t("Please say why") : _t("Comment");
    }

    onCheck(check) {
        this.state.checked = true;
        const wrong = this.answers.findIndex((answer) => this.problem(answer));
        if (wrong < 0) {
            return;
        }
        check.problems += 1;
        const question = this.root.el.children[wrong];
        const open = this.isOpen(this.answers[wrong]);
        question.scrollIntoView({block: "center"});
        // While a button of the form is at work, no other one takes the focus.
        const target = question.querySelector(open ? "[tabindex='0']" : "textarea");
        browser.setTimeout(() => target.focus());
    }

    onKeydown(ev, answer, index) {
        const buttons = this.buttons(answer);
        const target = KEYS[ev.key]?.(index);
        if (target === undefined) {
            return;
        }
        ev.preventDefault();
        const next = (target + buttons.length) % buttons.length;
        ev.target.parentElement.children[next].focus();
        return this.onAnswer(answer, buttons[next].changes);
    }

    onAnswer(answer, changes) {
        const taken = this.canPass(answer) ? {cannot_judge: false} : {};
        return answer.update({...changes, ...taken});
    }

    onCannotJudge(answer, cannotJudge) {
        return answer.update(
            cannotJudge
                ? {cannot_judge: true, rating: false, choice_id: false}
                : {cannot_judge: false}
        );
    }

    onComment(answer, comment) {
        return answer.update({comment});
    }
}

export const supplierReviewAnswersField = {
    component: SupplierReviewAnswersField,
    displayName: _t("Answers to Questions"),
    supportedTypes: ["one2many"],
    useSubView: true,
    supportedOptions: [
        {
            label: _t("Field with the answer below which a comment is obligatory"),
            name: "threshold_field",
            type: "field",
            availableTypes: ["float"],
        },
    ],
    extractProps: ({options}) => ({thresholdField: options.threshold_field}),
};

registry.category("fields").add("supplier_review_answers", supplierReviewAnswersField);
