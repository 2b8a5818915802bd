"use strict";
// Follows changes and fits the frames to what is in them. The page works without it, and then stands still.

(() => {
  // What a frame's height was, so that the page doesn't jump while the next mail loads.
  const heights = new Map();

  function fit(frame) {
    const inside = frame.contentDocument;
    if (!inside || !inside.body || inside.URL === "about:blank") return;
    frame.style.height = "0";
    const height = `${inside.documentElement.scrollHeight}px`;
    frame.style.height = height;
    heights.set(frame.dataset.width, height);
  }

  function fitAll() {
    const place = window.scrollY;
    for (const frame of document.querySelectorAll("iframe")) fit(frame);
    window.scrollTo(0, place);
  }

  function setUp() {
    for (const frame of document.querySelectorAll("iframe")) {
      if (heights.has(frame.dataset.width)) frame.style.height = heights.get(frame.dataset.width);
      frame.addEventListener("load", fitAll);
      if (frame.contentDocument && frame.contentDocument.readyState === "complete") fit(frame);
    }
  }

  function say(words) {
    const status = document.querySelector("[data-status]");
    if (status) status.textContent = words;
  }

  // Takes the page as it is now: the place stays, and so does the focus.
  async function takeAnew() {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) {
      say((await answer.text()).trim());
      return;
    }
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement ? document.activeElement.id : "";
    const opened = [...document.querySelectorAll("details")].map((each) => each.open);
    document.title = next.title;
    document.body.dataset.version = next.body.dataset.version;
    document.body.replaceChildren(...next.body.childNodes);
    document.querySelectorAll("details").forEach((each, at) => { each.open = Boolean(opened[at]); });
    setUp();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  setUp();
  window.addEventListener("resize", fitAll);
  const changes = new EventSource(`events?after=${document.body.dataset.version}`);
  changes.addEventListener("changed", (event) => {
    if (event.data !== document.body.dataset.version) takeAnew().catch(() => say("The preview can’t be reached."));
  });
  changes.addEventListener("error", () => say("The preview has ended; start it again, and this page goes on."));
})();
