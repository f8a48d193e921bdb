/**
 * Keyboard and pointer in a register table.
 *   <table class="zs-register" data-rows> <tr data-row tabindex="-1" [data-drawer-url="…"]> … <a href="…"> … </tr>
 * J/K or ↑/↓ move (roving tabindex), Home/End first and last, Enter opens the drawer or the title's link, X ticks.
 * With an open drawer, moving the row moves the drawer. The letters obey the preference 单键快捷键; arrows always work.
 */
import { isNarrow, isPlainKey, isTyping, mayUseLetter, onEach } from "./dom.js";
import { isDrawerOpen, openDrawer } from "./drawer.js";

const rowsOf = (table) => [...table.querySelectorAll("tr[data-row]")];

function goTo(row) {
  if (!row) return;
  rowsOf(row.closest("table")).forEach((other) => (other.tabIndex = -1));
  row.tabIndex = 0;
  row.focus();
  if (row.dataset.drawerUrl && isDrawerOpen()) openDrawer(row);
}

function open(row) {
  if (row.dataset.drawerUrl && !isNarrow()) openDrawer(row);
  else row.querySelector("td.zs-title a, a")?.click();
}

function step(event, row) {
  const rows = rowsOf(row.closest("table"));
  const at = rows.indexOf(row);
  const letter = mayUseLetter(event) ? event.key.toLowerCase() : "";
  if (event.key === "ArrowDown" || letter === "j") return rows[at + 1];
  if (event.key === "ArrowUp" || letter === "k") return rows[at - 1];
  if (event.key === "Home") return rows[0];
  if (event.key === "End") return rows[rows.length - 1];
  return undefined;
}

function onKey(event) {
  const row = event.target.closest?.("table[data-rows] tr[data-row]");
  if (!row || isTyping(event) || !isPlainKey(event)) return;
  const next = step(event, row);
  if (next !== undefined) {
    event.preventDefault();
    goTo(next);
  } else if (event.key === "Enter" && event.target === row) {
    event.preventDefault();
    open(row);
  } else if (event.key.toLowerCase() === "x" && mayUseLetter(event)) {
    row.querySelector("input[type=checkbox]")?.click();
  }
}

function onClick(event) {
  const row = event.target.closest("table[data-rows] tr[data-row]");
  if (!row || event.target.closest("input, button, label, summary")) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || isNarrow()) return;
  const link = event.target.closest("a");
  if (link && !link.closest("td.zs-title")) return;
  if (row.dataset.drawerUrl) {
    event.preventDefault();
    rowsOf(row.closest("table")).forEach((other) => (other.tabIndex = -1));
    row.tabIndex = 0;
    openDrawer(row);
  } else if (!link && !window.getSelection()?.toString()) {
    row.querySelector("td.zs-title a")?.click();
  }
}

/** J with nothing chosen goes to the first row of the page. */
function onFreeKey(event) {
  if (!mayUseLetter(event) || event.key.toLowerCase() !== "j" || event.target.closest?.("tr[data-row]"))
    return;
  goTo(document.querySelector("table[data-rows] tr[data-row][tabindex='0']"));
}

export function startRows() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onFreeKey);
  document.addEventListener("click", onClick);
  onEach("table[data-rows]", (table) => {
    const rows = rowsOf(table);
    const current = rows.find((row) => row.classList.contains("is-current")) ?? rows[0];
    rows.forEach((row) => (row.tabIndex = row === current ? 0 : -1));
  });
}
