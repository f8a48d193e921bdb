/**
 * What to do with answers of htmx that are not simply swapped.
 * - a refusal (422/409 with the header ZS-Refused) goes into [data-refusals] of the form it came from, each message also
 *   under its field ([data-error-for=name]); without a form it goes to #page-message
 * - any other error is told in words; what was typed stays
 * - an answer is not shown where something else was asked for since: two forms opened in haste, the first one slow
 */
import { say } from "./words.js";
import { tell } from "./toasts.js";

const ERRORS = { 0: "offline", 401: "signed_out", 403: "forbidden", 404: "missing", 413: "too_large" };

function areaOf(element) {
  return element.closest("form, [data-refusals-scope]")?.querySelector("[data-refusals]");
}

function clearFields(form) {
  form.querySelectorAll("[data-refused-field]").forEach((input) => {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("data-refused-field");
    input.classList.remove("is-invalid");
  });
  form.querySelectorAll("[data-error-for]").forEach((place) => place.replaceChildren());
}

function markField(form, line) {
  const name = line.dataset.field;
  const input = name && form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  if (!input) return null;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("data-refused-field", "");
  input.classList.add("is-invalid");
  const place = form.querySelector(`[data-error-for="${CSS.escape(name)}"]`);
  if (place) place.textContent = line.textContent;
  return input;
}

function showRefusal(area) {
  const form = area.closest("form");
  const marked = form ? [...area.querySelectorAll("[data-field]")].map((line) => markField(form, line)) : [];
  const first = marked.find(Boolean);
  if (first) first.focus();
  else area.scrollIntoView({ block: "nearest" });
}

export function startAnswers() {
  const asked = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    asked.set(event.detail.requestConfig.target, event.detail.xhr);
    const area = areaOf(event.detail.elt);
    if (event.detail.requestConfig.verb === "get" || !area) return;
    area.replaceChildren();
    const form = area.closest("form");
    if (form) clearFields(form);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (requestConfig.verb === "get" && asked.get(requestConfig.target) !== xhr)
      event.detail.shouldSwap = false;
    if (!xhr.getResponseHeader("ZS-Refused")) return;
    const area = areaOf(requestConfig.elt);
    if (area) event.detail.target = area;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.swapOverride = "innerHTML";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.xhr?.getResponseHeader("ZS-Refused")) showRefusal(event.detail.target);
    else event.detail.target.querySelector?.("[aria-invalid=true]")?.focus();
  });
  document.addEventListener("htmx:responseError", (event) => {
    tell(say(ERRORS[event.detail.xhr.status] ?? "failed"), { isError: true });
  });
  document.addEventListener("htmx:sendError", () => tell(say("offline"), { isError: true }));
  document.addEventListener("htmx:timeout", () => tell(say("offline"), { isError: true }));
}
