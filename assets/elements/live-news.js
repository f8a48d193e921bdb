/**
 * Live news: one event stream for all tabs of the browser, courteous polling where there is none.
 *   <zs-live data-url="/live/" data-poll="/live/poll/" hidden></zs-live>
 * The stream sends `data: {"kind": "todo", "unread": 5}`; the poll answers the same as JSON, with "mark" to compare.
 * Every tab hears it as the events `zs:news` and `zs:news-todo` on <body>, so a part can say hx-trigger="zs:news-todo from:body".
 * Tabs choose one among them over a BroadcastChannel; the chosen one holds the stream and tells the others.
 */
const BEAT = 2000;
const SILENCE = 5500;
const SHORTEST = 20000;
const LONGEST = 180000;

class Live extends HTMLElement {
  connectedCallback() {
    this.id_ = Math.random().toString(36).slice(2);
    this.heardAt = Date.now();
    if (window.BroadcastChannel) {
      this.channel = new BroadcastChannel("zs-live");
      this.channel.onmessage = (event) => this.hear(event.data);
      this.watch = setInterval(() => this.look(), 1000 + Math.random() * 500);
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("pageshow", () => (this.heardAt = Date.now()));
      this.channel.postMessage({ type: "hello" });
      this.heardAt = Date.now() - SILENCE + 700 + Math.random() * 500;
    } else this.lead();
  }

  disconnectedCallback() {
    clearInterval(this.watch);
    this.leave();
    this.channel?.close();
  }

  hear(message) {
    if (message.type === "news") this.spread(message.news);
    else if (message.type === "bye") this.heardAt = 0;
    else if (message.type === "hello" && this.isLeading)
      this.channel.postMessage({ type: "beat", id: this.id_ });
    else if (message.type === "beat") {
      this.heardAt = Date.now();
      if (this.isLeading && message.id < this.id_) this.stop();
    }
  }

  look() {
    if (this.isLeading && Date.now() - (this.beatAt ?? 0) >= BEAT) {
      this.beatAt = Date.now();
      this.channel.postMessage({ type: "beat", id: this.id_ });
    } else if (!this.isLeading && Date.now() - this.heardAt > SILENCE) this.lead();
  }

  lead() {
    this.isLeading = true;
    this.channel?.postMessage({ type: "beat", id: this.id_ });
    this.listen();
  }

  leave() {
    if (!this.isLeading) return;
    this.stop();
    this.channel?.postMessage({ type: "bye" });
  }

  stop() {
    this.isLeading = false;
    this.stream?.close();
    clearTimeout(this.timer);
  }

  listen() {
    const { url } = this.dataset;
    if (!url || !window.EventSource) {
      this.pollLater(SHORTEST);
      return;
    }
    let failures = 0;
    this.stream = new EventSource(url, { withCredentials: true });
    this.stream.onopen = () => (failures = 0);
    this.stream.onmessage = (event) => this.pass(event.data);
    this.stream.onerror = () => {
      failures += 1;
      if (failures < 3) return;
      this.stream.close();
      this.retryAt = Date.now() + LONGEST;
      this.pollLater(SHORTEST);
    };
  }

  pollLater(pause) {
    clearTimeout(this.timer);
    const jitter = 0.8 + Math.random() * 0.4;
    this.timer = setTimeout(() => this.poll(), pause * jitter * (document.hidden ? 3 : 1));
  }

  /** The slower the server answers, the longer we wait; a failing server is asked most rarely. */
  async poll() {
    if (!this.isLeading) return;
    if (this.retryAt && Date.now() > this.retryAt && this.dataset.url) {
      this.retryAt = 0;
      this.listen();
      return;
    }
    if (!this.dataset.poll) return;
    const start = performance.now();
    try {
      const answer = await fetch(this.dataset.poll, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (text !== this.last) this.pass(text);
      this.last = text;
      this.pollLater(Math.min(LONGEST, Math.max(SHORTEST, (performance.now() - start) * 60)));
    } catch {
      this.pollLater(LONGEST);
    }
  }

  pass(text) {
    let news;
    try {
      news = JSON.parse(text);
    } catch {
      return;
    }
    this.channel?.postMessage({ type: "news", news });
    this.spread(news);
  }

  spread(news) {
    const tell = (name) => document.body.dispatchEvent(new CustomEvent(name, { detail: news }));
    tell("zs:news");
    if (news.kind) tell(`zs:news-${news.kind}`);
    if (typeof news.unread === "number") showUnread(news.unread);
  }
}

function showUnread(number) {
  const place = document.getElementById("unread");
  if (!place) return;
  const figure = document.createElement("span");
  figure.className = "zs-count";
  figure.textContent = number > 99 ? "99+" : String(number);
  place.replaceChildren(...(number ? [figure] : []));
}

export function startLiveNews() {
  if (!customElements.get("zs-live")) customElements.define("zs-live", Live);
}
