import {Component, markRaw, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {SupplierWhatIfBoard, orderOf} from "./supplier_what_if_board.esm";
import {formatChange, openForm} from "../overview/supplier_overview_utils.esm";
import {isNumber, problemsOf} from "./supplier_scoring.esm";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {SupplierStability} from "./supplier_stability.esm";
import {SupplierWhatIfLevers} from "./supplier_what_if_levers.esm";
import {SupplierWhatIfRanking} from "./supplier_what_if_ranking.esm";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {router} from "@web/core/browser/router";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** Sliders move on: who keeps the grade is looked at when they rest. */
const REST = 300;
const SPREADS = [10, 30, 50];
/** Decimals of the value and the score of a point, as the server stores them. */
const DECIMALS = [4, 2];

function asStored(number, column) {
    return Number(number.toFixed(DECIMALS[column]));
}

/** Other weights and scales, and what they would make of what was measured. */
export class SupplierWhatIf extends Component {
    static template = "supplier_evaluation.SupplierWhatIf";
    static props = {...standardActionServiceProps};
    static components = {Layout, SupplierWhatIfLevers, SupplierWhatIfRanking};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.spreads = SPREADS;
        this.state = useState({
            data: null,
            show: "all",
            search: "",
            spread: 30,
            version: 0,
            isSteady: false,
            isSaving: false,
        });
        // Plain objects, read tens of thousands of times: `version` tells of a change.
        this.lines = [];
        onWillStart(() => this.load(this.asked));
        onWillUnmount(() => this.stopDrawing());
    }

    get display() {
        return {controlPanel: {}};
    }

    /** What was chosen, or what the address names. */
    get asked() {
        const {params = {}} = this.props.action;
        const {evaluation, template} = router.current;
        return {
            evaluation_id: params.evaluation_id || Number(evaluation) || false,
            template_id: params.template_id || Number(template) || false,
        };
    }

    async load(asked) {
        this.stopDrawing();
        // Whoever chooses on does not wait for what was chosen before.
        const data = await this.keepLast.add(
            this.orm.call("supplier.evaluation", "retrieve_what_if", [], asked)
        );
        // Tens of thousands of numbers: nobody watches them one by one.
        this.state.data = markRaw(data);
        if (!data.evaluation) {
            return;
        }
        this.props.updateActionState?.({
            evaluation: data.evaluation.id,
            template: data.start || undefined,
        });
        const {cards} = data;
        this.gradeIndex = new Map(data.grades.map(({id}, index) => [id, index]));
        this.board = new SupplierWhatIfBoard({
            columns: data.columns,
            rule: data.rule,
            thresholds: data.grades.map((grade) => grade.min_score),
            count: cards.ids.length,
        });
        this.reset();
    }

    get data() {
        return this.state.data;
    }

    // The rules

    /** Begin anew with the rules of the start. */
    reset() {
        this.lines = this.data.kpis.map(({weight, mode, points, minimum}) => ({
            weight,
            mode,
            minimum,
            points,
            // What is typed, be it a scale or not.
            draft: points.map((point) => [...point]),
        }));
        this.rescore();
    }

    get isChanged() {
        return this.data.kpis.some(({weight, points}, index) => {
            const line = this.lines[index];
            return (
                weight !== line.weight ||
                JSON.stringify(points) !== JSON.stringify(line.draft)
            );
        });
    }

    get isBroken() {
        return this.data.kpis.some(
            ({higher_is_better}, index) =>
                problemsOf(this.lines[index].draft, higher_is_better).length
        );
    }

    get canSave() {
        const weighs = this.lines.some(({weight}) => weight > 0);
        return this.isChanged && weighs && !this.isBroken && !this.state.isSaving;
    }

    setWeight(index, weight) {
        this.lines[index].weight = Number(weight);
        this.rescore();
    }

    setPoint(index, position, column, text) {
        const {draft} = this.lines[index];
        draft[position][column] = text === "" ? NaN : asStored(Number(text), column);
        this.takeScale(index);
    }

    /** A new point lies in the middle of the last two. */
    addPoint(index) {
        const {draft} = this.lines[index];
        const [left, right] = draft.slice(-2);
        const middle = [0, 1].map((column) =>
            asStored((left[column] + right[column]) / 2, column)
        );
        draft.splice(-1, 0, middle);
        this.takeScale(index);
    }

    removePoint(index, position) {
        this.lines[index].draft.splice(position, 1);
        this.takeScale(index);
    }

    /** What is typed counts as soon as it is a scale. */
    takeScale(index) {
        const line = this.lines[index];
        if (problemsOf(line.draft, this.data.kpis[index].higher_is_better).length) {
            this.state.version++;
        } else {
            line.points = line.draft.map((point) => [...point]);
            this.rescore();
        }
    }

    // The ranking

    rescore() {
        this.results = this.board.rescore(this.lines);
        this.order = orderOf(this.results);
        this.shifts = this.results.map((result, place) => this.shiftOf(result, place));
        this.stopDrawing();
        this.state.version++;
        this.resting = browser.setTimeout(() => this.drawWeights(), REST);
    }

    /** Grades gained; null where one of the two grades says nothing. */
    shiftOf({grade, provisional}, place) {
        const {cards} = this.data;
        const before = this.gradeIndex.get(cards.grade_id[place]);
        const isFirm = !provisional && !cards.provisional[place];
        return isFirm && isNumber(grade) && isNumber(before) ? before - grade : null;
    }

    get shown() {
        const {show, search} = this.state;
        const words = search.trim().toLowerCase();
        const fits = {
            all: () => true,
            better: (place) => this.shifts[place] > 0,
            worse: (place) => this.shifts[place] < 0,
        }[show];
        const {names} = this.data.cards;
        return this.order.filter(
            (place) =>
                fits(place) && (!words || names[place].toLowerCase().includes(words))
        );
    }

    row(place) {
        const {cards, grades} = this.data;
        const result = this.results[place];
        return {
            id: cards.ids[place],
            name: cards.names[place],
            ...result,
            grade: grades[result.grade],
            shift: this.shifts[place],
            stability: this.state.isSteady ? this.stability.of(place) : null,
            before: {
                score: cards.score[place],
                rank: cards.rank[place],
                provisional: cards.provisional[place],
                grade: grades[this.gradeIndex.get(cards.grade_id[place])],
            },
        };
    }

    /** How many have each grade, now and before; those that are firm. */
    get gradeCounts() {
        const {cards, grades} = this.data;
        const before = grades.map(() => 0);
        const after = grades.map(() => 0);
        this.results.forEach(({grade, provisional}, place) => {
            const index = this.gradeIndex.get(cards.grade_id[place]);
            if (isNumber(index) && !cards.provisional[place]) {
                before[index]++;
            }
            if (isNumber(grade) && !provisional) {
                after[grade]++;
            }
        });
        return grades.map((grade, index) => ({
            ...grade,
            before: before[index],
            after: after[index],
            change: formatChange(after[index] - before[index], 0),
        }));
    }

    show(which) {
        this.state.show = which;
    }

    get better() {
        return this.shifts.filter((shift) => shift > 0).length;
    }

    get worse() {
        return this.shifts.filter((shift) => shift < 0).length;
    }

    get steady() {
        if (!this.state.isSteady) {
            return "";
        }
        const kept = this.results
            .map((_result, place) => this.stability.of(place).kept)
            .filter(isNumber);
        const sure = kept.filter((share) => share >= 0.9).length;
        return _t("%(sure)s of %(all)s keep their grade in 9 of 10 draws or more.", {
            sure,
            all: kept.length,
        });
    }

    setSpread(spread) {
        this.state.spread = Number(spread);
        this.stopDrawing();
        this.drawWeights();
    }

    stopDrawing() {
        browser.clearTimeout(this.resting);
        this.drawing = null;
        this.state.isSteady = false;
    }

    /** Draw weights at random around the chosen ones, a little at a time. */
    async drawWeights() {
        const own = new SupplierStability(
            this.board,
            this.lines,
            this.results,
            this.state.spread / 100
        );
        this.drawing = own;
        const pause = () => new Promise((resolve) => browser.setTimeout(resolve));
        if (await own.run(pause, () => this.drawing !== own)) {
            this.stability = own;
            this.state.isSteady = true;
            this.state.version++;
        }
    }

    // Elsewhere

    chooseTemplate(id) {
        return this.load({
            template_id: false,
            evaluation_id: this.newestOf(Number(id)),
        });
    }

    newestOf(templateId) {
        return this.data.templates.find(({id}) => id === templateId).evaluation_id;
    }

    chooseEvaluation(id) {
        return this.load({evaluation_id: Number(id), template_id: this.data.start});
    }

    chooseStart(id) {
        const {evaluation} = this.data;
        return this.load({evaluation_id: evaluation.id, template_id: Number(id)});
    }

    openCard(id) {
        return openForm(this.action, "supplier.scorecard", id);
    }

    async saveDraft() {
        const {data, state} = this;
        const lines = data.kpis
            .map(({id}, index) => ({kpi_id: id, ...this.lines[index]}))
            .filter(({weight}) => weight > 0)
            .map(({kpi_id, weight, mode, points, minimum}) => ({
                kpi_id,
                weight,
                mode,
                points,
                minimum,
            }));
        state.isSaving = true;
        try {
            const action = await this.orm.call(
                "supplier.scorecard.template",
                "action_save_draft",
                [[data.start || data.evaluation.template_id], lines]
            );
            await this.action.doAction(action);
        } finally {
            state.isSaving = false;
        }
    }
}

registry.category("actions").add("supplier_what_if", SupplierWhatIf);
