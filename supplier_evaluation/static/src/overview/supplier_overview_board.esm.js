import {Component, onWillStart, onWillUpdateProps, useRef, useState} from "@odoo/owl";
import {openForm, openList} from "./supplier_overview_utils.esm";
import {useBus, useService} from "@web/core/utils/hooks";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {SearchBar} from "@web/search/search_bar/search_bar";
import {SupplierChanges} from "./supplier_changes.esm";
import {SupplierFirstSteps} from "./supplier_first_steps.esm";
import {SupplierFunnel} from "./supplier_funnel.esm";
import {SupplierGoals} from "./supplier_goals.esm";
import {SupplierHeatmap} from "./supplier_heatmap.esm";
import {SupplierMatrix} from "./supplier_matrix.esm";
import {SupplierMovers} from "./supplier_movers.esm";
import {SupplierOverviewMenu} from "./supplier_overview_menu.esm";
import {SupplierPeriod} from "./supplier_period.esm";
import {SupplierQuadrant} from "./supplier_quadrant.esm";
import {SupplierSample} from "./supplier_sample.esm";
import {SupplierTiles} from "./supplier_tiles.esm";
import {SupplierWorklist} from "./supplier_worklist.esm";
import {_t} from "@web/core/l10n/translation";
import {useSearchBarToggler} from "@web/search/search_bar/search_bar_toggler";
import {useSetupAction} from "@web/search/action_hook";

/** The sections of the overview, and what is chosen on it. */
export class SupplierOverviewBoard extends Component {
    static template = "supplier_evaluation.SupplierOverviewBoard";
    static props = {
        domain: Array,
        choices: {type: Object, optional: true},
        updateAddress: {type: Function, optional: true},
    };
    static components = {
        Layout,
        SearchBar,
        SupplierChanges,
        SupplierFirstSteps,
        SupplierFunnel,
        SupplierGoals,
        SupplierHeatmap,
        SupplierMatrix,
        SupplierMovers,
        SupplierOverviewMenu,
        SupplierPeriod,
        SupplierQuadrant,
        SupplierSample,
        SupplierTiles,
        SupplierWorklist,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.searchBarToggler = useSearchBarToggler();
        this.sections = useRef("sections");
        if (this.env.searchModel) {
            useBus(this.env.searchModel, "focus-view", () => this.focusSections());
        }
        const {period, template, by} = this.props.choices || {};
        this.state = useState({
            period: period || false,
            templateId: Number(template) || false,
            by: by === "kpi" ? "kpi" : "dimension",
            data: null,
            single: null,
        });
        useSetupAction({getLocalState: () => ({choices: this.choices})});
        onWillStart(() => this.load(this.props.domain));
        onWillUpdateProps((props) => this.load(props.domain));
    }

    get choices() {
        const {period, templateId, by} = this.state;
        return {
            period: period || undefined,
            template: templateId || undefined,
            by: by === "kpi" ? by : undefined,
            filters: this.env.searchModel?.exportFilters?.() || undefined,
        };
    }

    get data() {
        return this.state.data;
    }

    get canRead() {
        return this.data.can_read;
    }

    get hasScorecards() {
        return this.canRead && !this.data.is_empty;
    }

    get display() {
        return {controlPanel: {}, searchPanel: false};
    }

    get hasGoals() {
        return this.hasScorecards && Boolean(this.data.goals?.items.length);
    }

    get hasCompanies() {
        return Object.keys(this.data.companies || {}).length > 1;
    }

    /**
     * Read what is chosen. The newest question wins, whichever is answered first.
     *
     * @param {Array} domain
     */
    async load(domain) {
        const {period, templateId} = this.state;
        this.state.data = await this.keepLast.add(
            this.orm.call("supplier.scorecard", "retrieve_overview", [], {
                domain,
                period,
                template_id: templateId,
            })
        );
        this.props.updateAddress?.(this.choices);
        if (this.hasScorecards && !this.state.single) {
            this.loadSingleSources();
        }
    }

    /** Orders are read for it, so the screen does not wait. */
    async loadSingleSources() {
        this.state.single = {};
        this.state.single = await this.orm.call(
            "supplier.scorecard",
            "retrieve_single_sources",
            []
        );
    }

    choose(changes) {
        Object.assign(this.state, changes);
        return this.load(this.props.domain);
    }

    chooseColumns(by) {
        this.state.by = by;
        this.props.updateAddress?.(this.choices);
    }

    // The keyboard

    focusSections() {
        this.sections.el.querySelector("button, a").focus();
    }

    /** Tab goes on, instead of round in the search bar; what is typed stays with it. */
    leaveSearch(ev) {
        if (ev.key === "Tab" && !ev.target.value) {
            ev.stopPropagation();
        }
    }

    // What is behind the marks

    openCard(cardId) {
        return openForm(this.action, "supplier.scorecard", cardId);
    }

    openRecord({model, id, action}) {
        return action ? this.action.doAction(action) : openForm(this.action, model, id);
    }

    openCards(name, domain = []) {
        const {domain: base} = this.data;
        return openList(this.action, name, "supplier.scorecard", [...base, ...domain]);
    }

    openList(name, model, domain) {
        return openList(this.action, name, model, domain);
    }

    openGoal(goalId) {
        return openForm(this.action, "supplier.goal", goalId);
    }

    openGoals() {
        return this.action.doAction("supplier_evaluation.supplier_goal_action");
    }

    openStage(stageId, name) {
        return openList(this.action, name, "supplier.stage.change", [
            ["stage_to_id", "=", stageId],
        ]);
    }

    openChanged() {
        return this.openCards(_t("What Changed"), [
            ["id", "in", this.data.changes.card_ids],
        ]);
    }

    compare(cardIds) {
        return this.action.doAction("supplier_evaluation.supplier_compare_action", {
            props: {cardIds},
        });
    }
}
