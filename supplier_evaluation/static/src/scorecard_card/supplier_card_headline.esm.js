import {linePath, pointsOf, ribbonPath} from "./supplier_drawing.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {usePopover} from "@web/core/popover/popover_hook";

const WIDTH = 320;
const HEIGHT = 96;
const MARGIN = 6;

/** What "how sure" means, in words. */
export class SupplierSurePopover extends Component {
    static template = "supplier_evaluation.SupplierSurePopover";
    static props = {close: {type: Function, optional: true}};
}

/** Score, grade, place and the line of the last periods. */
export class SupplierCardHeadline extends Component {
    static template = "supplier_evaluation.SupplierCardHeadline";
    static props = {
        headline: Object,
        grades: Array,
        history: Array,
        open: Function,
    };

    setup() {
        this.popover = usePopover(SupplierSurePopover, {position: "bottom"});
        this.size = {width: WIDTH, height: HEIGHT};
    }

    get gradeTitle() {
        const {grade, provisional} = this.props.headline;
        return provisional
            ? _t("Grade %(grade)s, provisional", {grade})
            : _t("Grade %(grade)s", {grade});
    }

    /** Better or worse is told by a sign, and by colour only where it is news. */
    get changeClass() {
        const {change_is_news: isNews, change_is_good: isGood} = this.props.headline;
        if (!isNews) {
            return "o_supplier_moved_none";
        }
        return isGood ? "o_supplier_moved_good" : "o_supplier_moved_bad";
    }

    get changeNote() {
        return this.props.headline.change_is_news
            ? _t("more than chance")
            : _t("within chance");
    }

    points(name) {
        const scores = this.props.history.map((point) => point[name]);
        return pointsOf(scores, WIDTH, HEIGHT, MARGIN);
    }

    get line() {
        return linePath(this.points("score"));
    }

    get ribbon() {
        return ribbonPath(this.points("low"), this.points("high"));
    }

    get dots() {
        const points = this.points("score");
        return this.props.history
            .map((period, index) => ({...period, at: points[index]}))
            .filter((period) => period.at);
    }

    /** A band for each grade, from its minimum to that of the better one. */
    get bands() {
        const y = (score) => MARGIN + (1 - score / 100) * (HEIGHT - 2 * MARGIN);
        return this.props.grades.map((grade, index) => {
            const top = index ? this.props.grades[index - 1].minimum : 100;
            return {...grade, y: y(top), height: y(grade.minimum) - y(top)};
        });
    }

    explain(ev) {
        this.popover.open(ev.currentTarget, {});
    }
}
