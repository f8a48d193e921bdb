/** Files on their way to the quarantine: one request a file with its progress, and what a refusal says. */
import { say } from "./words.js";

/** A line with the file's name and a bar that fills while it is sent. */
export function sendingLine(name) {
  const line = document.createElement("li");
  const called = document.createElement("span");
  const bar = document.createElement("progress");
  called.dataset.name = "";
  called.textContent = name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", say("sending", { name }));
  line.append(called, bar);
  return line;
}

/** Send it; resolves with the request once it has ended, whatever came of it. */
export function send(url, body, token, bar) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token ?? "");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => done(request));
    request.send(body);
  });
}

/** What the answer to a refused file says, be it data or a page. */
export function refusalOf(request) {
  if (!request.status) return say("offline");
  try {
    const said = JSON.parse(request.responseText);
    return said.message ?? said.refusals?.map((one) => one.message).join(" ") ?? say("failed");
  } catch {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    return (
      page.querySelector("[data-refusal], .zs-refused li, .zs-note.is-error")?.textContent.trim() ||
      say("failed")
    );
  }
}
