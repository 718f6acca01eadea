// Loaded in the head before the first paint, so that a chosen theme does not flash, and so that nothing is done before the
// page's other scripts can ask whether it is meant. No inline script: the CSP stays strict.
(() => {
  const root = document.documentElement;
  const KEY = "hashiya.theme";
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be refused; the system's preference then decides.
    }
  };
  const dark = () => {
    const chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const stored = read(KEY);
  if (stored === "light" || stored === "dark") {
    root.dataset.theme = stored;
  }
  if (read("hashiya.shortcuts") === "off") {
    root.dataset.shortcuts = "off";
  }
  root.dataset.script = "on";

  // A button pressed while the page is still coming waits for the scripts that ask first, show progress and keep drafts.
  let held = null;
  const hold = (event) => {
    if (event.target instanceof HTMLFormElement && event.target.method === "post") {
      event.preventDefault();
      event.stopImmediatePropagation();
      held = [event.target, event.submitter];
    }
  };
  document.addEventListener("submit", hold, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("submit", hold, true);
    held?.[0].requestSubmit(held[1]);
  });

  const show = () => {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.setAttribute("aria-pressed", String(dark()));
      button.hidden = false;
    }
  };
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-theme-toggle]");
    if (!button) {
      return;
    }
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem(KEY, root.dataset.theme);
    } catch {
      // The choice then lasts for this page only.
    }
    show();
  });
})();
