/**
 * Zoom of preview pages (images of a document).
 *   <button data-zoom="out|in|fit" data-zoom-for="paper">  <div class="zs-under" id="paper"> <img class="zs-page-image"> …
 * [data-page-of="paper"] shows "2 / 6" while scrolling.
 */
import { onEach } from "./dom.js";
import { say } from "./words.js";

const STEPS = [0.5, 0.65, 0.8, 1, 1.25, 1.5, 2, 2.5];

function zoom(button) {
  const paper = document.getElementById(button.dataset.zoomFor);
  if (!paper) return;
  const now = Number(paper.dataset.zoomNow || 1);
  const larger = STEPS.find((step) => step > now) ?? STEPS[STEPS.length - 1];
  const smaller = [...STEPS].reverse().find((step) => step < now) ?? STEPS[0];
  const next = { in: larger, out: smaller, fit: 1 }[button.dataset.zoom];
  const at = paper.scrollTop / paper.scrollHeight;
  paper.dataset.zoomNow = String(next);
  paper.style.setProperty("--zoom", String(next));
  paper.scrollTop = at * paper.scrollHeight;
}

function followPage(place) {
  const paper = document.getElementById(place.dataset.pageOf);
  if (!paper) return;
  const refresh = () => {
    const pages = [...paper.querySelectorAll(".zs-page-image")];
    const middle = paper.getBoundingClientRect().top + paper.clientHeight / 2;
    const page = pages.filter((image) => image.getBoundingClientRect().top < middle).length || 1;
    place.textContent = say("page_of", { page, pages: pages.length || 1 });
  };
  paper.addEventListener("scroll", refresh, { passive: true });
  refresh();
}

export function startPageZoom() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(button);
  });
  onEach("[data-page-of]", followPage);
}
