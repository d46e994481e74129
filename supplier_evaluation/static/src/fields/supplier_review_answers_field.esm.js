import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(String);

/** The questions of a review, one below the other, to be answered with a thumb. */
export class SupplierReviewAnswersField extends Component {
    static template = "supplier_evaluation.SupplierReviewAnswersField";
    static props = {
        ...standardFieldProps,
        thresholdField: {type: String, optional: true},
    };

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

    onAnswer(answer, changes) {
        return answer.update({...changes, cannot_judge: false});
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
    displayName: _t("Review Answers"),
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
