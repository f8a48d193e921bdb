/**
 * Reading a paper: page field, thumbnails, turning, full screen, search with the hits marked on the pages.
 *   <div class="zs-viewer-bar" data-viewer="paper" data-find="…/find/"> [data-thumbs] [data-page-field] [data-turn]
 *     form[data-find-form] (input, output, button[data-hit="±1"]) [data-full]
 *   <nav id="thumbs" hidden> <button data-go="3">   <div class="zs-under" id="paper"> <figure class="zs-leaf" data-page="3"> <img>
 * Images are searched by the server, which sends boxes and never letters; paper that is letters is searched here.
 * Keys on the paper: + - 0 zoom, ← → page, Ctrl+F search. Zooming itself is page-zoom.js.
 */
import { onEach } from "./dom.js";
import { say } from "./words.js";

const PAUSE = 400;
const MOST = 500;

function startViewer(bar) {
  const paper = document.getElementById(bar.dataset.viewer);
  if (!paper) return;
  const viewer = { bar, paper, hits: [], at: -1, turn: 0 };
  startPages(viewer);
  startThumbs(viewer);
  startFind(viewer);
  startFull(viewer);
  startKeys(viewer);
  bar.querySelector("[data-turn]")?.addEventListener("click", () => turn(viewer));
}

const leaves = (viewer) => [...viewer.paper.querySelectorAll(".zs-leaf, .zs-document")];

function currentPage(viewer) {
  const middle = viewer.paper.getBoundingClientRect().top + viewer.paper.clientHeight / 2;
  return leaves(viewer).filter((leaf) => leaf.getBoundingClientRect().top < middle).length || 1;
}

function goTo(viewer, page) {
  const all = leaves(viewer);
  const leaf = all[Math.min(Math.max(page, 1), all.length) - 1];
  if (leaf) scrollTo(viewer, leaf.getBoundingClientRect().top - 12);
}

function scrollTo(viewer, top) {
  viewer.paper.scrollTop += top - viewer.paper.getBoundingClientRect().top;
}

function startPages(viewer) {
  const field = viewer.bar.querySelector("[data-page-field]");
  const refresh = () => {
    const page = currentPage(viewer);
    if (field && document.activeElement !== field) field.value = String(page);
    markThumb(viewer, page);
  };
  viewer.paper.addEventListener("scroll", refresh, { passive: true });
  field?.addEventListener("change", () => goTo(viewer, Number.parseInt(field.value, 10) || 1));
  field?.addEventListener("focus", () => field.select());
  field?.addEventListener("blur", refresh);
  for (const image of viewer.paper.querySelectorAll(".zs-leaf img")) {
    image.addEventListener("error", () => {
      image.alt = say("page_missing", { page: image.parentElement.dataset.page });
    });
  }
  refresh();
}

function thumbs(viewer) {
  const button = viewer.bar.querySelector("[data-thumbs]");
  return button ? document.getElementById(button.dataset.thumbs) : null;
}

function markThumb(viewer, page) {
  const column = thumbs(viewer);
  if (!column || column.hidden) return;
  for (const button of column.children) {
    const isHere = Number(button.dataset.go) === page;
    if (isHere === (button.getAttribute("aria-current") === "page")) continue;
    if (isHere) {
      button.setAttribute("aria-current", "page");
      column.scrollTop = button.offsetTop - column.clientHeight / 2;
    } else button.removeAttribute("aria-current");
    button.tabIndex = isHere ? 0 : -1;
  }
}

function startThumbs(viewer) {
  const column = thumbs(viewer);
  const button = viewer.bar.querySelector("[data-thumbs]");
  if (!column) return;
  button.addEventListener("click", () => {
    column.hidden = !column.hidden;
    button.setAttribute("aria-expanded", String(!column.hidden));
    markThumb(viewer, currentPage(viewer));
  });
  column.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-go]");
    if (chosen) goTo(viewer, Number(chosen.dataset.go));
  });
  column.addEventListener("keydown", (event) => {
    const all = [...column.children];
    const here = all.indexOf(event.target.closest("[data-go]"));
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || !all[next]) return;
    event.preventDefault();
    all[next].focus();
    goTo(viewer, next + 1);
  });
}

function turn(viewer) {
  const page = currentPage(viewer);
  viewer.turn = (viewer.turn + 90) % 360;
  const turned = (url) => {
    const [path, query] = url.split("?");
    const given = new URLSearchParams(query);
    given.set("turn", String(viewer.turn));
    return `${path}?${given}`;
  };
  for (const image of viewer.paper.querySelectorAll(".zs-leaf img")) {
    const isUpright = viewer.turn % 180 === 0;
    image.width = isUpright ? 210 : 297;
    image.height = isUpright ? 297 : 210;
    image.srcset = image.srcset.replace(/(\S+) (\d+w)/g, (_, url, width) => `${turned(url)} ${width}`);
    image.src = turned(image.getAttribute("src"));
  }
  drawHits(viewer);
  goTo(viewer, page);
}

/** A box of the upright page, as it lies on the turned one. */
function turnedBox([left, top, right, bottom], by) {
  if (by === 90) return [1 - bottom, left, 1 - top, right];
  if (by === 180) return [1 - right, 1 - bottom, 1 - left, 1 - top];
  if (by === 270) return [top, 1 - right, bottom, 1 - left];
  return [left, top, right, bottom];
}

function startFind(viewer) {
  const form = viewer.bar.querySelector("[data-find-form]");
  const field = form.querySelector("input");
  let timer;
  let asked = "";
  const ask = async () => {
    clearTimeout(timer);
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    await find(viewer, words, () => words === asked);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      field.value = "";
      ask();
    }
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      step(viewer, -1);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim() === asked) step(viewer, 1);
    else ask();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hit]");
    if (button) step(viewer, Number(button.dataset.hit));
  });
}

async function find(viewer, words, isStillAsked) {
  let found = { hits: [], has_letters: true };
  try {
    if (words)
      found = viewer.bar.dataset.find ? await ask(viewer.bar.dataset.find, words) : findHere(viewer, words);
  } catch {
    if (isStillAsked()) tellCount(viewer, say("find_failed"));
    return;
  }
  if (!isStillAsked()) return;
  viewer.hits = found.hits;
  const here = currentPage(viewer);
  const next = viewer.hits.findIndex((hit) => hit.page >= here);
  viewer.at = viewer.hits.length ? Math.max(0, next) : -1;
  drawHits(viewer);
  for (const button of viewer.bar.querySelectorAll("[data-hit]")) button.disabled = !viewer.hits.length;
  if (viewer.hits.length) showHit(viewer);
  else if (!words) tellCount(viewer, "");
  else tellCount(viewer, found.has_letters ? say("find_none") : say("find_no_letters"));
}

async function ask(url, words) {
  const answer = await fetch(`${url}?${new URLSearchParams({ q: words })}`, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
}

const plain = (letter) => letter.normalize("NFKC").toLowerCase().replace(/\s/g, "");

/** Find words in paper that is letters, and their boxes as parts of the sheet. */
function findHere(viewer, words) {
  const wanted = [...words].map(plain).join("");
  const hits = [];
  leaves(viewer).forEach((sheet, index) => {
    const { text, places } = lettersOf(sheet);
    for (let at = text.indexOf(wanted); wanted && at >= 0 && hits.length < MOST;) {
      hits.push({ page: index + 1, boxes: boxesOf(sheet, places[at], places[at + wanted.length - 1]) });
      at = text.indexOf(wanted, at + wanted.length);
    }
  });
  return { hits, has_letters: true };
}

function lettersOf(sheet) {
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  let text = "";
  const places = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.data.length; at += 1) {
      for (const letter of plain(node.data[at])) {
        text += letter;
        places.push([node, at]);
      }
    }
  }
  return { text, places };
}

function boxesOf(sheet, [first, start], [last, end]) {
  const range = document.createRange();
  range.setStart(first, start);
  range.setEnd(last, end + 1);
  const around = sheet.getBoundingClientRect();
  return [...range.getClientRects()].map((box) => [
    (box.left - around.left) / around.width,
    (box.top - around.top) / around.height,
    (box.right - around.left) / around.width,
    (box.bottom - around.top) / around.height,
  ]);
}

function drawHits(viewer) {
  for (const mark of viewer.paper.querySelectorAll(".zs-hit")) mark.remove();
  const all = leaves(viewer);
  viewer.hits.forEach((hit, index) => {
    for (const box of hit.boxes) {
      const [left, top, right, bottom] = turnedBox(box, viewer.turn);
      const mark = document.createElement("i");
      mark.className = "zs-hit";
      mark.dataset.of = String(index);
      Object.assign(mark.style, {
        left: `${left * 100}%`,
        top: `${top * 100}%`,
        width: `${(right - left) * 100}%`,
        height: `${(bottom - top) * 100}%`,
      });
      all[hit.page - 1]?.append(mark);
    }
  });
  markCurrent(viewer);
}

function markCurrent(viewer) {
  for (const mark of viewer.paper.querySelectorAll(".zs-hit")) {
    mark.classList.toggle("is-current", Number(mark.dataset.of) === viewer.at);
  }
}

function step(viewer, by) {
  const count = viewer.hits.length;
  if (!count) return;
  viewer.at = (viewer.at + by + count) % count;
  showHit(viewer);
}

function showHit(viewer) {
  markCurrent(viewer);
  const mark = viewer.paper.querySelector(".zs-hit.is-current");
  if (mark) scrollTo(viewer, mark.getBoundingClientRect().top - viewer.paper.clientHeight / 3);
  tellCount(viewer, say("find_at", { at: viewer.at + 1, count: viewer.hits.length }));
}

function tellCount(viewer, words) {
  viewer.bar.querySelector("output").textContent = words;
}

function startFull(viewer) {
  const button = viewer.bar.querySelector("[data-full]");
  const pane = viewer.bar.closest(".zs-preview");
  const set = (isFull) => {
    const page = currentPage(viewer);
    pane.classList.toggle("is-full", isFull);
    document.body.classList.toggle("has-full-paper", isFull);
    button.setAttribute("aria-pressed", String(isFull));
    goTo(viewer, page);
  };
  button.addEventListener("click", () => set(!pane.classList.contains("is-full")));
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !pane.classList.contains("is-full")) return;
    set(false);
    button.focus();
  });
}

function startKeys(viewer) {
  const press = (name) => viewer.bar.querySelector(`[data-zoom="${name}"]`)?.click();
  viewer.paper.addEventListener("keydown", (event) => {
    if (event.target !== viewer.paper || event.altKey) return;
    const key = event.ctrlKey || event.metaKey ? `Ctrl+${event.key.toLowerCase()}` : event.key;
    const acts = {
      "+": () => press("in"),
      "=": () => press("in"),
      "-": () => press("out"),
      0: () => press("fit"),
      ArrowRight: () => goTo(viewer, currentPage(viewer) + 1),
      ArrowLeft: () => goTo(viewer, currentPage(viewer) - 1),
      "Ctrl+f": () => viewer.bar.querySelector("[data-find-form] input").focus(),
    };
    const isScrolling = key.startsWith("Arrow") && viewer.paper.scrollWidth > viewer.paper.clientWidth + 1;
    if (!acts[key] || isScrolling) return;
    event.preventDefault();
    acts[key]();
  });
}

export function startViewers() {
  onEach("[data-viewer]", startViewer);
}
