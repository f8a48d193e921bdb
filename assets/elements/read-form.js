/**
 * A form that recognition filled, beside its paper.
 *   <form data-read-form> <input data-lines="f1:3 f1:4" data-must-see> … <button data-next-unsure> <b data-unsure-count>
 *     <button data-undo="contact" data-undo-value="…"> </form>
 *   <section data-read-paper> <rect data-line="f1:3" data-text="…"> or <button data-line="f1:3"> …
 * The field in focus marks its lines on the paper and brings them into sight; a line that is clicked goes into that field, the next
 * one after it is added. The cursor begins at the first unsure field; F7 goes to the next, Enter to the next field, Ctrl+Enter saves.
 */
import { isNarrow, onEach } from "./dom.js";
import { tell } from "./toasts.js";
import { say } from "./words.js";

const NUMBER = /[^\s：:]{1,20}[〔[［(（]\s*(?:19|20)\d\d\s*[〕\]］)）]\s*\u7b2c?\s*\d+\s*\u53f7?/;
const DAY = /((?:19|20)\d\d)\s*\u5e74\s*(\d{1,2})\s*\u6708\s*(\d{1,2})\s*\u65e5/;
const PHONE = /(?:0\d{2,3}[- ]?)?\d{7,8}(?:-\d{1,5})?|1[3-9]\d{9}/;

class ReadForm {
  constructor(form) {
    this.form = form;
    this.paper = document.querySelector("[data-read-paper]");
    this.field = null;
    form.addEventListener("focusin", (event) => this.onFocus(event.target));
    form.addEventListener("focusout", (event) => this.onSeen(event.target));
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "F7" && this.form.isConnected) this.onNext(event);
    });
    this.paper?.addEventListener("click", (event) => this.onLine(event));
    this.count();
    const wrong = form.querySelector("[aria-invalid=true]");
    const first = wrong ?? this.unsure()[0];
    if (first) first.focus();
    else form.querySelector("[data-last]")?.focus({ preventScroll: true });
  }

  fields() {
    return [...this.form.elements].filter(
      (field) => !field.disabled && field.type !== "hidden" && field.type !== "button" && field.offsetParent,
    );
  }

  unsure() {
    return this.fields().filter((field) => "mustSee" in field.dataset);
  }

  onFocus(field) {
    if (field.dataset.lines === undefined && !field.matches("input[type=text], textarea")) return;
    this.field = field;
    this.lastLine = null;
    if (isNarrow() && this.paper?.classList.contains("is-open")) field.scrollIntoView({ block: "start" });
    if (this.paper) this.mark(new Set((field.dataset.lines ?? "").split(" ").filter(Boolean)));
  }

  mark(names) {
    let first = null;
    for (const line of this.paper.querySelectorAll("[data-line]")) {
      const isOn = names.has(line.dataset.line);
      line.classList.toggle("is-marked", isOn);
      if (isOn) first = first ?? line;
    }
    if (first && !(isNarrow() && !this.paper.classList.contains("is-open")))
      first.scrollIntoView({ block: "center" });
  }

  onSeen(field) {
    if (!("mustSee" in field.dataset)) return;
    if (field.required && !field.value) return;
    delete field.dataset.mustSee;
    field.closest(".zs-field")?.classList.add("is-seen");
    this.count();
  }

  count() {
    const left = this.unsure().length;
    const place = document.querySelector("[data-unsure-count]");
    if (place) place.textContent = left ? say("unsure_left", { count: left }) : say("unsure_none");
  }

  onNext(event) {
    event.preventDefault();
    const waiting = this.unsure();
    const here = this.fields().indexOf(document.activeElement);
    const after = waiting.find((field) => this.fields().indexOf(field) > here);
    const next = after ?? waiting.find((field) => field !== document.activeElement);
    (next ?? this.form.querySelector("[data-last]"))?.focus();
  }

  onKey(event) {
    if (event.isComposing || event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("[data-save]"));
      return;
    }
    const field = event.target;
    if (field.matches("textarea, button, a, input[type=file]")) return;
    event.preventDefault();
    const all = this.fields();
    all[all.indexOf(field) + 1]?.focus();
  }

  onClick(event) {
    if (event.target.closest("[data-next-unsure]")) return this.onNext(event);
    const undo = event.target.closest("[data-undo]");
    if (!undo) return undefined;
    const field = this.form.elements.namedItem(undo.dataset.undo);
    if (!field) return undefined;
    field.value = undo.dataset.undoValue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    undo.closest(".zs-remembered")?.remove();
    field.focus();
    return tell(say("undone"));
  }

  onLine(event) {
    const line = event.target.closest("[data-line]");
    if (!line || !this.field?.isConnected) return;
    const follows = this.lastLine && isNext(this.lastLine, line.dataset.line);
    const words = (line.dataset.text ?? line.textContent).trim();
    if (!put(this.field, words, follows)) return;
    this.lastLine = line.dataset.line;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    const field = this.field;
    const last = this.lastLine;
    field.focus({ preventScroll: true });
    this.lastLine = last;
    tell(say("line_taken", { label: labelOf(field) }));
  }
}

function isNext(before, now) {
  const [file, line] = before.split(":");
  return now === `${file}:${Number(line) + 1}`;
}

/** Write a line into a field, as much of it as the field can hold; say whether anything was written. */
function put(field, words, follows) {
  if (field.matches("select, [type=checkbox], [type=number], [type=datetime-local]")) return false;
  if (field.type === "date") {
    const day = words.match(DAY);
    if (day) field.value = `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`;
    return Boolean(day);
  }
  const pattern = { doc_number: NUMBER, contact_phone: PHONE }[field.name];
  const found = pattern ? words.match(pattern)?.[0] : words.replace(/[：:]$/, "");
  field.value = follows && !pattern ? field.value + found : (found ?? words);
  return true;
}

function labelOf(field) {
  return field.labels?.[0]?.firstChild?.textContent.trim() ?? "";
}

export function startReadForm() {
  onEach("form[data-read-form]", (form) => new ReadForm(form));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open-paper]");
    if (!button) return;
    const paper = document.querySelector("[data-read-paper]");
    const isOpen = paper?.classList.toggle("is-open") ?? false;
    for (const each of document.querySelectorAll("[data-open-paper]"))
      each.setAttribute("aria-expanded", String(isOpen));
    document.body.classList.toggle("has-paper-open", isOpen);
    if (isOpen) paper.querySelector(".is-marked")?.scrollIntoView({ block: "center" });
  });
}
