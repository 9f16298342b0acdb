/** @odoo-module **/

import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useState } from "@odoo/owl";

import { SECTION, sectionPath, thickerEye } from "./lens_section";
import { blankText, isChosen, offerKey, sorted, thicknessText } from "./offers";

const EYES = ["od", "os"];

/** The answers of `optics.fit`: blanks, offers to choose from, thickness, or why there is none. */
export class FitAnswerField extends Component {
    static template = "optics_core.FitAnswerField";
    static props = { ...standardFieldProps };

    setup() {
        this.section = SECTION;
        this.state = useState({ sort: "price" });
        this.sorts = [
            { key: "price", label: _t("Price") },
            { key: "ready", label: _t("Day") },
            { key: "thickness", label: _t("Thickness") },
        ];
    }

    get answer() {
        return this.props.record.data[this.props.name] || { eyes: {} };
    }

    get eyes() {
        return EYES.filter((eye) => this.answer.eyes[eye]).map((eye) => ({
            ...this.answer.eyes[eye],
            name: eye === "od" ? _t("Right eye") : _t("Left eye"),
            eye,
        }));
    }

    get chosen() {
        const { data } = this.props.record;
        return Object.fromEntries(EYES.map((eye) => [eye, data[`${eye}_range_id`]?.[0]]));
    }

    get offers() {
        const { chosen } = this;
        return sorted(this.answer.offers, this.state.sort).map((offer) => ({
            ...offer,
            key: offerKey(offer),
            isChosen: isChosen(offer, chosen),
            blankText: blankText(offer.eyes),
            thicknessText: thicknessText(offer.eyes),
            onShelf: Object.values(offer.eyes).every((eye) => eye.on_shelf),
            readyText: formatDate(deserializeDate(offer.ready_on)),
            priceText: formatMonetary(offer.price, { currencyId: this.answer.currency_id }),
        }));
    }

    get notShown() {
        return this.answer.choices.length - this.answer.offers.length;
    }

    get comparison() {
        return this.answer.thickness.map(({ index, eyes }) => ({
            index,
            text: thicknessText(eyes),
            path: sectionPath(thickerEye(eyes)),
        }));
    }

    choose(offer) {
        const changes = Object.fromEntries(
            EYES.map((eye) => [
                `${eye}_range_id`,
                offer.eyes[eye] ? [offer.eyes[eye].range_id, offer.name] : false,
            ]),
        );
        return this.props.record.update(changes);
    }

    onKeydown(ev, offer) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.choose(offer);
        }
    }
}

export const fitAnswerField = {
    component: FitAnswerField,
    supportedTypes: ["json"],
    isEmpty: () => false,
};

registry.category("fields").add("optics_fit_answer", fitAnswerField);
