/**
 * The drawer beside a register: non-modal, the list stays live.
 *   <div class="zs-split" id="split"> … <aside class="zs-drawer" id="drawer" hidden aria-label="详情"></aside></div>
 * A row with data-drawer-url opens it (htmx GET into #drawer); [data-close-drawer] or Esc closes it and returns the focus.
 */
import htmx from "htmx.org";

let timer;

const drawer = () => document.getElementById("drawer");
const split = () => drawer()?.closest(".zs-split");

export function isDrawerOpen() {
  return Boolean(split()?.classList.contains("has-drawer"));
}

export function openDrawer(row) {
  const place = drawer();
  if (!place) return;
  row
    .closest("table")
    .querySelectorAll("tr[data-row]")
    .forEach((other) => {
      other.classList.toggle("is-current", other === row);
    });
  split().classList.add("has-drawer");
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(
    () => htmx.ajax("GET", row.dataset.drawerUrl, { target: place, swap: "innerHTML" }),
    120,
  );
}

export function closeDrawer() {
  if (!isDrawerOpen()) return false;
  split().classList.remove("has-drawer");
  drawer().hidden = true;
  document.querySelector("tr.is-current")?.focus();
  return true;
}

export function startDrawer() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-drawer]")) closeDrawer();
  });
  document.addEventListener("keydown", (event) => {
    const isTaken = document.querySelector("dialog[open], details.zs-menu[open]");
    if (event.key === "Escape" && !isTaken && !event.defaultPrevented && closeDrawer())
      event.preventDefault();
  });
}
