import {onWillDestroy, onWillStart, toRaw, useEnv, useState} from "@odoo/owl";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

// The strip and the tab of one form ask for the same thing in the same moment.
const asked = new WeakMap();
const watching = new Set();

function retrieve(orm, record) {
    const key = toRaw(record);
    if (!asked.has(key)) {
        const answer = orm
            .call("res.partner", "retrieve_360", [[record.resId]])
            .finally(() => asked.delete(key));
        asked.set(key, answer);
    }
    return asked.get(key);
}

/**
 * What is known of the vendor of a form, and how to open what is behind it.
 *
 * @returns {{state: object, open: Function, run: Function}} `state.view` is what the
 * server says, null until then; `open` opens a record or runs a method
 */
export function useSupplier360(props) {
    // Not by its hook: a call that is asked for by several must not end with one of them.
    const {orm} = useEnv().services;
    const action = useService("action");
    const state = useState({view: null});

    // The pager may have gone on before the answer comes.
    let wanted = false;

    async function load(record) {
        const {resId} = record;
        wanted = resId;
        const view = resId ? await retrieve(orm, record) : null;
        if (wanted === resId) {
            state.view = view;
        }
    }

    // What was done in a dialog changes both, the strip and the tab.
    async function reload() {
        await props.record.load();
        await Promise.all([...watching].map((refresh) => refresh()));
    }

    const refresh = () => load(props.record);
    watching.add(refresh);
    onWillDestroy(() => watching.delete(refresh));

    let shown = null;
    onWillStart(() => load(props.record));
    useRecordObserver(async (record) => {
        if (shown !== null && shown !== record.resId) {
            await load(record);
        }
        shown = record.resId;
    });

    async function run(method) {
        await action.doActionButton({
            type: "object",
            name: method,
            resModel: "res.partner",
            resId: props.record.resId,
            resIds: [props.record.resId],
            context: props.record.context,
            onClose: reload,
        });
    }

    async function open(mark) {
        if (mark.method) {
            return run(mark.method);
        }
        if (mark.model && mark.id) {
            return action.doAction({
                type: "ir.actions.act_window",
                res_model: mark.model,
                res_id: mark.id,
                views: [[false, "form"]],
            });
        }
    }

    return {state, open, run};
}
