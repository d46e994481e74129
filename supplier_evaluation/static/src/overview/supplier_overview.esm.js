import {Component, onWillStart} from "@odoo/owl";
import {SupplierOverviewBoard} from "./supplier_overview_board.esm";
import {SupplierOverviewSearchModel} from "./supplier_overview_address.esm";
import {WithSearch} from "@web/search/with_search/with_search";
import {registry} from "@web/core/registry";
import {router} from "@web/core/browser/router";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";

/** What is chosen on the overview, as addresses name it. */
const CHOICES = ["period", "template", "by", "filters"];

/** How the suppliers are, what changed, and what is to be done: the first screen. */
export class SupplierOverview extends Component {
    static template = "supplier_evaluation.SupplierOverview";
    static props = {...standardActionServiceProps};
    static components = {SupplierOverviewBoard, WithSearch};

    setup() {
        const address = Object.fromEntries(
            CHOICES.map((name) => [name, router.current[name]])
        );
        this.choices = this.props.state?.choices || address;
        onWillStart(async () => {
            this.canRead = await user.hasGroup(
                "supplier_evaluation.group_supplier_evaluation_user"
            );
        });
    }

    get searchProps() {
        const {action, globalState} = this.props;
        const props = {
            resModel: "supplier.scorecard",
            SearchModel: SupplierOverviewSearchModel,
            searchModelArgs: {filters: this.choices.filters},
            searchViewId: action.params?.search_view_id || false,
            loadIrFilters: true,
            searchMenuTypes: ["filter", "favorite"],
            context: action.context || {},
            display: {searchPanel: false},
        };
        if (globalState) {
            props.globalState = globalState;
        }
        return props;
    }

    get updateAddress() {
        return (choices) => this.props.updateActionState?.(choices);
    }
}

registry.category("actions").add("supplier_overview", SupplierOverview);
