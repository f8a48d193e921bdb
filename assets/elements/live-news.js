/**
 * Live news: one event stream for all tabs of the browser, courteous polling where there is none.
 *   <zs-live data-url="…stream with ticket…" data-poll="/pulse/" hidden></zs-live>
 * Stream: `event: pulse` with {"unread": 5, "desk": "mark"}; `event: renew` asks for a fresh ticket. Poll (header ZS-Background):
 * the same, with "pause" (seconds not to ask again) and "live" (address with a fresh ticket). Every tab raises on <body>
 *   zs:news      when the desk's mark changed: a part says hx-trigger="zs:news from:body"
 *   zs:unread    when the number of unread notices changed; the figure in the top bar follows by itself
 * Tabs choose one among them over a BroadcastChannel; the chosen one holds the stream and tells the others.
 */
const BEAT = 2000;
const SILENCE = 5500;
const TICKET = 90000;
const PAUSE = 20;
const RETRY = 180;

/** The choice among the tabs: `onLead` when this one is chosen, `onYield` when it steps back. */
class Tabs {
  constructor(onLead, onYield, onNews) {
    Object.assign(this, {
      onLead,
      onYield,
      onNews,
      id: Math.random().toString(36).slice(2),
      isLeading: false,
    });
    this.channel = new BroadcastChannel("zs-live");
    this.channel.onmessage = (event) => this.hear(event.data);
    this.heardAt = Date.now() - SILENCE + 600 + Math.random() * 600;
    this.watch = setInterval(() => this.look(), 900 + Math.random() * 400);
    this.send("hello");
  }

  send(type, news) {
    this.channel.postMessage({ type, id: this.id, news });
  }

  hear({ type, id, news }) {
    if (type === "news") this.onNews(news);
    else if (type === "bye") this.heardAt = 0;
    else if (type === "hello" && this.isLeading) this.greet();
    else if (type === "beat") {
      this.heardAt = Date.now();
      if (this.isLeading && id < this.id) this.yield_();
    }
  }

  /** A tab that has just opened hears at once who leads and what was told last. */
  greet() {
    this.send("beat");
    if (this.last) this.send("news", this.last);
  }

  look() {
    if (this.isLeading && Date.now() - this.beatAt >= BEAT) this.beat();
    else if (!this.isLeading && Date.now() - this.heardAt > SILENCE) this.lead();
  }

  beat() {
    this.beatAt = Date.now();
    this.send("beat");
  }

  lead() {
    this.isLeading = true;
    this.beat();
    this.onLead();
  }

  yield_() {
    this.isLeading = false;
    this.onYield();
  }

  leave() {
    if (!this.isLeading) return;
    this.yield_();
    this.send("bye");
  }

  end() {
    clearInterval(this.watch);
    this.leave();
    this.channel.close();
  }
}

class Live extends HTMLElement {
  connectedCallback() {
    this.since = performance.now();
    const start = () => this.start();
    const stop = () => this.stop();
    if (window.BroadcastChannel) {
      this.tabs = new Tabs(start, stop, (news) => this.spread(news));
      this.onLeave = () => this.tabs.leave();
      window.addEventListener("pagehide", this.onLeave);
    } else start();
  }

  disconnectedCallback() {
    window.removeEventListener("pagehide", this.onLeave);
    this.tabs?.end();
    this.stop();
  }

  start() {
    this.isOn = true;
    this.failures = 0;
    const isFresh = performance.now() - this.since < TICKET;
    if (this.dataset.url && isFresh) this.listen(this.dataset.url);
    else this.poll();
  }

  stop() {
    this.isOn = false;
    this.stream?.close();
    this.stream = null;
    clearTimeout(this.timer);
  }

  listen(url) {
    if (!window.EventSource) {
      this.pollIn(PAUSE);
      return;
    }
    this.stream?.close();
    this.stream = new EventSource(url);
    this.stream.addEventListener("pulse", (event) => {
      this.failures = 0;
      this.pass(JSON.parse(event.data));
    });
    this.stream.addEventListener("renew", () => this.again(0));
    this.stream.onerror = () => {
      this.failures += 1;
      this.again(this.failures < 3 ? PAUSE / 10 : PAUSE);
    };
  }

  again(pause) {
    this.stream?.close();
    this.stream = null;
    this.pollIn(pause);
  }

  pollIn(seconds) {
    clearTimeout(this.timer);
    if (!this.isOn || !this.dataset.poll) return;
    const jitter = 0.8 + Math.random() * 0.4;
    this.timer = setTimeout(() => this.poll(), seconds * jitter * (document.hidden ? 3 : 1) * 1000);
  }

  /** The server says for how long not to ask again; one that fails is asked most rarely. */
  async poll() {
    if (!this.isOn || !this.dataset.poll) return;
    try {
      const answer = await fetch(this.dataset.poll, {
        credentials: "same-origin",
        headers: { "ZS-Background": "1" },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.go(await answer.json());
    } catch {
      this.pollIn(RETRY);
    }
  }

  go(news) {
    this.pass({ unread: news.unread, desk: news.desk });
    const mayListen = news.live && (this.failures < 3 || Date.now() > (this.retryAt ?? 0));
    if (!mayListen) {
      this.pollIn(news.pause || PAUSE);
      return;
    }
    this.retryAt = Date.now() + RETRY * 1000;
    this.listen(news.live);
  }

  pass(news) {
    if (this.tabs) {
      this.tabs.last = news;
      this.tabs.send("news", news);
    }
    this.spread(news);
  }

  spread(news) {
    const tell = (name) => document.body.dispatchEvent(new CustomEvent(name, { detail: news }));
    if (this.desk !== undefined && news.desk !== this.desk) tell("zs:news");
    if (this.unread !== undefined && news.unread !== this.unread) tell("zs:unread");
    this.desk = news.desk;
    this.unread = news.unread;
    showUnread(news.unread);
  }
}

function showUnread(number) {
  const place = document.getElementById("unread");
  if (!place || typeof number !== "number") return;
  const figure = document.createElement("span");
  figure.className = "zs-count";
  figure.textContent = number > 99 ? "99+" : String(number);
  place.replaceChildren(...(number ? [figure] : []));
}

export function startLiveNews() {
  if (!customElements.get("zs-live")) customElements.define("zs-live", Live);
}
