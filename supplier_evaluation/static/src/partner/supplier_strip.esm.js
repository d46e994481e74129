import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useSupplier360} from "./supplier_360_data.esm";

/** What one asks first about a vendor, in one line of chips. */
export class SupplierStrip extends Component {
    static template = "supplier_evaluation.SupplierStrip";
    static props = {...standardWidgetProps};

    setup() {
        const {state, open} = useSupplier360(this.props);
        this.state = state;
        this.open = open;
    }

    get chips() {
        return this.state.view ? this.state.view.chips : [];
    }
}

registry.category("view_widgets").add("supplier_strip", {component: SupplierStrip});
