/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Many2XAutocomplete } from "@web/views/fields/relational_utils";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

import { FileFacts } from "./file_facts";
import { FixedValues } from "./fixed_values";
import { GridView } from "./grid_view";
import { withMeaning } from "./mapping_edit";
import { MappingKeys } from "./mapping_keys";
import { MappingTable } from "./mapping_table";
import { asksForPrice, gaps, needsLocation, offerOf, verdictOf } from "./mapping_verdict";
import { PriceFormulaEditor } from "./price_formula_editor";
import { RowFilters } from "./row_filters";
import { UploadArea } from "./upload_area";

const WIZARD = "connector.import.wizard";

/** From a supplier's file to an import that can be looked at: upload, then what columns mean. */
export class ImportWizard extends Component {
    static template = "connector_b.ImportWizard";
    static components = {
        FileFacts,
        FixedValues,
        GridView,
        Layout,
        Many2XAutocomplete,
        MappingKeys,
        MappingTable,
        PriceFormulaEditor,
        RowFilters,
        UploadArea,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.display = { controlPanel: {} };
        this.keepLast = new KeepLast();
        this.supplierText = _t("Supplier");
        this.supplierPlaceholder = _t("Name of the supplier");
        this.newProfileText = _t("New supplier or kind of file");
        this.state = useState({
            choices: null,
            wizardId: null,
            screen: null,
            // What is asked of the server beside the mapping: sheet, header, encoding, profile.
            asked: {},
            mapping: null,
            profileName: "",
            // [id, name]
            partner: false,
            locationId: 0,
            what: "product",
            remember: true,
            busy: false,
        });
        onWillStart(() => this.start());
    }

    async start() {
        const { job_id: jobId, profile_id: profileId } = this.props.action.params || {};
        const [choices, wizardId] = await Promise.all([
            this.orm.call(WIZARD, "read_choices", []),
            this.orm.call(WIZARD, "open_for", [], {
                job_id: jobId || null,
                profile_id: profileId || null,
            }),
        ]);
        Object.assign(this.state, { choices, wizardId });
        if (jobId) {
            await this.read({});
        }
    }

    get names() {
        const choices = this.state.choices.groups.flatMap((group) => group.choices);
        return Object.fromEntries(choices.map(({ value, label }) => [value, label]));
    }

    get verdict() {
        const { screen, partner, locationId } = this.state;
        return verdictOf(screen, { partner, location: locationId });
    }

    /** What is not taken from the file and is missed later, in words, and what may be it. */
    get gaps() {
        const { screen, what } = this.state;
        const words = {
            price: _t("No price is taken from this file."),
            name: _t("No name is taken: rows of new products will be refused."),
        };
        return gaps(what, screen).map(({ kind, offers }) => ({
            kind,
            words: words[kind],
            offers: offers.map((column) => ({ column, guess: offerOf(column) })),
        }));
    }

    get fileProblems() {
        return this.state.screen.problems;
    }

    get profileTitle() {
        return this.state.screen.profile.name || this.newProfileText;
    }

    async onUploaded(attachmentId) {
        this.state.busy = true;
        try {
            await this.orm.call(WIZARD, "take_upload", [[this.state.wizardId], attachmentId]);
            await this.read({});
        } finally {
            this.state.busy = false;
        }
    }

    /** Ask for the screen anew; `asked` takes the place of all that was chosen before. */
    async read(asked, mapping = null) {
        const request = mapping ? { ...asked, mapping } : asked;
        const screen = await this.keepLast.add(
            this.orm.call(WIZARD, "read_screen", [[this.state.wizardId], request]),
        );
        this.state.asked = asked;
        this.show(screen, Boolean(mapping));
    }

    show(screen, isSameProfile) {
        const { state } = this;
        state.screen = screen;
        if (screen.failure) {
            return;
        }
        state.mapping = screen.mapping;
        if (!isSameProfile) {
            state.partner = screen.profile.partner;
            state.locationId = screen.profile.location_id;
            state.what = screen.profile.target;
            state.profileName = screen.profile.name;
        }
        // From here on the choice of the profile is a person's.
        state.asked = { ...state.asked, profile_id: screen.profile.id, sheet: screen.sheet };
    }

    /** How the profile is called if nobody types a name: see `_name_of_what` of the wizard. */
    get profileNameHint() {
        const { choices, partner, what } = this.state;
        const [, label] = choices.what.find(([value]) => value === what);
        return partner ? `${partner[1]}: ${label}` : _t("Name of the profile");
    }

    get groupsText() {
        const { count, examples } = this.state.screen.groups;
        return _t("Names alone in their rows (%s: %s) are:", count, examples.join(", "));
    }

    get switchOnText() {
        return _t("Switch %s on", this.state.mapping.currency);
    }

    setGroupMeaning(ev) {
        return this.change({ ...this.state.mapping, group_target: ev.target.value });
    }

    maySwitchOn(problem) {
        return problem.code === "currency_unknown" && this.state.choices.may_switch_on_currency;
    }

    async switchOnCurrency() {
        const { choices, mapping } = this.state;
        choices.currencies = await this.orm.call(WIZARD, "switch_on_currency", [mapping.currency]);
        await this.change(mapping);
    }

    /** Another sheet, header or encoding: other columns, so the guess begins anew. */
    ask(change) {
        return this.read({ ...this.state.asked, ...change });
    }

    change(mapping) {
        // Shown at once; what the rows become follows.
        this.state.mapping = mapping;
        return this.read(this.state.asked, mapping);
    }

    setMeaning(column, target) {
        return this.change(withMeaning(this.state.mapping, column, target));
    }

    setProfile(ev) {
        const { encoding, delimiter } = this.state.asked;
        return this.read({ encoding, delimiter, profile_id: Number(ev.target.value) });
    }

    setPartner(records) {
        const [record] = records || [];
        this.state.partner = record ? [record.id, record.display_name] : false;
    }

    async createPartner(name) {
        this.state.partner = await this.orm.call(WIZARD, "create_supplier", [name]);
    }

    get supplierDomain() {
        return [["is_company", "=", true]];
    }

    get needsLocation() {
        return needsLocation(this.state.screen.filled);
    }

    /** What still keeps the file from being checked, in words. */
    get obstacle() {
        return {
            wrong: _t("Correct what is red above."),
            empty: _t("Choose what the columns mean."),
            no_rows: _t("There is a header and no row below it: was the right file sent?"),
            no_supplier: _t("Choose the supplier: prices and codes are kept as theirs."),
            no_location: _t("Choose where the quantities are counted."),
            nothing_good: _t("No row of the sample is good yet: look at what is red."),
        }[this.verdict];
    }

    get mayCheck() {
        return ["ready", "nothing_good"].includes(this.verdict);
    }

    another() {
        this.state.screen = null;
        this.state.mapping = null;
        this.state.asked = {};
    }

    check() {
        if (!asksForPrice(this.state.what, this.state.screen)) {
            return this.startCheck();
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Import without prices?"),
            body: _t(
                "No column of the file is taken for a price. New products would have none, known ones would keep theirs.",
            ),
            confirmLabel: _t("Without Prices"),
            confirm: () => this.startCheck(),
            cancelLabel: _t("Back to the Columns"),
            cancel: () => {},
        });
    }

    async startCheck() {
        const { state } = this;
        state.busy = true;
        try {
            const asked = {
                ...state.asked,
                mapping: state.mapping,
                partner_id: state.partner ? state.partner[0] : false,
                location_id: this.needsLocation ? state.locationId : undefined,
                target: state.what,
                profile_name: state.profileName,
            };
            const action = await this.orm.call(WIZARD, "start_check", [
                [state.wizardId],
                asked,
                state.remember,
            ]);
            await this.action.doAction(action, { clearBreadcrumbs: false });
        } finally {
            state.busy = false;
        }
    }

    cancel() {
        return this.action.doAction("connector_b.action_import_job", { clearBreadcrumbs: true });
    }
}

registry.category("actions").add("connector_b_import", ImportWizard);
