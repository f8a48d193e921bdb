/**
 * File fields of forms: what is chosen goes to the quarantine at once, and the form sends its address in place of the file.
 *   <div data-handed="/files/drops/" data-place data-matter data-promise="name of the box to tick" data-again="scan-handed">
 *     <input type="file" name="scan"> <ul data-handed-list> <li data-drop data-url data-state [data-working]> … </ul> </div>
 * The server draws the same lines; without this script the form sends the files themselves. They stay in the control until
 * they have arrived, so that a form sent too early loses nothing. Each line is asked after as long as the worker has it.
 */
import { onEach } from "./dom.js";
import { tell } from "./toasts.js";
import { refusalOf, send, sendingLine } from "./uploads.js";
import { say } from "./words.js";

const SOON = 1000;
const LATEST = 5000;

class HandedFiles {
  constructor(place) {
    this.place = place;
    this.input = place.querySelector("input[type=file]");
    this.list = place.querySelector("[data-handed-list]");
    this.form = this.input.form;
    this.going = 0;
    this.pause = SOON;
    this.input.addEventListener("change", () => this.take());
    this.promise?.addEventListener("change", () => this.take());
    document.addEventListener("visibilitychange", () => !document.hidden && this.refresh());
    this.follow();
  }

  get promise() {
    const name = this.place.dataset.promise;
    return name ? this.form?.querySelector(`input[name="${name}"]`) : null;
  }

  take() {
    if (!this.input.files.length || this.going) return;
    if (this.promise && !this.promise.checked) {
      tell(say("promise_for_files"), { isError: true });
      return;
    }
    const files = [...this.input.files];
    if (!this.input.multiple)
      this.list.querySelectorAll("input:checked").forEach((tick) => (tick.checked = false));
    this.going = files.length;
    files.reduce((before, file) => before.then(() => this.send(file)), Promise.resolve());
  }

  async send(file) {
    const line = sendingLine(file.name);
    this.list.append(line);
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const bar = line.querySelector("progress");
    this.onSent(await send(this.place.dataset.handed, this.bodyOf(file), token, bar), line);
  }

  bodyOf(file) {
    const body = new FormData();
    body.set("file", file, file.name);
    body.set("promise", "on");
    body.set("place", this.place.dataset.place);
    body.set("matter", this.place.dataset.matter);
    return body;
  }

  onSent(request, line) {
    this.going -= 1;
    if (request.status === 201) {
      this.draw(line, JSON.parse(request.responseText));
    } else {
      line.querySelector("progress").remove();
      line.classList.add("is-refused");
      this.part(line, "words", "zs-drop-advice").textContent = refusalOf(request);
    }
    // Not before all have arrived: until then the form would still send the files themselves.
    if (!this.going && request.status) this.input.value = "";
    this.pause = SOON;
    this.follow();
  }

  draw(line, said) {
    const isNew = !line.dataset.drop;
    if (isNew)
      this.list
        .querySelectorAll(`[data-drop="${said.id}"]`)
        .forEach((twin) => twin !== line && twin.remove());
    line.dataset.drop = said.id;
    line.dataset.url = said.url;
    line.dataset.state = said.state;
    line.toggleAttribute("data-working", !said.final);
    line.classList.toggle("is-refused", Boolean(said.code));
    if (isNew) this.tick(line, said.id);
    if (said.code) line.querySelector("input")?.remove();
    this.part(line, "label", "zs-meta").textContent = said.label;
    this.showProgress(line, said);
    this.part(line, "words", "zs-drop-advice").textContent = said.advice;
    if (!isNew) this.forgive();
  }

  /** Once nothing has to wait any more, the field no longer says that it has to. */
  forgive() {
    if (this.list.querySelector('[data-working], [data-state="unread"], [data-state="doubtful"]')) return;
    this.input.classList.remove("is-invalid");
    this.input.removeAttribute("aria-invalid");
    document.getElementById(`${this.input.id}-error`)?.replaceChildren();
  }

  tick(line, id) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "form-check-input";
    box.name = this.place.dataset.again;
    box.value = id;
    box.checked = true;
    const label = document.createElement("label");
    label.append(box, " ", line.querySelector("[data-name]"));
    line.prepend(label);
  }

  showProgress(line, said) {
    let bar = line.querySelector("progress");
    if (said.final) {
      bar?.remove();
      return;
    }
    bar = bar ?? document.createElement("progress");
    this.part(line, "label", "zs-meta").after(bar);
    if (said.total) {
      bar.max = said.total;
      bar.value = said.done;
    } else {
      bar.removeAttribute("value");
    }
    bar.setAttribute("aria-label", said.label);
  }

  part(line, name, css) {
    const found = line.querySelector(`[data-${name}]`);
    if (found) return found;
    const made = document.createElement("span");
    made.setAttribute(`data-${name}`, "");
    made.className = css;
    made.setAttribute("role", "status");
    line.append(made);
    return made;
  }

  follow() {
    clearTimeout(this.timer);
    if (!this.place.isConnected || !this.list.querySelector("[data-working]")) return;
    this.timer = setTimeout(() => this.refresh(), this.pause);
    this.pause = Math.min(this.pause * 1.2, LATEST);
  }

  async refresh() {
    clearTimeout(this.timer);
    for (const line of this.list.querySelectorAll(
      '[data-working], [data-state="unread"], [data-state="doubtful"]',
    )) {
      try {
        const answer = await fetch(line.dataset.url, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) this.draw(line, await answer.json());
      } catch {
        this.pause = LATEST;
      }
    }
    this.follow();
  }
}

export function startHandedFiles() {
  onEach("[data-handed]", (place) => new HandedFiles(place));
}
