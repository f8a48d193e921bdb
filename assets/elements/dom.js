/**
 * The few things every behaviour needs: run on what is there and on what htmx brings, know whether someone is typing,
 * know whether single-letter keys are wanted, send a form to the server.
 */
export function onEach(selector, start) {
  const startWithin = (root) => {
    if (root.matches?.(selector)) begin(root);
    root.querySelectorAll?.(selector).forEach(begin);
  };
  const begun = new WeakSet();
  const begin = (element) => {
    if (begun.has(element)) return;
    begun.add(element);
    start(element);
  };
  startWithin(document);
  document.addEventListener("htmx:load", (event) => startWithin(event.detail.elt));
}

export function isTyping(event) {
  const target = event.target;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  return target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

export function isPlainKey(event) {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
}

/** Single letters can be switched off (WCAG 2.1.4); they are off in inputs and under an open dialog. */
export function mayUseLetter(event) {
  const isOff = document.documentElement.dataset.keys === "off";
  return !isOff && isPlainKey(event) && !isTyping(event) && !document.querySelector("dialog[open]");
}

export function isNarrow() {
  return window.matchMedia("(max-width: 767px)").matches;
}

function csrfHeaders() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  } catch {
    return {};
  }
}

/** Send a form; an answer that leads to the sign-in page counts as a failure, not as done. */
export async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: csrfHeaders(),
    credentials: "same-origin",
  });
  if (!answer.ok || answer.redirected || answer.headers.get("HX-Redirect"))
    throw new Error(String(answer.status));
  return answer;
}
