import {Component} from "@odoo/owl";

const ICONS = {
    gate: "fa-exclamation-triangle",
    loss: "fa-minus-circle",
    fall: "fa-arrow-down",
    gain: "fa-arrow-up",
    good: "fa-check-circle",
    no_data: "fa-question-circle",
    no_score: "fa-question-circle",
};

/** Why the score is what it is, in sentences; each opens what it is about. */
export class SupplierCardFindings extends Component {
    static template = "supplier_evaluation.SupplierCardFindings";
    static props = {findings: Array, open: Function, explain: Function};

    icon(finding) {
        return ICONS[finding.kind] || "fa-info-circle";
    }
}
