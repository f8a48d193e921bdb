/**
 * Asking first. The question names the object, the note the consequence.
 *   <form {% ask_first "退回给县住建局？" "退回后留痕不可删除。" "退回" %}>   or the same on a button or link
 *   <button hx-post="…" hx-confirm="删除此附件？">                          htmx's own attribute uses the same dialog
 */
import { say } from "./words.js";

function ask(question, note, yes) {
  const dialog = document.getElementById("confirm-dialog");
  if (!dialog?.showModal) return Promise.resolve(window.confirm([question, note].filter(Boolean).join("\n")));
  dialog.querySelector("#confirm-question").textContent = question;
  dialog.querySelector("#confirm-note").textContent = note || "";
  dialog.querySelector("#confirm-yes").textContent = yes || say("confirm_yes");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function wordsOf(element, submitter) {
  const asks = submitter?.dataset.confirm ? submitter : element.closest("[data-confirm]");
  return asks ? [asks.dataset.confirm, asks.dataset.confirmNote, asks.dataset.confirmYes] : null;
}

async function onSubmit(event) {
  const form = event.target;
  const words = wordsOf(form, event.submitter);
  if (!words || form.dataset.agreed) {
    delete form.dataset.agreed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(...words))) return;
  form.dataset.agreed = "yes";
  form.requestSubmit(event.submitter ?? undefined);
}

async function onClick(event) {
  const link = event.target.closest("a[data-confirm], button[type=button][data-confirm]");
  if (!link || link.dataset.agreed) {
    if (link) delete link.dataset.agreed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(link.dataset.confirm, link.dataset.confirmNote, link.dataset.confirmYes))) return;
  link.dataset.agreed = "yes";
  link.click();
}

export function startConfirm() {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("htmx:confirm", async (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    if (await ask(event.detail.question)) event.detail.issueRequest(true);
  });
}
