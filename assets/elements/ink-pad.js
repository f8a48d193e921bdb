/**
 * Handwriting 手写批示.
 *   <zs-ink-pad class="zs-pad"> <input type="hidden" name="ink"> <div class="zs-pad-paper"><canvas></canvas></div>
 *     <button data-ink-undo> <button data-ink-clear>  tabs: <button role="tab" data-ink-mode="pen|keys">  <div data-ink-panel="pen|keys">
 * The hidden field holds {"v":1,"w":600,"h":208,"s":[[[x,y,t,p],…],…]}: strokes in CSS pixels, milliseconds since the first
 * touch, pressure 0–1. With data-pen-first a touch screen begins with the pen. The SVG is drawn by the server (zhongshu/ui/ink.py). What the field holds at start is shown again.
 */
import SignaturePad from "signature_pad";
import { say } from "./words.js";

const round = (value) => Math.round(value * 10) / 10;

class InkPad extends HTMLElement {
  connectedCallback() {
    if (this.pad) return;
    this.field = this.querySelector("input[type=hidden]");
    this.canvas = this.querySelector("canvas");
    if (!this.canvas || !this.field) return;
    const penColor =
      getComputedStyle(document.documentElement).getPropertyValue("--zs-pen").trim() || "#16233f";
    this.pad = new SignaturePad(this.canvas, {
      penColor,
      minWidth: 0.55, // half the width of the line, as the server draws it
      maxWidth: 1.7,
      throttle: 8,
      minDistance: 2,
    });
    this.dropped = null;
    this.fit();
    this.read();
    this.pad.addEventListener("endStroke", () => this.write());
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.canvas);
    this.addEventListener("click", (event) => this.onClick(event));
    this.say();
    if ("penFirst" in this.dataset && window.matchMedia("(pointer: coarse)").matches) this.turnTo("pen");
  }

  disconnectedCallback() {
    this.watch?.disconnect();
    this.pad?.off();
  }

  /** Keep the strokes when the paper changes its size or the screen its ratio. */
  fit() {
    const { offsetWidth: width, offsetHeight: height } = this.canvas;
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    if (!width || (this.canvas.width === width * ratio && this.canvas.height === height * ratio)) return;
    const strokes = this.pad.toData();
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.pad.fromData(strokes);
  }

  read() {
    if (!this.field.value) return;
    try {
      const { s: strokes } = JSON.parse(this.field.value);
      const base = Date.now();
      const groups = strokes.map((points) => ({
        penColor: this.pad.penColor,
        dotSize: 0,
        minWidth: this.pad.minWidth,
        maxWidth: this.pad.maxWidth,
        velocityFilterWeight: this.pad.velocityFilterWeight,
        compositeOperation: "source-over",
        points: points.map(([x, y, t, p]) => ({ x, y, time: base + t, pressure: p })),
      }));
      this.pad.fromData(groups);
    } catch {
      this.field.value = "";
    }
  }

  write() {
    const groups = this.pad.toData().filter((group) => group.points.length);
    const start = groups[0]?.points[0].time ?? 0;
    const strokes = groups.map((group) =>
      group.points.map((p) => [round(p.x), round(p.y), Math.round(p.time - start), round(p.pressure || 0.5)]),
    );
    const { offsetWidth: w, offsetHeight: h } = this.canvas;
    this.field.value = strokes.length ? JSON.stringify({ v: 1, w, h, s: strokes }) : "";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.say();
  }

  say() {
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", say("ink_strokes", { count: this.pad.toData().length }));
  }

  undo() {
    const strokes = this.dropped && this.pad.isEmpty() ? this.dropped : this.pad.toData().slice(0, -1);
    this.dropped = null;
    this.pad.fromData(strokes);
    this.write();
  }

  clear() {
    if (!this.pad.isEmpty()) this.dropped = this.pad.toData();
    this.pad.clear();
    this.write();
  }

  onClick(event) {
    const mode = event.target.closest("[data-ink-mode]");
    if (event.target.closest("[data-ink-undo]")) this.undo();
    else if (event.target.closest("[data-ink-clear]")) this.clear();
    else if (mode) this.turnTo(mode.dataset.inkMode);
  }

  turnTo(mode) {
    this.querySelectorAll("[data-ink-mode]").forEach((tab) => {
      tab.setAttribute("aria-selected", String(tab.dataset.inkMode === mode));
    });
    this.querySelectorAll("[data-ink-panel]").forEach(
      (panel) => (panel.hidden = panel.dataset.inkPanel !== mode),
    );
    this.fit();
    this.nameText(mode);
  }

  /** Under ink the typed words are its 录文. */
  nameText(mode) {
    const label = this.querySelector(".zs-pad-typed label");
    if (!label) return;
    label.dataset.words ??= label.textContent;
    label.textContent = mode === "pen" ? say("ink_transcript") : label.dataset.words;
  }
}

export function startInkPad() {
  if (!customElements.get("zs-ink-pad")) customElements.define("zs-ink-pad", InkPad);
}
