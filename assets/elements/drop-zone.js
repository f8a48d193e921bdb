/**
 * 来文拖放: files dropped or chosen are sent one by one, and the cards below follow what becomes of them.
 *   <section data-drops="/drops/"> <form data-drop-form action="…one file…"> <input type="file" multiple>
 *     <input type="checkbox" name="promise"> … </form> <ul data-drop-sending></ul>
 *     <ol data-drop-cards> <li id="card-…" data-version="…" data-working> … </ol> </section>
 * The server draws the cards; only those whose data-version changed are put anew, so that focus and ticks stay. It is asked again
 * as long as a card is working, with a growing pause; leaving the page loses nothing. Without the promise files wait for it.
 */
import { onEach } from "./dom.js";
import { dragCards, makeDraggable } from "./drag-cards.js";
import { tell } from "./toasts.js";
import { refusalOf, send, sendingLine } from "./uploads.js";
import { say } from "./words.js";

const SOON = 1000;
const LATEST = 5000;

class Drops {
  constructor(section) {
    this.section = section;
    this.url = section.dataset.drops;
    this.form = section.querySelector("[data-drop-form]");
    this.sending = section.querySelector("[data-drop-sending]");
    this.input = this.form.querySelector("input[type=file]");
    this.promise = this.form.querySelector("[name=promise]");
    this.waiting = [];
    this.names = new Map();
    this.pause = SOON;
    this.listen();
    dragCards(section, () => this.refresh());
    makeDraggable(section.querySelectorAll("[data-drop-cards] > li"));
    this.follow();
  }

  listen() {
    const zone = this.section;
    let depth = 0;
    const over = (on) => zone.classList.toggle("is-over", on);
    zone.addEventListener("dragenter", (event) => {
      if (!hasFiles(event)) return;
      depth += 1;
      over(true);
    });
    zone.addEventListener("dragleave", () => {
      depth = Math.max(0, depth - 1);
      if (!depth) over(false);
    });
    zone.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
    zone.addEventListener("drop", (event) => {
      depth = 0;
      over(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    this.promise.addEventListener("change", () => this.take([]));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("visibilitychange", () => !document.hidden && this.refresh());
  }

  take(files) {
    this.waiting.push(...files);
    if (!this.waiting.length) return;
    if (!this.promise.checked) {
      tell(say("promise_first"), { isError: true });
      this.promise.focus();
      return;
    }
    for (const file of this.waiting.splice(0)) this.queue(file);
  }

  queue(file) {
    const line = sendingLine(file.name);
    this.sending.append(line);
    this.line = (this.line ?? Promise.resolve()).then(() => this.send(file, line));
  }

  async send(file, line) {
    const body = new FormData(this.form);
    body.delete(this.input.name);
    body.set(this.input.name, file, file.name);
    const bar = line.querySelector("progress");
    this.onSent(await send(this.form.action, body, body.get("csrfmiddlewaretoken"), bar), line, bar);
  }

  onSent(request, line, bar) {
    const isTaken = request.status >= 200 && request.status < 300;
    if (isTaken) {
      this.remember(request, line.firstChild.textContent);
      line.remove();
    } else {
      bar.remove();
      line.classList.add("is-refused");
      const words = document.createElement("span");
      words.textContent = refusalOf(request);
      line.append(words);
    }
    this.pause = SOON;
    this.refresh();
  }

  /** What was stopped or refused has lost its name on the server; this page still knows what its user dropped. */
  remember(request, name) {
    try {
      this.names.set(JSON.parse(request.responseText).id, name);
    } catch {
      this.names.clear();
    }
  }

  callByName() {
    for (const place of this.section.querySelectorAll("[data-nameless]"))
      if (this.names.has(place.dataset.nameless)) place.textContent = this.names.get(place.dataset.nameless);
  }

  follow() {
    clearTimeout(this.timer);
    if (!this.section.isConnected || !this.section.querySelector("[data-working]")) return;
    this.timer = setTimeout(() => this.refresh(), this.pause);
    this.pause = Math.min(this.pause * 1.2, LATEST);
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      const answer = await fetch(this.url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) this.draw(await answer.text());
    } catch {
      this.pause = LATEST;
    }
    this.follow();
  }

  draw(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const drawn = page.querySelector("[data-drop-cards]");
    const shown = this.section.querySelector("[data-drop-cards]");
    if (!drawn || !shown) return;
    for (const part of page.querySelectorAll("[data-drop-part]"))
      this.section.querySelector(`[data-drop-part="${part.dataset.dropPart}"]`).hidden = part.hidden;
    const kept = new Map([...shown.children].map((card) => [card.id, card]));
    const cards = [...drawn.children].map((card) => {
      const old = kept.get(card.id);
      if (!old || old.dataset.version !== card.dataset.version) return document.importNode(card, true);
      return old;
    });
    const focused = document.activeElement?.closest?.("[data-drop-cards] > *");
    const place = focused && { card: focused.id, name: document.activeElement.dataset.focus };
    if (cards.length !== shown.children.length || cards.some((card, at) => card !== shown.children[at]))
      shown.replaceChildren(...cards);
    cards.filter((card) => card !== kept.get(card.id)).forEach((card) => window.htmx.process(card));
    makeDraggable(cards);
    if (place?.name && !shown.contains(document.activeElement))
      document.getElementById(place.card)?.querySelector(`[data-focus="${place.name}"]`)?.focus();
    this.callByName();
  }
}

function hasFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

export function startDropZone() {
  onEach("[data-drops]", (section) => new Drops(section));
}
