/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { decimalText, readDecimal } from "./decimal_text";
import { MeasuredValueField } from "./measured_value_field";

/**
 * A decimal that may be absent.
 *
 * Options of the view: `sign` (a dioptre: always signed, eighths cut), `places` (2), `shorthand`
 * (a whole line such as `-2.00 -1.00 x 20` typed or pasted here fills the eye's other fields).
 */
export class OpticsDecimalField extends MeasuredValueField {
    static props = {
        ...MeasuredValueField.props,
        sign: { type: Boolean, optional: true },
        places: { type: Number, optional: true },
        shorthand: { type: Boolean, optional: true },
    };
    static defaultProps = { places: 2 };

    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    get expectation() {
        return this.props.shorthand
            ? _t("Type a number such as -2.25, or a line such as -2.00 -1.00 x 20.")
            : _t("Type a number such as 2.5, or leave it empty.");
    }

    textOf(value) {
        return decimalText(value, this.props);
    }

    read(text) {
        return readDecimal(text);
    }

    async commit(text) {
        if (!this.props.shorthand || this.read(text).value !== undefined) {
            return super.commit(text);
        }
        // The one reader of shorthand is the server's.
        const { record, name } = this.props;
        const answer = await this.orm.call(record.resModel, "read_shorthand", [text]);
        if (!answer) {
            return this.refuse(text);
        }
        const eye = name.split("_")[0];
        await record.update(
            Object.fromEntries(
                Object.entries(answer)
                    .map(([part, value]) => [`${eye}_${part}`, value])
                    .filter(([part]) => part in record.activeFields),
            ),
        );
    }
}

export const opticsDecimalField = {
    component: OpticsDecimalField,
    displayName: _t("Measured decimal"),
    supportedTypes: ["float"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    extractProps: ({ attrs, options }) => ({
        placeholder: attrs.placeholder,
        places: options.places ?? 2,
        sign: Boolean(options.sign),
        shorthand: Boolean(options.shorthand),
    }),
};

registry.category("fields").add("optics_decimal", opticsDecimalField);
