import assert from "node:assert/strict";
import { test } from "node:test";

import {
  filterSubjects,
  numberLook,
  orderedKeys,
  readRate,
  withExpression,
  withFilter,
  withFixed,
  withKeyRaised,
  withKeyToggled,
  withMeaning,
  withNewFilter,
  withNumberLook,
  withoutFilter,
} from "../../../addons/connector_b/static/src/import_wizard/mapping_edit.js";

const column = (label, target = false, named = true) => ({ label, target, named });
const mapping = (...columns) => ({ columns, keys: ["barcode"], filters: [], number: {} });
const price = { target: "cost", by: "name", source: "Цена" };

test("a column gets a meaning by its name, one without a name by its place", () => {
  assert.deepEqual(withMeaning(mapping(), column("Цена"), "cost").columns, [price]);
  assert.deepEqual(withMeaning(mapping(), column("D", false, false), "cost").columns, [
    { target: "cost", by: "position", source: "D" },
  ]);
});

test("a column that gets another meaning loses the first", () => {
  const changed = withMeaning(mapping(price), column("Цена", "cost"), "list_price");
  assert.deepEqual(changed.columns, [{ target: "list_price", by: "name", source: "Цена" }]);
  assert.deepEqual(withMeaning(mapping(price), column("Цена", "cost"), null).columns, []);
});

test("a meaning moves to the column that is given it, and takes its formula along", () => {
  const known = mapping({ ...price, expression: "value * 2", factor: "0.01" });
  assert.deepEqual(withMeaning(known, column("Опт"), "cost").columns, [
    { target: "cost", by: "name", source: "Опт", expression: "value * 2", factor: "0.01" },
  ]);
});

test("a column takes the place of a fixed value", () => {
  const known = mapping({ target: "brand", by: "fixed", fixed: "Luxor" });
  assert.deepEqual(withMeaning(known, column("Бренд"), "brand").columns, [
    { target: "brand", by: "name", source: "Бренд" },
  ]);
});

test("what is given is never changed", () => {
  const known = mapping(price);
  const before = structuredClone(known);
  withMeaning(known, column("Цена", "cost"), "list_price");
  withExpression(known, "cost", "value * 2");
  withFixed(known, "brand", "Luxor");
  withKeyToggled(known, "supplier_code");
  withNewFilter(known, "cost");
  assert.deepEqual(known, before);
});

test("a formula stands on its column, or alone where there is none", () => {
  assert.deepEqual(withExpression(mapping(price), "cost", " value * 2 ").columns, [
    { ...price, expression: "value * 2" },
  ]);
  assert.deepEqual(withExpression(mapping(), "list_price", "cost * 2").columns, [
    { target: "list_price", by: "expression", expression: "cost * 2" },
  ]);
});

test("an empty formula leaves the column, and nothing where there is none", () => {
  assert.deepEqual(
    withExpression(mapping({ ...price, expression: "value * 2" }), "cost", "").columns,
    [price],
  );
  const alone = { target: "list_price", by: "expression", expression: "cost * 2" };
  assert.deepEqual(withExpression(mapping(alone), "list_price", "").columns, []);
});

test("a fixed value is changed where it stands", () => {
  const once = withFixed(mapping(price), "brand", "Luxor");
  assert.deepEqual(withFixed(once, "brand", "Vogue").columns, [
    price,
    { target: "brand", by: "fixed", fixed: "Vogue" },
  ]);
});

test("keys are tried in their order, and one always stays", () => {
  const all = ["barcode", "supplier_code", "default_code"];
  const two = withKeyToggled(mapping(), "supplier_code");
  assert.deepEqual(two.keys, ["barcode", "supplier_code"]);
  assert.deepEqual(withKeyRaised(two, "supplier_code").keys, ["supplier_code", "barcode"]);
  assert.deepEqual(withKeyRaised(two, "barcode").keys, two.keys);
  assert.deepEqual(withKeyToggled(mapping(), "barcode").keys, ["barcode"]);
  assert.deepEqual(orderedKeys(withKeyRaised(two, "supplier_code"), all), [
    "supplier_code",
    "barcode",
    "default_code",
  ]);
});

test("a filter is added, changed and removed", () => {
  const one = withNewFilter(mapping(), "cost");
  assert.deepEqual(one.filters, [
    { name: "cost", test: "empty", value: "", action: "skip", place: "target" },
  ]);
  const below = withFilter(one, 0, { test: "below", value: "10" });
  assert.deepEqual([below.filters[0].test, below.filters[0].value], ["below", "10"]);
  assert.deepEqual(withoutFilter(below, 0).filters, []);
});

test("a filter asks what a column means, or its header where it means nothing", () => {
  assert.deepEqual(filterSubjects([column("Цена", "cost"), column("Страна")]), [
    { place: "target", name: "cost", label: "Цена" },
    { place: "column", name: "Страна", label: "Страна" },
  ]);
});

test("numbers are shown as a person recognises them", () => {
  assert.equal(numberLook(undefined), "auto");
  assert.equal(numberLook({ decimal: ",", thousands: " " }), "space_comma");
  assert.equal(numberLook({ decimal: ",", thousands: "auto" }), "space_comma");
  assert.equal(numberLook({ decimal: ".", thousands: "'" }), "other");
  const chosen = withNumberLook({ ...mapping(), number: { fraction: true } }, "comma_point");
  assert.deepEqual(chosen.number, { fraction: true, decimal: ".", thousands: "," });
});

test("a rate is typed as people type it", () => {
  assert.equal(readRate("92,5"), "92.5");
  assert.equal(readRate(" 1 250 "), "1250");
  assert.equal(readRate(""), "");
  for (const typed of ["0", "-3", "курс", "1,2,3"]) {
    assert.equal(readRate(typed), null, typed);
  }
});
