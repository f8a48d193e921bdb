/**
 * Ticking rows and the bulk bar.
 *   <div data-ticks> <div class="zs-bulk" data-bulk hidden> <b data-ticked></b> … <button data-untick>取消选择</button></div>
 *     <input type="checkbox" data-tick-all> … <tr data-row> <input type="checkbox" name="id" data-tick> …
 * The bar shows how many are ticked and hides at none; Esc or 取消选择 unticks all.
 */
import { onEach } from "./dom.js";
import { isDrawerOpen } from "./drawer.js";
import { say } from "./words.js";

function refresh(scope) {
  const ticks = [...scope.querySelectorAll("[data-tick]")];
  const ticked = ticks.filter((tick) => tick.checked);
  ticks.forEach((tick) => {
    const row = tick.closest("tr");
    if (tick.checked) row?.setAttribute("aria-selected", "true");
    else row?.removeAttribute("aria-selected");
  });
  const all = scope.querySelector("[data-tick-all]");
  if (all) {
    all.checked = ticked.length > 0 && ticked.length === ticks.length;
    all.indeterminate = ticked.length > 0 && ticked.length < ticks.length;
  }
  const bar = scope.querySelector("[data-bulk]");
  if (!bar) return;
  bar.hidden = ticked.length === 0;
  bar.querySelector("[data-ticked]").textContent = say("selected", { count: ticked.length });
}

function untick(scope) {
  scope.querySelectorAll("[data-tick]").forEach((tick) => (tick.checked = false));
  refresh(scope);
}

export function startTicks() {
  document.addEventListener("change", (event) => {
    const scope = event.target.closest?.("[data-ticks]");
    if (!scope || !event.target.matches("[data-tick], [data-tick-all]")) return;
    if (event.target.matches("[data-tick-all]")) {
      scope.querySelectorAll("[data-tick]").forEach((tick) => (tick.checked = event.target.checked));
    }
    refresh(scope);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-untick]")) untick(event.target.closest("[data-ticks]"));
  });
  document.addEventListener("keydown", (event) => {
    const scope = event.target.closest?.("[data-ticks]");
    if (event.key === "Escape" && scope && !isDrawerOpen()) untick(scope);
  });
  onEach("[data-ticks]", refresh);
  document.addEventListener("htmx:afterSettle", () =>
    document.querySelectorAll("[data-ticks]").forEach(refresh),
  );
}
