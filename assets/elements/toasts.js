/**
 * Notices at the foot of the page, spoken politely.
 *   from a script:  tell("已复制")
 *   from a view:    tell(request, "…") for the next page, tell_now(response, "…") for an htmx answer (HX-Trigger zs:tell)
 */
const LASTING = 6000;

export function tell(text, { isError = false } = {}) {
  const region = document.getElementById("toasts");
  if (!region || !text) return;
  const toast = document.createElement("p");
  toast.className = isError ? "zs-toast is-error" : "zs-toast";
  toast.textContent = text;
  region.append(toast);
  leaveLater(toast, isError);
}

function leaveLater(toast, isError) {
  setTimeout(() => toast.remove(), isError ? LASTING * 2 : LASTING);
}

export function startToasts() {
  document.querySelectorAll("[data-toast]").forEach((toast) => leaveLater(toast, false));
  document.body.addEventListener("zs:tell", (event) =>
    tell(event.detail.text, { isError: event.detail.error }),
  );
}
