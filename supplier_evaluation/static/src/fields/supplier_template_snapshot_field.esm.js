import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The template as it was when the evaluation was computed, for people. */
export class SupplierTemplateSnapshotField extends Component {
    static template = "supplier_evaluation.SupplierTemplateSnapshotField";
    static props = {...standardFieldProps};

    get snapshot() {
        return this.props.record.data[this.props.name] || null;
    }

    get rules() {
        const snapshot = this.snapshot;
        return [
            [_t("Template"), snapshot.name],
            [_t("Records weigh"), this.weighting],
            [_t("Counts as on time"), this.onTime],
            [
                _t("Counts as in full"),
                _t("up to %(under)s % less and %(over)s % more than ordered", {
                    under: this.number(snapshot.under_tolerance),
                    over: this.number(snapshot.over_tolerance),
                }),
            ],
            ...this.answering,
            [_t("Provisional below"), this.floor],
            [
                _t("Best grade below a gate"),
                snapshot.gate_grade || _t("the worst grade"),
            ],
            [_t("Grades"), this.grades],
            [_t("Suppliers"), this.suppliers],
            ...this.fourEyes,
        ];
    }

    get weighting() {
        return this.snapshot.weighting === "line"
            ? _t("each line the same")
            : _t("by value");
    }

    get floor() {
        const snapshot = this.snapshot;
        const values = {
            coverage: this.number(snapshot.coverage_floor),
            lines: snapshot.minimum_lines,
        };
        return snapshot.minimum_lines === 1
            ? _t("%(coverage)s % of the weight with data, or 1 delivery line", values)
            : _t(
                  "%(coverage)s % of the weight with data, or %(lines)s delivery lines",
                  values
              );
    }

    get onTime() {
        const snapshot = this.snapshot;
        const values = {
            late: snapshot.late_tolerance_days,
            early: snapshot.early_tolerance_days,
        };
        return snapshot.limit_early
            ? _t(
                  "days after the promise: at most %(late)s, before it: at most %(early)s",
                  values
              )
            : _t("days after the promise: at most %(late)s", values);
    }

    /** Unknown of what was computed before answers were looked at. */
    get answering() {
        const hours = this.snapshot.response_hours;
        if (typeof hours !== "number") {
            return [];
        }
        return [
            [
                _t("Counts as answered in time"),
                _t("hours after the message: at most %s", this.number(hours)),
            ],
        ];
    }

    /** Unknown of what was computed before there was the rule. */
    get fourEyes() {
        const words = {
            changed: _t("by somebody else, if changed by hand"),
            all: _t("always by somebody else"),
            none: _t("by anybody"),
        };
        const rule = this.snapshot.four_eyes;
        return rule ? [[_t("Published"), words[rule]]] : [];
    }

    get grades() {
        return (this.snapshot.grades || [])
            .map(([name, minimum]) =>
                _t("%(grade)s from %(score)s", {
                    grade: name,
                    score: this.number(minimum),
                })
            )
            .join(" · ");
    }

    get suppliers() {
        const {tiers = [], tags = [], industries = [], partner_domain} = this.snapshot;
        const names = [...tiers, ...tags, ...industries];
        if (partner_domain && partner_domain !== "[]") {
            names.push(partner_domain);
        }
        return names.length ? names.join(" · ") : _t("all with a record in the period");
    }

    get lines() {
        const notComputed = this.snapshot.not_computed || [];
        return (this.snapshot.lines || []).map((line) => ({
            key: line.kpi,
            name: line.name || line.kpi,
            isComputed: !notComputed.includes(line.kpi),
            weight: this.number(line.weight),
            scale: line.scale === "step" ? _t("steps") : _t("linear"),
            points: (line.points || [])
                .map(
                    ([value, score]) => `${this.number(value)} → ${this.number(score)}`
                )
                .join(" · "),
            gate: typeof line.minimum === "number" ? this.number(line.minimum) : "",
        }));
    }

    number(value) {
        return formatFloat(value || 0, {digits: [16, 2], trailingZeros: false});
    }
}

export const supplierTemplateSnapshotField = {
    component: SupplierTemplateSnapshotField,
    displayName: _t("Supplier Template Snapshot"),
    supportedTypes: ["json"],
};

registry
    .category("fields")
    .add("supplier_template_snapshot", supplierTemplateSnapshotField);
