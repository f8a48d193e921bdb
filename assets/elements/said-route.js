/**
 * Whom it goes to next, in a line that folds away: <details data-route> <summary><span data-route-words></span></summary> the
 * fields lead_unit, co_units, due_at </details>. The line says what the fields hold; it stays open while no unit is chosen.
 */
import { onEach } from "./dom.js";
import { say } from "./words.js";

const labels = (select) => [...(select?.selectedOptions ?? [])].filter((o) => o.value).map((o) => o.text);

function write(route) {
  const field = (name) => route.querySelector(`[name=${name}]`);
  const [lead] = labels(field("lead_unit"));
  const others = labels(field("co_units"));
  const due = /-(\d+)-(\d+)T(\d+:\d+)/.exec(field("due_at")?.value ?? "");
  const words = [
    lead ? say("route_lead", { name: lead }) : say("route_none"),
    others.length ? say("route_co", { names: others.join("、") }) : "",
    due ? say("route_due", { month: Number(due[1]), day: Number(due[2]), time: due[3] }) : "",
  ];
  route.querySelector("[data-route-words]").textContent = words.filter(Boolean).join("　");
  return Boolean(lead);
}

export function startSaidRoute() {
  onEach("[data-route]", (route) => {
    const isKnown = write(route);
    if (isKnown && !route.querySelector(".is-invalid, [aria-invalid=true]")) route.open = false;
    for (const event of ["change", "input"]) route.addEventListener(event, () => write(route));
  });
}
