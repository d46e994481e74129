import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {
    formatScore,
    gradeById,
    isKnown,
    openForm,
    tintOf,
} from "./supplier_overview_utils.esm";
import {ranked, rescored} from "./supplier_what_if.esm";
import {Layout} from "@web/search/layout";
import {RPCError} from "@web/core/network/rpc";
import {SupplierRadar} from "./supplier_radar.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {router} from "@web/core/browser/router";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useFigure} from "./supplier_figure_hook.esm";
import {useService} from "@web/core/utils/hooks";

// What an address can name that cannot be compared, with a message for the user.
const REFUSALS = ["odoo.exceptions.UserError", "odoo.exceptions.AccessError"];

/** Name the companies of scorecards, where there are several. */
function withCompanies(cards) {
    const isOne = new Set(cards.map(({company}) => company)).size < 2;
    return cards.map((card) => {
        const company = isOne ? "" : card.company;
        return {
            ...card,
            company,
            title: company ? `${card.name}, ${company}` : card.name,
        };
    });
}

/** Two to five suppliers side by side, and what other weights would make of them. */
export class SupplierCompare extends Component {
    static template = "supplier_evaluation.SupplierCompare";
    static props = {
        ...standardActionServiceProps,
        cardIds: {type: Array, optional: true},
    };
    static components = {Layout, SupplierRadar};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.explain = useFigure();
        this.whatIf = useRef("whatIf");
        this.state = useState({data: null, refusal: "", factors: {}});
        onWillStart(() => this.load());
    }

    get display() {
        return {controlPanel: {}};
    }

    /** Those that were chosen, or that the address names. */
    get cardIds() {
        const {action, cardIds} = this.props;
        return (
            cardIds ||
            action.params?.card_ids ||
            String(router.current.cards || "")
                .split("-")
                .map(Number)
                .filter(Boolean)
        );
    }

    async load() {
        const {cardIds} = this;
        this.props.updateActionState?.({cards: cardIds.join("-")});
        try {
            const data = await this.orm.call(
                "supplier.scorecard",
                "retrieve_comparison",
                [cardIds]
            );
            this.state.data = {...data, cards: withCompanies(data.cards)};
        } catch (error) {
            if (
                !(error instanceof RPCError && REFUSALS.includes(error.exceptionName))
            ) {
                throw error;
            }
            this.state.refusal = error.data.message;
            return;
        }
        this.resetWeights();
    }

    get data() {
        return this.state.data;
    }

    get sections() {
        const {dimensions, kpis} = this.data;
        return [
            {key: "dimensions", label: _t("Dimensions"), rows: dimensions},
            {key: "kpis", label: _t("KPIs"), rows: kpis},
        ];
    }

    grade(card) {
        return gradeById(card.grade_id, this.data.grades);
    }

    score(value) {
        return formatScore(value);
    }

    tint(cell) {
        return tintOf(cell?.score, this.data.grades);
    }

    /** Whether nobody in the row has more; where all have the same nobody is best. */
    isBest(row, card) {
        const scores = this.data.cards
            .map(({id}) => row.cells[id]?.score)
            .filter(isKnown);
        const own = row.cells[card.id]?.score;
        const best = Math.max(...scores);
        return isKnown(own) && own === best && scores.some((score) => score < best);
    }

    open(card) {
        return openForm(this.action, "supplier.scorecard", card.id);
    }

    openCell(section, row, card) {
        const cell = row.cells[card.id];
        if (section.key !== "kpis" || !cell) {
            return this.open(card);
        }
        const {id, score} = cell;
        return this.explain({id, kpi: row.label, score}, this.data.grades);
    }

    // What if

    resetWeights() {
        this.state.factors = Object.fromEntries(
            this.data.dimensions.map(({key}) => [key, 100])
        );
    }

    /** The button cannot be used again and loses the focus: the sliders get it. */
    startAnew() {
        this.resetWeights();
        this.whatIf.el.querySelector("input").focus();
    }

    setFactor(key, value) {
        this.state.factors[key] = Number(value);
    }

    get isChanged() {
        return Object.values(this.state.factors).some((factor) => factor !== 100);
    }

    /** The suppliers by their scores with these weights, best first. */
    get ranking() {
        const factors = Object.fromEntries(
            Object.entries(this.state.factors).map(([key, value]) => [key, value / 100])
        );
        const scores = rescored(this.data.cards, this.data.dimensions, factors);
        const ranks = ranked(scores);
        return this.data.cards
            .map((card, index) => ({card, ...scores[index], ...ranks[index]}))
            .sort((one, other) => (one.rank || Infinity) - (other.rank || Infinity));
    }

    /** The place, and which places the intervals allow. */
    rankText({rank, best, worst}) {
        if (!rank) {
            return "–";
        }
        if (best === worst) {
            return `${rank}`;
        }
        return _t("%(rank)s (%(best)s to %(worst)s)", {rank, best, worst});
    }
}

registry.category("actions").add("supplier_compare", SupplierCompare);
