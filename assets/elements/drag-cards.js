/**
 * 合为一件 by hand: a card of the basket dragged onto another joins it; ticking does the same for keyboard and touch.
 *   <form data-drop-list action="…"> <ol data-drop-cards> <li id="card-…"> <input name="drop" value="…"> …
 * The files of the dragged card are sent with act=onto and onto=the first file of the card they fell on. Cards without files
 * to tick (stopped, refused) neither move nor receive.
 */
import { post } from "./dom.js";
import { tell } from "./toasts.js";
import { say } from "./words.js";

const KIND = "application/x-zs-card";

const filesOf = (card) => [...card.querySelectorAll("input[name=drop]")].map((tick) => tick.value);
const cardOf = (event) => event.target.closest?.("[data-drop-cards] > li");

export function dragCards(section, onJoined) {
  let dragged = null;
  const mark = (card) => {
    for (const each of section.querySelectorAll(".is-target"))
      each.classList.toggle("is-target", each === card);
    card?.classList.add("is-target");
  };
  const target = (event) => {
    const card = cardOf(event);
    return dragged && card && card !== dragged && filesOf(card).length ? card : null;
  };

  section.addEventListener("dragstart", (event) => {
    if (event.target !== cardOf(event)) return;
    dragged = event.target;
    event.dataTransfer.setData(KIND, dragged.id);
    event.dataTransfer.effectAllowed = "move";
  });
  section.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const card = target(event);
    mark(card);
    if (card) event.preventDefault();
  });
  section.addEventListener("dragend", () => {
    mark(null);
    dragged = null;
  });
  section.addEventListener("drop", async (event) => {
    const card = target(event);
    if (!card) return;
    event.preventDefault();
    const body = new FormData();
    body.set("act", "onto");
    body.set("onto", filesOf(card)[0]);
    for (const file of filesOf(dragged)) body.append("drop", file);
    try {
      await post(card.closest("[data-drop-list]").action, body);
      tell(say("joined"));
    } catch {
      tell(say("not_joined"), { isError: true });
    }
    onJoined();
  });
}

/** Let the cards that hold files be dragged; without a mouse there is nothing to drag with. */
export function makeDraggable(cards) {
  if (!window.matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  for (const card of cards) card.draggable = filesOf(card).length > 0;
}
