/** @odoo-module **/

import { Component } from "@odoo/owl";

import { filterSubjects, withFilter, withNewFilter, withoutFilter } from "./mapping_edit";

/** Rows that are not goods: left out when a column is empty, contains a word, is below a number. */
export class RowFilters extends Component {
    static template = "connector_b.RowFilters";
    static props = {
        screen: Object,
        mapping: Object,
        tests: Array,
        onChange: Function,
    };

    get subjects() {
        return filterSubjects(this.props.screen.columns).map((subject) => ({
            ...subject,
            key: `${subject.place}:${subject.name}`,
        }));
    }

    get filters() {
        return this.props.mapping.filters.map((filter) => ({
            ...filter,
            key: `${filter.place || "target"}:${filter.name}`,
        }));
    }

    add() {
        const [first] = this.subjects;
        const mapping = withNewFilter(this.props.mapping, first.name);
        this.props.onChange(
            withFilter(mapping, mapping.filters.length - 1, { place: first.place }),
        );
    }

    setSubject(index, key) {
        const { place, name } = this.subjects.find((each) => each.key === key);
        this.set(index, { place, name });
    }

    set(index, change) {
        this.props.onChange(withFilter(this.props.mapping, index, change));
    }

    remove(index) {
        this.props.onChange(withoutFilter(this.props.mapping, index));
    }
}
