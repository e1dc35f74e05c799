// The script of the console. Without it every page and form still works.
(() => {
  "use strict";
  const connection = document.getElementById("connection");
  const say = (sentence) => {
    if (connection) {
      connection.textContent = sentence;
      connection.hidden = sentence === "";
    }
  };

  // Figures of a running run, once a second. The page is loaded again when the run ends or its process is lost.
  const live = document.querySelector("[data-progress-url]");
  if (live) {
    const SILENCE_MILLIS = 8000;
    const title = document.title;
    let stream;
    let heard = Date.now();
    const show = (run) => {
      for (const field of document.querySelectorAll("[data-live]")) {
        const value = run[field.dataset.live];
        if (value !== undefined && value !== null && field.textContent !== String(value)) {
          field.textContent = value;
        }
      }
      const bar = live.querySelector("progress");
      if (bar && run.percent > 0) {
        bar.value = run.percent;
        document.title = run.percent + " % · " + title;
      }
      const headway = document.getElementById("headway");
      if (headway && headway.dataset.of === window.location.pathname) {
        headway.textContent = run.headway;
      }
      const nothing = document.querySelector("#events > .empty");
      const filters = document.querySelector("form[hx-target='#events']");
      if (nothing && filters && run.processed !== "0" && !filters.dataset.asked) {
        filters.dataset.asked = "yes";
        filters.requestSubmit();
      }
    };
    const listen = () => {
      stream = new EventSource(live.dataset.progressUrl);
      stream.onmessage = (message) => {
        heard = Date.now();
        say("");
        const run = JSON.parse(message.data);
        show(run);
        // Without heartbeats the page offers no stop.
        const silent = Boolean(run.takeover);
        if (run.status !== "RUNNING" || run.lost || silent !== (live.dataset.silent === "yes")) {
          stream.close();
          window.location.reload();
        }
      };
      stream.onerror = () => say("Connection lost. Trying again…");
    };
    listen();
    window.setInterval(() => {
      if (Date.now() - heard > SILENCE_MILLIS) {
        say("Connection lost. Trying again…");
        if (stream.readyState === EventSource.CLOSED) {
          // The server answers again, or asks for a login: the page itself says which.
          fetch(window.location.href, {redirect: "manual", cache: "no-store"})
            .then((answer) => (answer.ok || answer.type === "opaqueredirect" ? window.location.reload() : undefined))
            .catch(() => undefined);
        }
      }
    }, 2000);
  }

  // A page that the browser kept for its back button may show what is over.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });

  // The database is away: the page continues when it is back.
  const away = document.querySelector("[data-again]");
  if (away) {
    const page = away.dataset.again || window.location.href.replace(/#.*/, "");
    window.setInterval(() => {
      fetch(page, {redirect: "manual", cache: "no-store"})
        .then((answer) => (answer.status === 503 ? undefined : window.location.replace(page)))
        .catch(() => undefined);
    }, 5000);
  }

  // A part of a page that could not be loaded says so.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      const lost = failure === "htmx:responseError" ? "The server could not answer." : "The server did not answer.";
      say(lost + " Reload the page to try again.");
      const part = event.detail.target;
      if (part && part.matches("[data-forecast]")) {
        part.textContent = "The forecast could not be loaded.";
      }
    });
  }
  document.addEventListener("htmx:afterOnLoad", () => {
    if (!live) {
      say("");
    }
  });

  // What was typed survives a login in between. Passwords are not kept.
  const KEPT = "typed";
  const AGAIN = "typed-again";
  const keep = window.sessionStorage;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const fields = [...form.querySelectorAll("input[type=text], input[type=search], textarea, select")].filter((field) => field.id);
    const between = document.querySelector("[data-keeps-typed]");
    if (form.method === "post" && fields.length > 0 && !between) {
      keep.setItem(KEPT, JSON.stringify({
        page: window.location.pathname,
        fields: fields.map((field) => [field.id, field.value]),
      }));
    }
  });
  if (document.querySelector("[data-keeps-typed]")) {
    keep.setItem(AGAIN, "yes");
  } else if (keep.getItem(KEPT)) {
    const typed = JSON.parse(keep.getItem(KEPT));
    if (keep.getItem(AGAIN) && typed.page === window.location.pathname) {
      for (const [id, value] of typed.fields) {
        const field = document.getElementById(id);
        if (field) {
          field.value = value;
          field.closest("details")?.setAttribute("open", "");
        }
      }
    }
    keep.removeItem(KEPT);
    keep.removeItem(AGAIN);
  }
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
