import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** How many suppliers have which grade, of those that were published with which one. */
export class SupplierTrialShiftsField extends Component {
    static template = "supplier_evaluation.SupplierTrialShiftsField";
    static props = {...standardFieldProps};

    get shifts() {
        return this.props.record.data[this.props.name] || null;
    }

    count(before, after) {
        const found = this.shifts.counts.find(
            ([from, to]) => from === before.id && to === after.id
        );
        return found ? found[2] : 0;
    }

    /** Better is to the left of the grade that was published, worse to the right. */
    cell(before, after) {
        const count = this.count(before, after);
        const {grades} = this.shifts;
        const shift = grades.indexOf(before) - grades.indexOf(after);
        if (!count) {
            return {text: "–", cssClass: "text-muted"};
        }
        if (!shift) {
            return {text: `${count} =`, cssClass: ""};
        }
        return shift > 0
            ? {text: `${count} ▲`, cssClass: "o_supplier_moved_good"}
            : {text: `${count} ▼`, cssClass: "o_supplier_moved_bad"};
    }
}

export const supplierTrialShiftsField = {
    component: SupplierTrialShiftsField,
    displayName: _t("Shifts of Grades"),
    supportedTypes: ["json"],
};

registry.category("fields").add("supplier_trial_shifts", supplierTrialShiftsField);
