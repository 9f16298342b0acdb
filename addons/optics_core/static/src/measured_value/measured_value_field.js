/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

import { cellAfter } from "../eye_table/cell_moves";
import { useMeasuredValueInput } from "./measured_value_input";

/** A number of an eye. Subclasses say how it is written (`textOf`) and read (`read`). */
export class MeasuredValueField extends Component {
    static template = "optics_core.MeasuredValueField";
    static props = {
        ...standardFieldProps,
        placeholder: { type: String, optional: true },
    };

    setup() {
        this.notification = useService("notification");
        const { input, commitTyped, onInput } = useMeasuredValueInput({
            getText: () => this.text,
            commit: (text) => this.commit(text),
        });
        this.input = input;
        this.commitTyped = commitTyped;
        this.onInput = onInput;
    }

    get text() {
        return this.textOf(this.props.record.data[this.props.name]);
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    async commit(text) {
        const { value } = this.read(text);
        if (value === undefined) {
            this.refuse(text);
        } else {
            await this.props.record.update({ [this.props.name]: value });
        }
    }

    refuse(text, message = this.expectation) {
        this.props.record.setInvalidField(this.props.name);
        this.notification.add(
            _t("%(field)s: “%(typed)s” is not understood. %(expected)s", {
                field: this.label,
                typed: text,
                expected: message,
            }),
            { type: "danger" },
        );
    }

    /** A whole line pasted is read at once: it fills other cells, which the person looks at. */
    onPaste(ev) {
        const text = ev.clipboardData.getData("text/plain").trim();
        if (text && this.read(text).value === undefined) {
            ev.preventDefault();
            this.input.el.value = text;
            this.commitTyped();
        }
    }

    onKeydown(ev) {
        if (["Enter", "Tab"].includes(ev.key)) {
            this.commitTyped();
        }
        if (ev.altKey || ev.ctrlKey || ev.metaKey || ev.shiftKey) {
            return;
        }
        const table = ev.target.closest(".o_optics_eye_table");
        const name = table && cellAfter(cellNames(table), this.props.name, ev.key);
        if (name) {
            ev.preventDefault();
            ev.stopPropagation();
            const cell = table.querySelector(`[name="${name}"] :is(input, select)`);
            cell?.focus();
            cell?.select?.();
        }
    }
}

function cellNames(table) {
    return [...table.querySelectorAll("tbody tr")].map((row) =>
        [...row.querySelectorAll(".o_field_widget[name]")].map((cell) => cell.getAttribute("name")),
    );
}
