// Copies the text of the element that a button names, and says so.
(() => {
  "use strict";
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  // Without TLS a browser offers no clipboard; the text is then selected and copied as by hand.
  const copy = async (element) => {
    const text = element.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (unavailable) {
      select(element);
      return document.execCommand("copy");
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    const source = button && document.getElementById(button.dataset.copy);
    if (!source) {
      return;
    }
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = (await copy(source)) ? "Copied" : "Press Ctrl+C";
    button.setAttribute("aria-live", "polite");
    window.setTimeout(() => { button.textContent = label; }, 2000);
  });
})();

// A filter that failed is said where its table is, and offered again. The back button reads the page again.
(() => {
  "use strict";
  if (!window.htmx) {
    return;
  }
  window.htmx.config.refreshOnHistoryMiss = true;
  const failed = (event) => {
    const form = event.detail.elt.closest("form.filters");
    const table = form && document.querySelector(form.getAttribute("hx-target"));
    if (!table) {
      return;
    }
    const note = document.createElement("p");
    note.className = "note bad";
    note.setAttribute("role", "alert");
    note.textContent = "This filter could not be read from the server, so there is no table. ";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "plain";
    again.textContent = "Try again";
    again.addEventListener("click", () => form.requestSubmit());
    table.replaceChildren(note, again);
  };
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, failed);
  }
})();

// A wrong password keeps the name that was typed, in this tab only.
(() => {
  "use strict";
  const name = document.querySelector(".login #username");
  if (!name) {
    return;
  }
  name.form.addEventListener("submit", () => sessionStorage.setItem("login-name", name.value));
  const typed = sessionStorage.getItem("login-name");
  if (typed && /[?&](error|wait)/.test(window.location.search)) {
    name.value = typed;
    document.getElementById("password").focus();
  }
})();
