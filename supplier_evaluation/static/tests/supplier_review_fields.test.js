import {
    animationFrame,
    expect,
    press,
    queryAllTexts,
    runAllTimers,
    test,
} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {checkAnswers} from "@supplier_evaluation/fields/supplier_review_answers_field.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

class Review extends models.Model {
    _name = "review";

    comment_threshold = fields.Float();
    answer_ids = fields.One2many({relation: "answer"});

    _records = [{id: 1, comment_threshold: 4, answer_ids: [1, 2]}];
}

class Answer extends models.Model {
    _name = "answer";

    name = fields.Char();
    help = fields.Char();
    kind = fields.Selection({
        selection: [
            ["rating", "0 to 10"],
            ["choice", "Choice"],
        ],
    });
    rating = fields.Selection({
        selection: [...Array(11).keys()].map((value) => [String(value), String(value)]),
    });
    choice_id = fields.Many2one({relation: "choice"});
    choice_name = fields.Char();
    options = fields.Json();
    cannot_judge = fields.Boolean();
    is_knockout = fields.Boolean();
    comment = fields.Char();

    _records = [
        {id: 1, name: "Reliable?", help: "Keeps its word", kind: "rating"},
        {
            id: 2,
            name: "Again?",
            kind: "choice",
            options: [
                [5, "Yes", 10],
                [6, "No", 0],
            ],
        },
    ];
}

class Choice extends models.Model {
    _name = "choice";

    name = fields.Char();

    _records = [
        {id: 5, name: "Yes"},
        {id: 6, name: "No"},
    ];
}

defineModels([Review, Answer, Choice]);
defineMailModels();

const RATING = ".o_supplier_answer:eq(0)";
const CHOICE = ".o_supplier_answer:eq(1)";

const mountReview = (readonly = false, header = "") =>
    mountView({
        resModel: "review",
        resId: 1,
        type: "form",
        arch: `
            <form ${header && 'js_class="checked_form"'}>
                <header>${header}</header>
                <field name="comment_threshold"/>
                <field
                    name="answer_ids"
                    widget="supplier_review_answers"
                    mode="list"
                    readonly="${readonly ? 1 : 0}"
                    options="{'threshold_field': 'comment_threshold'}"
                >
                    <list>
                        <field name="name"/>
                        <field name="help"/>
                        <field name="kind"/>
                        <field name="rating"/>
                        <field name="choice_id"/>
                        <field name="choice_name"/>
                        <field name="options"/>
                        <field name="cannot_judge"/>
                        <field name="comment"/>
                    </list>
                </field>
            </form>`,
    });

const onSave = () =>
    onRpc("review", "web_save", ({args}) => {
        for (const [, id, vals] of args[1].answer_ids) {
            expect.step([id, vals]);
        }
    });

test("a rating and a choice are answered with a button each", async () => {
    onSave();
    await mountReview();
    expect(".o_supplier_answer_help").toHaveText("Keeps its word");
    expect(queryAllTexts(`${RATING} button`)).toEqual([..."0123456789", "10"]);
    expect(queryAllTexts(`${CHOICE} button`)).toEqual(["Yes", "No"]);
    expect(`${RATING} button[aria-checked=true]`).toHaveCount(0);
    await contains(`${RATING} button:eq(7)`).click();
    expect(`${RATING} button[aria-checked=true]`).toHaveText("7");
    await contains(`${RATING} button:eq(8)`).click();
    expect(`${RATING} button[aria-checked=true]`).toHaveText("8");
    await contains(`${CHOICE} button:eq(0)`).click();
    expect(`${CHOICE} button[aria-checked=true]`).toHaveText("Yes");
    await contains(".o_form_button_save").click();
    expect.verifySteps([
        [1, {rating: "8", cannot_judge: false}],
        [2, {choice_id: 5, cannot_judge: false}],
    ]);
});

test("who cannot judge takes the answer back, and the other way round", async () => {
    await mountReview();
    await contains(`${RATING} button:eq(8)`).click();
    await contains(`${RATING} input[type=checkbox]`).click();
    expect(`${RATING} input[type=checkbox]`).toBeChecked();
    expect(`${RATING} button[aria-checked=true]`).toHaveCount(0);
    await contains(`${RATING} button:eq(3)`).click();
    expect(`${RATING} input[type=checkbox]`).not.toBeChecked();
    expect(`${RATING} button[aria-checked=true]`).toHaveText("3");
});

for (const [kind, question, high, low] of [
    ["rating", RATING, 4, 3],
    ["choice", CHOICE, 0, 1],
]) {
    test(`a low ${kind} asks for a comment until there is one`, async () => {
        await mountReview();
        const textarea = `${question} textarea`;
        expect(textarea).toHaveAttribute("placeholder", "Comment");
        expect(textarea).toHaveAttribute("aria-label", /^Comment: /);
        await contains(`${question} button:eq(${high})`).click();
        expect(textarea).not.toHaveClass("border-warning");
        await contains(`${question} button:eq(${low})`).click();
        expect(textarea).toHaveClass("border-warning");
        expect(textarea).toHaveAttribute("placeholder", "Please say why");
        await contains(textarea).edit("They shout");
        expect(textarea).not.toHaveClass("border-warning");
        await contains(textarea).edit(" ");
        expect(textarea).toHaveClass("border-warning");
        await contains(`${question} input[type=checkbox]`).click();
        expect(textarea).not.toHaveClass("border-warning");
    });
}

test("a question is one stop of the keyboard, and arrows choose", async () => {
    await mountReview();
    expect(`${RATING} [role=radiogroup]`).toHaveAttribute("aria-label", "Reliable?");
    expect(`${RATING} button[tabindex='0']`).toHaveText("0");
    expect(`${RATING} button[tabindex='-1']`).toHaveCount(10);
    await contains(`${RATING} button:eq(0)`).focus();
    await press("ArrowRight");
    await animationFrame();
    expect(`${RATING} button[aria-checked=true]`).toHaveText("1");
    expect(`${RATING} button[tabindex='0']`).toHaveText("1");
    expect(`${RATING} button:eq(1)`).toBeFocused();
    await press("ArrowLeft");
    await press("ArrowLeft");
    await animationFrame();
    expect(`${RATING} button[aria-checked=true]`).toHaveText("10");
    await press("Home");
    await animationFrame();
    expect(`${RATING} button[aria-checked=true]`).toHaveText("0");
    await press("Tab");
    expect(`${RATING} input[type=checkbox]`).toBeFocused();
});

test("what is missing is said at the question", async () => {
    let ok = null;
    class Form extends formView.Controller {
        async beforeExecuteActionButton() {
            ok = checkAnswers(this.model);
            return false;
        }
    }
    registry.category("views").add("checked_form", {...formView, Controller: Form});
    await mountReview(false, `<button name="go" type="object" string="Go"/>`);
    expect(".o_supplier_answer_problem").toHaveCount(0);
    await contains("button[name=go]").click();
    await runAllTimers();
    expect(ok).toBe(false);
    expect(queryAllTexts(".o_supplier_answer_problem")).toEqual([
        "Please answer, or choose “Cannot judge”.",
        "Please answer, or choose “Cannot judge”.",
    ]);
    expect(`${RATING} button[tabindex='0']`).toBeFocused();
    await contains(`${RATING} button:eq(2)`).click();
    expect(`${RATING} .o_supplier_answer_problem`).toHaveText(
        "Please say why in a comment."
    );
    await contains(`${RATING} textarea`).edit("They shout");
    expect(`${RATING} .o_supplier_answer_problem`).toHaveCount(0);
    await contains(`${CHOICE} button:eq(0)`).click();
    await contains("button[name=go]").click();
    expect(ok).toBe(true);
});

test("without “Cannot judge” every question has to be answered", async () => {
    Answer._records[0].is_knockout = true;
    onSave();
    await mountView({
        resModel: "review",
        resId: 1,
        type: "form",
        arch: `
            <form>
                <field name="answer_ids" widget="supplier_review_answers" mode="list">
                    <list>
                        <field name="name"/>
                        <field name="kind"/>
                        <field name="is_knockout"/>
                        <field name="rating"/>
                        <field name="choice_id"/>
                        <field name="options"/>
                        <field name="comment"/>
                    </list>
                </field>
            </form>`,
    });
    expect(`${RATING} legend .badge`).toHaveText("Knock-out");
    expect(`${CHOICE} legend .badge`).toHaveCount(0);
    expect("input[type=checkbox]").toHaveCount(0);
    await contains(`${RATING} button:eq(3)`).click();
    await contains(".o_form_button_save").click();
    expect.verifySteps([[1, {rating: "3"}]]);
});

test("whoever only reads sees what was answered", async () => {
    Answer._records[0].rating = "0";
    Answer._records[1].cannot_judge = true;
    await mountReview(true);
    expect(".o_supplier_answer button").toHaveCount(0);
    expect(queryAllTexts(".o_supplier_answer .fw-bold")).toEqual([
        "0 of 10",
        "Cannot judge",
    ]);
});
