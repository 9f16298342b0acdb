/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { axisText, readAxis } from "./axis_text";
import { MeasuredValueField } from "./measured_value_field";

/** An axis of a cylinder: three digits, or nothing. */
export class OpticsAxisField extends MeasuredValueField {
    get expectation() {
        return _t("Type a whole number from 1 to 180, or leave it empty.");
    }

    textOf(value) {
        return axisText(value);
    }

    read(text) {
        return readAxis(text);
    }
}

export const opticsAxisField = {
    component: OpticsAxisField,
    displayName: _t("Axis"),
    supportedTypes: ["integer"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    extractProps: ({ attrs }) => ({ placeholder: attrs.placeholder }),
};

registry.category("fields").add("optics_axis", opticsAxisField);
