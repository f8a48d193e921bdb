/**
 * Small buttons: [data-copy="text"] or [data-copy-from="#id"] copies; [data-print] prints; [data-back] goes back in the
 * history (hidden without scripts); [data-reload] reads the page anew; [data-fill="#id"] writes its data-text into a field;
 * [data-toggle="id"] opens and closes a
 * part of the page (class is-open); [data-submit-on-change] on a select or input sends its form.
 */
import { onEach } from "./dom.js";
import { tell } from "./toasts.js";
import { say } from "./words.js";

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** The clipboard's own interface exists only under https; intranets are often without. */
function copyTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  return isDone;
}

async function onClick(event) {
  const button = event.target.closest("button, a");
  if (!button) return;
  const { dataset } = button;
  if ("copy" in dataset || "copyFrom" in dataset) {
    const from = dataset.copyFrom && document.querySelector(dataset.copyFrom);
    const isDone = await copy(from ? (from.value ?? from.textContent) : dataset.copy);
    tell(say(isDone ? "copied" : "not_copied"), { isError: !isDone });
  } else if ("print" in dataset) window.print();
  else if ("back" in dataset) window.history.back();
  else if ("reload" in dataset) window.location.reload();
  else if ("toggle" in dataset) toggle(button);
  else if ("fill" in dataset) fill(document.querySelector(dataset.fill), dataset.text);
}

function toggle(button) {
  const isOpen = document.getElementById(button.dataset.toggle).classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(isOpen));
}

function fill(field, text) {
  if (!field) return;
  field.value = field.value && "append" in field.dataset ? `${field.value}${text}` : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

export function startSmallButtons() {
  document.addEventListener("click", onClick);
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submit-on-change]")) event.target.form?.requestSubmit();
  });
  onEach("[data-back]", (button) => (button.hidden = window.history.length < 2));
}
