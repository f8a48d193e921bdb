/**
 * Choosing people and units.
 *   <select data-chooser="/people/lookup/?kind=person" data-placeholder="…" [multiple] [data-max="1"]>
 * The address answers ?q=… with {"results": [{"value": "…", "text": "林晓禾", "note": "文书股"}]}. Options already in the
 * select are kept and offered at once; without scripts the plain select remains.
 */
import TomSelect from "tom-select/base";
import removeButton from "tom-select/plugins/remove_button/plugin.js";
import { onEach } from "./dom.js";
import { say } from "./words.js";

TomSelect.define("remove_button", removeButton);

function line(cls, text, note) {
  const element = document.createElement("div");
  element.className = cls;
  element.append(text);
  if (note) {
    const small = document.createElement("span");
    small.className = "zs-meta";
    small.textContent = ` ${note}`;
    element.append(small);
  }
  return element;
}

async function lookUp(url, query) {
  const separator = url.includes("?") ? "&" : "?";
  const answer = await fetch(`${url}${separator}q=${encodeURIComponent(query)}`, {
    credentials: "same-origin",
  });
  return answer.ok && !answer.redirected ? (await answer.json()).results : [];
}

function startOne(select) {
  const url = select.dataset.chooser;
  const chooser = new TomSelect(select, {
    plugins: select.multiple ? { remove_button: { title: say("remove", { name: "" }) } } : {},
    placeholder: select.dataset.placeholder || say("type_to_search"),
    maxItems: select.multiple ? Number(select.dataset.max) || null : 1,
    searchField: ["text", "note", "initials"],
    loadThrottle: 250,
    closeAfterSelect: !select.multiple,
    hidePlaceholder: true,
    maxOptions: 100,
    shouldLoad: (query) => Boolean(url) && query.length > 0,
    load: (query, done) => lookUp(url, query).then(done, () => done()),
    score: url ? () => () => 1 : undefined,
    onItemAdd() {
      this.setTextboxValue("");
      this.refreshOptions(false);
    },
    render: {
      option: (data) => line("option", data.text, data.note),
      item: (data) => line("item", data.text),
      no_results: () => line("no-results", say("nothing_found")),
      loading: () => line("no-results", say("searching")),
    },
  });
  select.setAttribute("aria-hidden", "true");
  select.tabIndex = -1;
  if (select.getAttribute("aria-describedby")) {
    chooser.control_input.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
  }
}

export function startChoosers() {
  onEach("select[data-chooser]", startOne);
}
