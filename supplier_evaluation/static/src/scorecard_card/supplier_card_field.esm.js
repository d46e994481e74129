import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {SupplierCardBeside} from "./supplier_card_beside.esm";
import {SupplierCardDimensions} from "./supplier_card_dimensions.esm";
import {SupplierCardFindings} from "./supplier_card_findings.esm";
import {SupplierCardHeadline} from "./supplier_card_headline.esm";
import {SupplierCardLines} from "./supplier_card_lines.esm";
import {SupplierFigureDialog} from "./supplier_figure_dialog.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const CARD = "supplier.scorecard";
const LINE = "supplier.scorecard.line";

/** The page of a scorecard; one call to the server feeds all its parts. */
export class SupplierCardField extends Component {
    static template = "supplier_evaluation.SupplierCardField";
    static components = {
        SupplierCardBeside,
        SupplierCardDimensions,
        SupplierCardFindings,
        SupplierCardHeadline,
        SupplierCardLines,
    };
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({card: null, leftOut: {}, dimension: false});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(async ({record}) => {
            if (record.resId !== this.cardId) {
                await this.load(record.resId);
            }
        });
        this.open = this.open.bind(this);
        this.openRecord = this.openRecord.bind(this);
        this.openAll = this.openAll.bind(this);
        this.explain = this.explain.bind(this);
        this.choose = this.choose.bind(this);
    }

    /** The pager may have gone on before the answer comes. */
    async load(cardId) {
        this.cardId = cardId;
        const card = await this.orm.call(CARD, "retrieve_card", [[cardId]]);
        if (cardId !== this.cardId) {
            return;
        }
        this.state.card = card;
        this.state.leftOut = {};
        this.loadLeftOut();
    }

    /** What was left out is counted after the page is shown: it reads the records. */
    async loadLeftOut() {
        const {card} = this.state;
        const ids = card.lines.map((line) => line.id);
        const rows = await this.orm.silent.call(LINE, "retrieve_left_out", [ids]);
        if (card === this.state.card) {
            this.state.leftOut = Object.fromEntries(rows);
        }
    }

    choose(dimension) {
        this.state.dimension = this.state.dimension === dimension ? false : dimension;
    }

    /**
     * Do what a button of a KPI does.
     *
     * @param {string} method of the line
     * @param {number} lineId
     */
    async open(method, lineId) {
        const action = await this.orm.call(LINE, method, [[lineId]]);
        await this.action.doAction(action, {onClose: () => this.reload()});
    }

    async reload() {
        await this.props.record.load();
        await this.load(this.props.record.resId);
    }

    /**
     * Show one of the records that the page names.
     *
     * @param {string} model
     * @param {number} id
     */
    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /**
     * Show all that is known of a kind, as incidents.
     *
     * @param {string} kind
     */
    async openAll(kind) {
        const method = `action_open_${kind}`;
        const action = await this.orm.call(CARD, method, [[this.cardId]]);
        await this.action.doAction(action);
    }

    explain(lineId) {
        this.dialog.add(SupplierFigureDialog, {
            line: this.state.card.lines.find((line) => line.id === lineId),
            leftOut: this.state.leftOut[lineId],
            open: this.open,
            openDocument: this.openRecord,
        });
    }
}

export const supplierCardField = {
    component: SupplierCardField,
    displayName: _t("Supplier Scorecard"),
    supportedTypes: ["one2many"],
};

registry.category("fields").add("supplier_card", supplierCardField);
