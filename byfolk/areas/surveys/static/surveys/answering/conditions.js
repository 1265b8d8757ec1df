// All questions on one page: what is asked only after some answers comes when they are given. Without this script it is
// there all the time, and says when it counts; the server drops what was not asked.
import { isAsked, valueOf } from "./values.js";

const items = [...document.querySelectorAll(".signed-item .ask")];
const found = new Map(items.map((fields) => [fields.dataset.item, fields]));
const place = (fields) => fields.closest(".signed-item");

const show = () => {
  for (const fields of items) {
    // In order: an answer to what is no longer asked counts for nothing.
    place(fields).hidden = !isAsked(fields, (item) => (place(found.get(item)).hidden ? undefined : valueOf(found.get(item))));
  }
};

for (const when of document.querySelectorAll(".ask-when")) when.hidden = true;
if (items.some((fields) => fields.dataset.shownIf)) {
  document.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}
