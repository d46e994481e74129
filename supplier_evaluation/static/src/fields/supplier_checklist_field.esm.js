import {Component, useState} from "@odoo/owl";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const LABELS = {
    add: _t("Add"),
    answer: _t("Answer"),
    audit: _t("Enter Audit"),
    open: _t("View"),
    program: _t("Open Programme"),
    read: _t("View"),
    renew: _t("Renew"),
    scorecards: _t("Scorecards"),
};

/** What is asked for, each with the button that mends or shows it. */
export class SupplierChecklistField extends Component {
    static template = "supplier_evaluation.SupplierChecklistField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.state = useState({busy: false});
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    /** What is still missing before the next move, in words. */
    get summary() {
        const asked = this.rows.filter((row) => row.now);
        const missing = asked.filter((row) => !row.done).length;
        if (!asked.length) {
            return "";
        }
        return missing
            ? _t("%(missing)s of %(total)s still missing for the next step.", {
                  missing,
                  total: asked.length,
              })
            : _t("Everything for the next step is there.");
    }

    isMissing(row) {
        return row.now && !row.done;
    }

    /** What the icon says, for whoever does not see it. */
    status(row) {
        if (row.done) {
            return _t("There");
        }
        return row.now ? _t("Missing") : _t("Needed later");
    }

    icon(row) {
        if (row.done) {
            return "fa-check text-success";
        }
        return row.now ? "fa-times text-danger" : "fa-clock-o text-700";
    }

    label(row) {
        return LABELS[row.action];
    }

    name(label, row) {
        return _t("%(button)s: %(requirement)s", {
            button: label,
            requirement: row.text,
        });
    }

    get verifyLabel() {
        return _t("Verify");
    }

    /** Save first: what is opened is about the saved record, and changes what it shows. */
    async _do(operation) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            if (await this.props.record.save()) {
                await operation([this.props.record.resId]);
            }
        } finally {
            this.state.busy = false;
        }
    }

    onAction(row, ev) {
        if (["answer", "read"].includes(row.action)) {
            const form = ev.target.closest(".o_form_renderer");
            form.querySelector(".o_notebook_headers a[name='answers']").click();
            return;
        }
        return this._do(async (ids) => {
            const action = await this.orm.call(
                this.props.record.resModel,
                "action_open_requirement",
                [ids, row.key]
            );
            if (action) {
                this._open(action);
            }
        });
    }

    _open(action) {
        if (action.target !== "new") {
            return this.action.doAction(action);
        }
        this.dialog.add(
            FormViewDialog,
            {
                title: action.name,
                resModel: action.res_model,
                resId: action.res_id || false,
                context: action.context,
            },
            {onClose: () => this.props.record.load()}
        );
    }

    onVerify(row) {
        return this._do(async (ids) => {
            await this.orm.call(
                this.props.record.resModel,
                "action_verify_requirement",
                [ids, row.key]
            );
            await this.props.record.load();
        });
    }
}

export const supplierChecklistField = {
    component: SupplierChecklistField,
    displayName: _t("Checklist"),
    supportedTypes: ["json"],
};

registry.category("fields").add("supplier_checklist", supplierChecklistField);
