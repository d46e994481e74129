import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const EMPTY = {can_edit: false, candidates: [], rows: [], total: ""};

/** Requirements by candidates: a score is entered where it is shown. */
export class SupplierChoiceMatrix extends Component {
    static template = "supplier_evaluation_requisition.SupplierChoiceMatrix";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get matrix() {
        return this.props.record.data[this.props.name] || EMPTY;
    }

    get isEmpty() {
        return !this.matrix.candidates.length || !this.matrix.rows.length;
    }

    chosenClass(candidate) {
        return candidate.is_chosen ? "o_supplier_chosen" : "";
    }

    rankLabel(candidate) {
        return candidate.rank ? `#${candidate.rank}` : _t("Not Ranked");
    }

    missingLabel(candidate) {
        return _t("Missing: %s", candidate.missing);
    }

    coverageLabel(candidate) {
        return _t("of %s of the weights", candidate.coverage);
    }

    /** What a cell says to whom does not see where it stands. */
    cellLabel(row, index) {
        const cell = row.cells[index];
        return _t("%(requirement)s of %(candidate)s: %(score)s", {
            requirement: row.name,
            candidate: this.matrix.candidates[index].name,
            score: cell.score || _t("not known"),
        });
    }

    async open(cell) {
        if (!(await this.props.record.save())) {
            return;
        }
        await this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Score"),
                res_model: "supplier.choice.score",
                res_id: cell.id,
                views: [[false, "form"]],
                target: "new",
            },
            {onClose: () => this.props.record.load()}
        );
    }
}

export const supplierChoiceMatrix = {
    component: SupplierChoiceMatrix,
    displayName: _t("Comparison of Candidates"),
    supportedTypes: ["json"],
};

registry.category("fields").add("supplier_choice_matrix", supplierChoiceMatrix);
