/** @odoo-module **/

import { Component, useState } from "@odoo/owl";

import { isColumnRule, ruleOf, withExpression } from "./mapping_edit";
import { composeFormula, ENDINGS, readFactor, readFormula } from "./price_formula";

const PRICE = "list_price";
// Prices that a retail price may be made from.
const BASES = ["supplier_price", "cost", "list_price"];

/** The retail price: from which price, times how much, ending how; or a formula of one's own. */
export class PriceFormulaEditor extends Component {
    static template = "connector_b.PriceFormulaEditor";
    static props = {
        screen: Object,
        mapping: Object,
        names: Object,
        onChange: Function,
    };

    setup() {
        this.state = useState({ byHand: false, wrongFactor: false });
        this.endings = ENDINGS;
    }

    get rule() {
        return ruleOf(this.props.mapping, PRICE);
    }

    get formula() {
        return this.rule?.expression || "";
    }

    get parts() {
        return this.state.byHand ? null : readFormula(this.formula);
    }

    /** Prices that this file has, and the one in use. */
    get bases() {
        const { mapping, names } = this.props;
        const inUse = this.parts?.base;
        return BASES.filter((target) => {
            const rule = ruleOf(mapping, target);
            return target === inUse || (rule && (isColumnRule(rule) || rule.fixed));
        })
            .filter((target) => target !== PRICE || (this.rule && isColumnRule(this.rule)))
            .map((target) => ({ target, name: names[target] }));
    }

    endingText(ending) {
        return { 0: "…0,00", "0.90": "…9,90", 9: "…9,00", 90: "…90,00" }[ending];
    }

    /** A few rows: from what to what. */
    get examples() {
        const { columns, rows, computed } = this.props.screen;
        const column = columns.find(({ target }) => target === PRICE);
        const cells = column ? column.cells : computed[PRICE];
        const base = columns.find(({ target }) => target === this.parts?.base);
        return rows
            .map(({ number, skipped }, index) => ({
                number,
                skipped,
                from: base && base !== column ? base.cells[index].value : column?.cells[index].raw,
                to: cells?.[index].value,
                problem: cells?.[index].problems[0]?.message,
            }))
            .filter(({ skipped, to, problem }) => !skipped && (to || problem))
            .slice(0, 3);
    }

    get problem() {
        return this.props.screen.problems.find(
            ({ target, code }) => target === PRICE && code.startsWith("expression"),
        );
    }

    change(part) {
        const parts = { ...this.parts, ...part };
        if (part.base && !this.formula) {
            // Prices of the file are in its currency, the shop's are not.
            parts.rate = Boolean(this.props.mapping.currency);
        }
        this.set(composeFormula(parts));
    }

    changeFactor(ev) {
        const factor = readFactor(ev.target.value);
        this.state.wrongFactor = factor === null;
        if (factor !== null) {
            this.change({ factor });
        }
    }

    set(formula) {
        this.props.onChange(withExpression(this.props.mapping, PRICE, formula));
    }

    writeByHand() {
        this.state.byHand = true;
    }

    useParts() {
        this.state.byHand = false;
        if (readFormula(this.formula) === null) {
            this.set("");
        }
    }
}
