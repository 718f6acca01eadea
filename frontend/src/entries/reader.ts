import { Cards } from "../reader/cards";
import { type Panel, Reader } from "../reader/reader";

const article = document.querySelector<HTMLElement>("article[data-text-id]");
if (article) void read(article);
const pairs = document.querySelector<HTMLElement>("[data-pairs]");
if (pairs) void import("../reader/pairs").then(({ followNotes }) => followNotes(pairs));

async function read(article: HTMLElement): Promise<void> {
  const aside = document.querySelector<HTMLElement>("[data-notes]");
  aside?.closest(".reader")?.classList.add("reader--layered");
  const cards = new Cards(article, aside);
  const reader = new Reader(article, cards);
  const margin = async (aside: HTMLElement): Promise<Panel> => {
    const { Margin } = await import("../reader/margin");
    return new Margin(aside, cards);
  };
  await reader.start(aside && margin(aside));
  // What only those need who stay comes when the page has its notes.
  void import("../textlayer/popover");
  const { Selecting } = await import("../selection/selecting");
  const { readingsUrl } = article.dataset;
  new Selecting(reader.layer, readingsUrl ? ["copy", "readings"] : ["copy"], (_action, { start, end }) =>
    location.assign(`${readingsUrl}?at=${start}-${end}`),
  );
  const steps = document.querySelector<HTMLElement>("[data-steps]");
  if (steps) {
    const { Steps } = await import("../reader/steps");
    new Steps(steps);
  }
  // Everything listens now, for whoever drives the page from outside.
  article.dataset.ready = "";
}
