/**
 * A button that has sent something stays in place, disabled, and says 正在送出…; so nothing is sent twice.
 * Works for htmx requests and for plain forms; nothing to mark up. A fetch (GET) only dims the button when it lasts.
 * A form or button that answers with a file says data-download: the page stays, so the button must not wait for another.
 */
import { say } from "./words.js";

const LONGEST = 20000;
const busy = new Map();

function hold(button, words) {
  if (!button || busy.has(button)) return;
  busy.set(button, [...button.childNodes]);
  button.classList.add("is-busy");
  button.setAttribute("aria-disabled", "true");
  if (words) button.replaceChildren(words);
}

function free(button) {
  if (!busy.has(button)) return;
  button.replaceChildren(...busy.get(button));
  busy.delete(button);
  button.classList.remove("is-busy");
  button.removeAttribute("aria-disabled");
}

function buttonOf(element, event) {
  if (event?.submitter) return event.submitter;
  if (element.matches("button, .btn")) return element;
  return element.matches("form") ? element.querySelector("button:not([type=button])") : null;
}

export function startBusy() {
  const waits = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, requestConfig, xhr } = event.detail;
    const button = buttonOf(elt, requestConfig.triggeringEvent);
    if (!button) return;
    if (requestConfig.verb === "get") xhr.zsWait = setTimeout(() => hold(button, ""), 400);
    else hold(button, say("busy"));
    waits.set(xhr, button);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    clearTimeout(xhr.zsWait);
    if (!xhr.getResponseHeader?.("HX-Redirect")) free(waits.get(xhr));
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "dialog" || event.target.target) return;
    const button = event.submitter;
    if (event.target.method !== "post" || !button) return;
    if ("download" in event.target.dataset || "download" in button.dataset) return;
    if (busy.has(button)) event.preventDefault();
    else setTimeout(() => hold(button, say("busy")));
    setTimeout(() => free(button), LONGEST);
  });
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest?.(".is-busy")) event.preventDefault();
    },
    true,
  );
  window.addEventListener("pageshow", () => [...busy.keys()].forEach(free));
}
