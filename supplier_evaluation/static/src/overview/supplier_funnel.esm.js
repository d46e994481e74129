import {formatScore, isKnown} from "./supplier_overview_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** How many suppliers came into each stage, and which share went on. */
export class SupplierFunnel extends Component {
    static template = "supplier_evaluation.SupplierFunnel";
    static props = {stages: Array, openStage: Function};

    get most() {
        return Math.max(1, ...this.props.stages.map((stage) => stage.entered));
    }

    width(stage) {
        return `width: ${(100 * stage.entered) / this.most}%`;
    }

    isWeak({conversion, target}) {
        return isKnown(conversion) && isKnown(target) && conversion < target;
    }

    percent(share) {
        return formatScore(100 * share, 0);
    }

    /** The share that went on, beside its target. */
    conversionText(stage) {
        if (!isKnown(stage.conversion)) {
            return "";
        }
        if (!isKnown(stage.target)) {
            return _t("%s % went on", this.percent(stage.conversion));
        }
        return _t("%(share)s % went on, target %(target)s %", {
            share: this.percent(stage.conversion),
            target: this.percent(stage.target),
        });
    }
}
