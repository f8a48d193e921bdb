/**
 * The search box: `/` puts the cursor in; results appear while typing.
 *   <form role="search" action="/search/" data-suggest="/search/suggest/"> <input type="search" name="q"> …
 * The address answers ?q=… with lines <a role="option" id="…" href="…">; ↑↓ choose, Enter opens, Esc closes.
 */
import { isPlainKey, isTyping, onEach } from "./dom.js";
import { say } from "./words.js";

const PAUSE = 220;

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = document.createElement("div");
    this.list.id = `${this.input.id || "search"}-results`;
    this.list.className = "zs-suggest";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.getAttribute("aria-label") || "");
    this.spoken = document.createElement("span");
    this.spoken.className = "visually-hidden";
    this.spoken.setAttribute("role", "status");
    form.append(this.list, this.spoken);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.input.addEventListener("input", () => this.askSoon());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) this.close();
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < 2) return this.close();
    this.abort?.abort();
    this.abort = new AbortController();
    const url = `${this.form.dataset.suggest}?q=${encodeURIComponent(words)}`;
    try {
      const answer = await fetch(url, { signal: this.abort.signal, headers: { "HX-Request": "true" } });
      if (answer.ok) this.show(await answer.text());
    } catch {
      this.close();
    }
    return undefined;
  }

  show(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    this.list.replaceChildren(...parsed.body.childNodes);
    const { options } = this;
    options.forEach((option, index) => {
      option.id ||= `${this.list.id}-${index}`;
      option.tabIndex = -1;
      option.setAttribute("aria-selected", "false");
    });
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.spoken.textContent = options.length ? say("results", { count: options.length }) : say("no_results");
    this.choose(null);
  }

  choose(option) {
    this.chosen = option;
    this.options.forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(null);
  }

  onKey(event) {
    if (event.isComposing) return;
    const { options } = this;
    const at = options.indexOf(this.chosen);
    if (event.key === "ArrowDown" && options.length) {
      event.preventDefault();
      this.choose(options[(at + 1) % options.length]);
    } else if (event.key === "ArrowUp" && options.length) {
      event.preventDefault();
      this.choose(options[(at - 1 + options.length) % options.length]);
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.chosen.click();
    } else if (event.key === "Escape") {
      if (this.list.hidden) return this.input.blur();
      // The browser itself would empty the box.
      event.preventDefault();
      this.close();
    }
  }
}

export function startSearchBox() {
  onEach("form[data-suggest]:not([data-suggest=''])", (form) => new Suggestions(form));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isTyping(event) || !isPlainKey(event)) return;
    const box = document.getElementById("global-search");
    if (!box || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
