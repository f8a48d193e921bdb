/**
 * What the scripts say. The words come with the page as JSON (zhongshu/ui/words.py), none is written here.
 *   say("selected", { count: 3 }) → "已选 3 项"
 */
let table;

export function say(name, values = {}) {
  if (!table) {
    const json = document.getElementById("zs-words");
    table = json ? JSON.parse(json.textContent) : {};
  }
  return (table[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
