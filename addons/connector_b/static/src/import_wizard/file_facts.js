/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";

import { Component, useState } from "@odoo/owl";

import { NUMBER_LOOKS, numberLook, readRate, withNumberLook, withRate } from "./mapping_edit";

/** How the file is read: sheet, header, encoding, numbers, currency. Found by itself, changeable. */
export class FileFacts extends Component {
    static template = "connector_b.FileFacts";
    static props = {
        screen: Object,
        mapping: Object,
        choices: Object,
        onAsk: Function,
        onChange: Function,
    };

    setup() {
        this.state = useState({ wrongRate: false });
        this.looks = NUMBER_LOOKS;
        this.rateTitle = _t("Empty: the rate of the day");
    }

    get look() {
        return numberLook(this.props.mapping.number);
    }

    get currency() {
        return this.props.mapping.currency || this.props.choices.company_currency;
    }

    /** Also one that Odoo does not have switched on: the file's prices are in it all the same. */
    get currencies() {
        const { currencies } = this.props.choices;
        return currencies.some(({ code }) => code === this.currency)
            ? currencies
            : [...currencies, { code: this.currency, symbol: "" }];
    }

    get isForeign() {
        return this.currency !== this.props.choices.company_currency;
    }

    setLook(ev) {
        this.props.onChange(withNumberLook(this.props.mapping, ev.target.value));
    }

    setCurrency(ev) {
        const currency = ev.target.value;
        const own = currency === this.props.choices.company_currency;
        const { mapping } = this.props;
        this.props.onChange({ ...mapping, currency: own ? "" : currency, rate: null });
    }

    setRate(ev) {
        const rate = readRate(ev.target.value);
        this.state.wrongRate = rate === null;
        if (rate !== null) {
            this.props.onChange(withRate(this.props.mapping, rate));
        }
    }
}
