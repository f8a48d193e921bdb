/**
 * Ordering by dragging.
 *   <ol data-sortable> <li> <button type="button" data-handle aria-label="移动：议题一">⠿</button> <input type="hidden" name="order" value="7"> …
 * The order of the hidden inputs is the answer; the list raises `zs:sorted`, so hx-trigger="zs:sorted" can save it. With the
 * handle focused, ↑ and ↓ move the line, so nobody needs a mouse.
 */
import Sortable from "sortablejs";
import { onEach } from "./dom.js";

const raise = (list) => list.dispatchEvent(new CustomEvent("zs:sorted", { bubbles: true }));

function onKey(event) {
  const handle = event.target.closest?.("[data-sortable] [data-handle]");
  if (!handle || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const line = handle.closest("[data-sortable] > *");
  const other = event.key === "ArrowUp" ? line.previousElementSibling : line.nextElementSibling;
  if (!other) return;
  event.preventDefault();
  if (event.key === "ArrowUp") other.before(line);
  else other.after(line);
  handle.focus();
  raise(line.parentElement);
}

export function startSortable() {
  onEach("[data-sortable]", (list) => {
    Sortable.create(list, { handle: "[data-handle]", animation: 120, onEnd: () => raise(list) });
  });
  document.addEventListener("keydown", onKey);
}
