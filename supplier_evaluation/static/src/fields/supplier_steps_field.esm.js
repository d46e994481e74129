import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// So many names are shown of those who may decide.
const NAMES = 4;
const ICONS = {
    current: "fa-hourglass-half text-primary",
    done: "fa-check text-success",
    later: "fa-circle-o text-700",
    refused: "fa-times text-danger",
};

/** The steps to a decision: who decided, who is next, and who comes after. */
export class SupplierStepsField extends Component {
    static template = "supplier_evaluation.SupplierStepsField";
    static props = {...standardFieldProps};

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    /** At which step it is, in words; empty where none is waited for. */
    get position() {
        const index = this.steps.findIndex((step) => step.status === "current");
        return index < 0
            ? ""
            : _t("Step %(step)s of %(total)s", {
                  step: index + 1,
                  total: this.steps.length,
              });
    }

    status(step) {
        return step.decisions.some((one) => one.decision === "rejected")
            ? "refused"
            : step.status;
    }

    icon(step) {
        return ICONS[this.status(step)];
    }

    label(step) {
        return {
            current: _t("Waiting"),
            done: _t("Decided"),
            later: _t("Later"),
            refused: _t("Rejected"),
        }[this.status(step)];
    }

    decision(decision) {
        return _t("%(decision)s by %(person)s on %(date)s", {
            decision: decision.label,
            person: decision.person,
            date: formatDate(deserializeDateTime(decision.date)),
        });
    }

    people(step) {
        const names = step.people.slice(0, NAMES).join(", ");
        const more = step.people.length - NAMES;
        const values = {names, more};
        if (step.people.length < 2) {
            return _t("Decides: %(names)s", values);
        }
        if (step.all) {
            return more > 0
                ? _t("All of them decide: %(names)s and %(more)s more", values)
                : _t("All of them decide: %(names)s", values);
        }
        return more > 0
            ? _t("One of them decides: %(names)s and %(more)s more", values)
            : _t("One of them decides: %(names)s", values);
    }
}

export const supplierStepsField = {
    component: SupplierStepsField,
    displayName: _t("Approval Steps"),
    supportedTypes: ["json"],
};

registry.category("fields").add("supplier_steps", supplierStepsField);
