// Loaded in the head before the first paint, so that a chosen theme does not flash, nor a chosen size of the text, and so that
// nothing is done before the page's other scripts can ask whether it is meant. No inline script: the CSP stays strict, and
// the pages stay the same bytes for everybody. It weighs less than two kilobytes compressed, is fetched once and then kept by the
// browser, and does no more before the first paint than read three names of the storage and set attributes of the root.
(() => {
  const root = document.documentElement;
  const THEME = "hashiya.theme";
  const READING = "hashiya.reading";
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be refused; the system's preference then decides.
    }
  };
  const keep = (key, value) => {
    try {
      if (value) {
        localStorage.setItem(key, value);
      } else {
        localStorage.removeItem(key);
      }
    } catch {
      // The choice then lasts for this page only.
    }
  };
  const dark = () => {
    const chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const wear = (theme) => {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme; // As the device is.
    }
  };

  // What a reader has chosen on pages that are read, `<html data-reading>`, which then also bears all of it, as JSON. What is
  // not named here, and what was not chosen, leaves the page as it is without script.
  // `frontend/src/options/choices.ts` offers these.
  const CHOICES = {
    notesAt: ["panel", "foot"],
    textSize: ["small", "large", "larger", "largest"],
    lineSpace: ["close", "wide"],
    numerals: ["arab"],
  };
  const parsed = (kept) => {
    try {
      return Object(JSON.parse(kept));
    } catch {
      return {}; // Somebody else wrote there.
    }
  };
  const look = (kept) => {
    const chosen = parsed(kept);
    root.dataset.reading = kept ?? "";
    for (const [name, known] of Object.entries(CHOICES)) {
      const own = name === "numerals" && chosen[name] === "own" && root.lang === "ar";
      const value = own ? "arab" : chosen[name];
      if (known.includes(value)) {
        root.dataset[name] = value;
      } else {
        delete root.dataset[name];
      }
    }
  };
  const dress = () => {
    wear(read(THEME));
    if ("reading" in root.dataset) {
      look(read(READING));
    }
  };
  dress();
  // A page that the browser had put aside comes back as it was: something may have been chosen on another meanwhile.
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      dress();
      show();
    }
  });
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
    wear(dark() ? "light" : "dark");
    keep(THEME, root.dataset.theme);
    show();
  });
  // The reading options choose here, so that one place alone keeps and shows what was chosen.
  document.addEventListener("hashiya:choose", (event) => {
    const { theme, reading } = event.detail;
    wear(theme);
    keep(THEME, theme);
    look(reading);
    keep(READING, reading);
    show();
  });
})();
