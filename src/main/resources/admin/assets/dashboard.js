// Updates the figures of a running run once a second. Reloads the page when the run has ended.
(() => {
  "use strict";
  const live = document.querySelector("[data-progress-url]");
  if (!live) {
    return;
  }
  const stream = new EventSource(live.dataset.progressUrl);
  stream.onmessage = (message) => {
    const run = JSON.parse(message.data);
    for (const field of document.querySelectorAll("[data-live]")) {
      const value = run[field.dataset.live];
      if (value !== undefined && value !== null && field.textContent !== String(value)) {
        field.textContent = value;
      }
    }
    const bar = document.querySelector("progress");
    if (bar && run.percent > 0) {
      bar.value = run.percent;
    }
    if (run.status !== "RUNNING") {
      stream.close();
      window.location.reload();
    }
  };
})();

// A forecast that could not be read is said, and offered again.
(() => {
  "use strict";
  const unread = (event) => {
    const panel = event.detail.elt.closest("[data-forecast]");
    if (!panel) {
      return;
    }
    const note = document.createElement("p");
    note.className = "note bad";
    note.textContent = "The forecast could not be read from this server.";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "plain";
    again.textContent = "Try again";
    again.addEventListener("click", () => htmx.ajax("GET", "/forecast", {target: panel, swap: "innerHTML"}));
    panel.replaceChildren(note, again);
  };
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, unread);
  }
})();
