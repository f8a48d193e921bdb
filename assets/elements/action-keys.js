/**
 * One-letter keys of the action bar: P 批示 Z 转办 T 退回 C 催办 Y 传阅.
 *   <div class="zs-actions" data-action-keys> <a aria-keyshortcuts="p"> …
 * Off inside inputs, under dialogs and by preference; 办结 has no letter on purpose.
 */
import { mayUseLetter } from "./dom.js";

export function startActionKeys() {
  document.addEventListener("keydown", (event) => {
    if (!mayUseLetter(event) || !/^[a-z]$/i.test(event.key)) return;
    const key = event.key.toLowerCase();
    const button = document.querySelector(`[data-action-keys] [aria-keyshortcuts="${key}"]`);
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    event.preventDefault();
    button.focus();
    button.click();
  });
}
