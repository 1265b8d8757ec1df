// What was answered in the fields of one item, and whether an item is asked after it. `fields` is an item's fieldset
// (surveys/item.html).
export const valueOf = (fields) => {
  const { item, kind } = fields.dataset;
  const all = [...fields.querySelectorAll("input, textarea")];
  if (kind === "text" || kind === "number") return all[0].value.trim() || undefined;
  const chosen = all.filter((field) => field.checked && field.value);
  if (kind === "multiple") return chosen.length ? chosen.map((field) => field.value) : undefined;
  if (kind === "matrix") {
    const rows = chosen.map((field) => [field.name.slice(item.length + 1), Number(field.value)]);
    return rows.length ? Object.fromEntries(rows) : undefined;
  }
  if (!chosen.length) return undefined;
  return kind === "scale" ? Number(chosen[0].value) : chosen[0].value;
};

// `answered`: what was answered to the item with a code, undefined for nothing.
export const isAsked = (fields, answered) => {
  const condition = fields.dataset.shownIf && JSON.parse(fields.dataset.shownIf);
  if (!condition) return true;
  const value = answered(condition.item);
  if (value === undefined) return false;
  if (condition.at_least !== null) return Number(value) >= condition.at_least;
  return [value].flat().some((one) => condition.any_of.includes(String(one)));
};
