import {Component, onWillStart, onWillUpdateProps} from "@odoo/owl";
import {ModelSelector} from "@web/core/model_selector/model_selector";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** Chooses a model that has a supplier, a date and a company, by its name for people. */
export class SupplierModelField extends Component {
    static template = "supplier_evaluation.SupplierModelField";
    static components = {ModelSelector};
    static props = {...standardFieldProps};

    setup() {
        // Which models there are, and what they are called, stays as it is until an app
        // is installed, and then the page is loaded anew.
        this.orm = useService("orm").cache();
        onWillStart(async () => {
            if (!this.props.readonly) {
                this.models = await this.orm.call(
                    "supplier.kpi",
                    "get_fact_models",
                    []
                );
            }
            await this.loadLabel(this.props);
        });
        onWillUpdateProps((nextProps) => this.loadLabel(nextProps));
    }

    async loadLabel(props) {
        const model = props.record.data[props.name];
        if (model === this.labelled) {
            return;
        }
        const [found] = model
            ? await this.orm.call("ir.model", "display_name_for", [[model]])
            : [];
        this.labelled = model;
        this.label = found ? found.display_name : model || "";
    }

    async update({technical, label}) {
        this.labelled = technical;
        this.label = label;
        await this.props.record.update({[this.props.name]: technical});
    }
}

export const supplierModelField = {
    component: SupplierModelField,
    displayName: _t("Supplier Records"),
    supportedTypes: ["char"],
};

registry.category("fields").add("supplier_model", supplierModelField);
