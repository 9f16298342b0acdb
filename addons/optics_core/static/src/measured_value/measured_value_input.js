/** @odoo-module **/

import { useBus } from "@web/core/utils/hooks";

import { useComponent, useEffect, useRef } from "@odoo/owl";

/**
 * An input whose empty text means "not measured".
 *
 * `useInputField` of core cannot serve: on Tab it takes a typed 0 over an empty field for no change.
 *
 * @param {() => string} getText what the record holds, as text
 * @param {(text: string) => Promise|undefined} commit hands a typed text to the record
 */
export function useMeasuredValueInput({ getText, commit }) {
    const input = useRef("input");
    const { props } = useComponent();
    let shown = "";
    let committing = Promise.resolve();

    function commitTyped() {
        const text = input.el?.value;
        if (text !== undefined && text !== shown) {
            shown = text;
            committing = Promise.resolve(commit(text)).finally(() => {
                props.record.model.bus.trigger("FIELD_IS_DIRTY", false);
            });
        }
        return committing;
    }

    function onInput() {
        props.record.model.bus.trigger("FIELD_IS_DIRTY", input.el.value !== shown);
        props.record.resetFieldValidity(props.name);
    }

    useEffect(() => {
        // Ask first, so that the component always listens to the value.
        const text = getText();
        const isBeingTyped = input.el && input.el.value !== shown;
        if (input.el && !isBeingTyped && !props.record.isFieldInvalid(props.name)) {
            input.el.value = text;
            shown = text;
        }
    });

    const { bus } = props.record.model;
    useBus(bus, "WILL_SAVE_URGENTLY", commitTyped);
    useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(commitTyped()));

    return { input, commitTyped, onInput };
}
