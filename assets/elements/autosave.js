/**
 * 暂存: a form saves itself to the server while one writes; nothing stays in the browser's storage.
 *   <form data-autosave="/incoming/…/draft/"> … <span class="zs-autosave" data-autosave-state role="status"></span>
 * Saves two seconds after the last stroke, at Ctrl+S, at a button [data-autosave-now], and when the page is hidden. A failed save is tried again from
 * memory with a growing pause; leaving with unsaved words asks first. The answer may be {"version": 7} for `_version`.
 */
import { onEach, post } from "./dom.js";
import { say } from "./words.js";

const PAUSE = 2000;
const LONGEST = 60000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.state = form.querySelector("[data-autosave-state]");
    this.pause = PAUSE;
    form.addEventListener("input", () => this.touch());
    form.addEventListener("change", () => this.touch());
    form.addEventListener("submit", () => this.stop());
    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-autosave-now]")) this.save();
    });
    form.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.save();
      }
    });
  }

  touch() {
    this.isUnsaved = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** While the form itself is sent, be still; if it comes back refused, go on. */
  stop() {
    const wasUnsaved = this.isUnsaved;
    clearTimeout(this.timer);
    this.isUnsaved = false;
    this.isStopped = true;
    setTimeout(() => {
      this.isStopped = false;
      if (wasUnsaved && this.form.isConnected) this.touch();
    }, 3000);
  }

  async save() {
    if (this.isSaving || this.isStopped) return;
    clearTimeout(this.timer);
    this.isSaving = true;
    this.isUnsaved = false;
    this.tell(say("saving"));
    try {
      await this.onSaved(await post(this.url, new FormData(this.form)));
    } catch {
      this.onFailed();
    }
    this.isSaving = false;
    if (this.isUnsaved && this.pause === PAUSE) this.touch();
  }

  async onSaved(answer) {
    this.pause = PAUSE;
    const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    this.tell(say("saved", { time }));
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    const version = isJson ? (await answer.json()).version : undefined;
    const field = this.form.elements.namedItem("_version");
    if (version !== undefined && field) field.value = version;
  }

  onFailed() {
    this.isUnsaved = true;
    this.pause = Math.min(this.pause * 2, LONGEST);
    this.timer = setTimeout(() => this.save(), this.pause);
    this.tell(say("unsaved"), true);
  }

  tell(words, isUnsaved = false) {
    if (!this.state) return;
    this.state.textContent = words;
    this.state.classList.toggle("is-unsaved", isUnsaved);
  }
}

export function startAutosave() {
  const running = new Set();
  onEach("form[data-autosave]", (form) => running.add(new Autosave(form)));
  const alive = () => [...running].filter((one) => one.form.isConnected);
  window.addEventListener("beforeunload", (event) => {
    if (alive().some((one) => one.isUnsaved)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) alive().forEach((one) => one.isUnsaved && one.save());
  });
}
