import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Other vendors of what is ordered, side by side; choosing one replaces the vendor. */
export class SupplierAlternativesDialog extends Component {
    static template = "supplier_evaluation.SupplierAlternativesDialog";
    static components = {Dialog};
    static props = {
        offers: Array,
        choose: Function,
        close: Function,
    };

    get title() {
        return _t("Other vendors for this order");
    }

    covered(offer) {
        return _t("Products: %(covered)s of %(total)s", offer);
    }

    delay(offer) {
        return offer.delay === false ? "" : _t("Days: %(delay)s", offer);
    }

    async choose(offer) {
        await this.props.choose(offer);
        this.props.close();
    }
}

/** The button on an order that opens them. */
export class SupplierAlternatives extends Component {
    static template = "supplier_evaluation.SupplierAlternatives";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
    }

    async open() {
        const {record} = this.props;
        // The server looks at what is ordered now, not at what was stored before.
        if (!(await record.save())) {
            return;
        }
        const offers = await this.orm.call(
            "purchase.order",
            "retrieve_supplier_alternatives",
            [[record.resId]]
        );
        this.dialog.add(SupplierAlternativesDialog, {
            offers,
            choose: (offer) =>
                record.update({
                    partner_id: {id: offer.id, display_name: offer.name},
                }),
        });
    }
}

registry.category("view_widgets").add("supplier_alternatives", {
    component: SupplierAlternatives,
});
