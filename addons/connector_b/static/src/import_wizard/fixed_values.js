/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { SelectMenu } from "@web/core/select_menu/select_menu";

import { Component, useState } from "@odoo/owl";

import { withFixed, withoutTarget } from "./mapping_edit";

/** What is the same for every row and does not stand in the file: a brand, a category. */
export class FixedValues extends Component {
    static template = "connector_b.FixedValues";
    static components = { SelectMenu };
    static props = {
        screen: Object,
        mapping: Object,
        names: Object,
        groups: Array,
        onChange: Function,
    };

    setup() {
        this.findText = _t("Find a meaning");
        this.state = useState({ adding: null });
    }

    get values() {
        return this.props.mapping.columns
            .filter(({ by }) => by === "fixed")
            .map(({ target, fixed }) => ({
                target,
                fixed,
                name: this.props.names[target],
                problem: this.problemOf(target),
            }));
    }

    problemOf(target) {
        const { problems } = this.props.screen;
        return problems.find((each) => each.target === target && each.code === "value_invalid");
    }

    /** What no column and no other value fills yet. */
    get free() {
        const taken = new Set(this.props.mapping.columns.map(({ target }) => target));
        return this.props.groups
            .map((group) => ({
                ...group,
                choices: group.choices.filter(({ value }) => !taken.has(value)),
            }))
            .filter(({ choices }) => choices.length);
    }

    choose(target) {
        this.state.adding = target;
    }

    add(ev) {
        const fixed = ev.target.value.trim();
        if (fixed) {
            this.set(this.state.adding, fixed);
            this.state.adding = null;
        }
    }

    set(target, fixed) {
        this.props.onChange(withFixed(this.props.mapping, target, fixed));
    }

    remove(target) {
        this.props.onChange(withoutTarget(this.props.mapping, target));
    }
}
