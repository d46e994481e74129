import {Component} from "@odoo/owl";
import {gradeById} from "./supplier_overview_utils.esm";

const MARKS = {
    down: "▼",
    up: "▲",
    grade: "◆",
    provisional: "◌",
    new: "+",
};

/** What changed since the period before, in sentences. */
export class SupplierChanges extends Component {
    static template = "supplier_evaluation.SupplierChanges";
    static props = {
        changes: Object,
        grades: Array,
        companies: Object,
        openCard: Function,
        openAll: Function,
    };

    get more() {
        const {items, total} = this.props.changes;
        return total - items.length;
    }

    mark({kind}) {
        return MARKS[kind];
    }

    company({company_id: companyId}) {
        return this.props.companies[companyId];
    }

    /** The grade before and the present one, if they differ. */
    gradesOf({grades}) {
        return grades
            .map((gradeId) => gradeById(gradeId, this.props.grades))
            .filter(Boolean);
    }
}
