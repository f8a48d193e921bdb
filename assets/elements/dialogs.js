/**
 * Native dialogs and menus.
 *   <button data-open-dialog="id">  <dialog class="zs-dialog" id="id"> … <button data-close-dialog>
 *   <dialog data-remote> is opened by itself when htmx swaps something into it
 *   <details class="zs-menu"> closes on Esc, on a click outside or on a line, and when another opens; ? shows the keys
 */
import { mayUseLetter } from "./dom.js";

function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

function closeMenus(except) {
  document.querySelectorAll("details.zs-menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

function onClick(event) {
  closeMenus(event.target.closest(".zs-menu-list a") ? null : event.target.closest("details.zs-menu"));
  const opener = event.target.closest("[data-open-dialog]");
  if (opener && opener.getAttribute("aria-disabled") !== "true") {
    closeMenus();
    openDialog(document.getElementById(opener.dataset.openDialog));
  }
  if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
  if (event.target.matches("dialog.zs-dialog[open]") && isOutside(event)) event.target.close();
}

/** A click on the backdrop reaches the dialog itself, outside its box. */
function isOutside(event) {
  const box = event.target.getBoundingClientRect();
  return (
    event.clientY < box.top ||
    event.clientY > box.bottom ||
    event.clientX < box.left ||
    event.clientX > box.right
  );
}

function onKey(event) {
  if (event.key === "Escape") {
    const menu =
      event.target.closest?.("details.zs-menu[open]") ?? document.querySelector("details.zs-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    }
  } else if (event.key === "?" && mayUseLetter(event)) {
    openDialog(document.getElementById("keys-dialog"));
  }
}

export function startDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:afterSwap", (event) => {
    const dialog = event.detail.target.closest?.("dialog[data-remote]");
    if (dialog) openDialog(dialog);
  });
}
