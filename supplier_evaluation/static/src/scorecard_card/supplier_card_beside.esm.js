import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** What else is known of the supplier today. */
export class SupplierCardBeside extends Component {
    static template = "supplier_evaluation.SupplierCardBeside";
    static props = {beside: Object, open: Function, openAll: Function};

    setup() {
        this.state = useState({isTable: false});
    }

    get lists() {
        const {incidents, documents, certifications} = this.props.beside;
        return [
            {
                ...incidents,
                key: "incidents",
                model: "supplier.incident",
                title: _t("Open incidents"),
                none: _t("No open incident."),
            },
            {
                ...documents,
                key: "documents",
                model: "supplier.document",
                title: _t("Documents"),
                none: _t("No document."),
            },
            {
                ...certifications,
                key: "certifications",
                model: "supplier.certification",
                title: _t("Certifications"),
                none: _t("No certification."),
            },
        ];
    }

    /** From the lowest to the highest answer, of 10. */
    spreadStyle(question) {
        const width = (question.high - question.low) * 10;
        return `left: ${question.low * 10}%; width: ${width}%`;
    }
}
