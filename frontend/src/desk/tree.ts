/**
 * `<ul role="tree" data-tree>` of `<li role="treeitem" data-branch="/…/branch/">`: a branch is fetched when it is
 * opened and kept. Keys as in the ARIA pattern of a tree; without this script the arrow is a link to the branch.
 */

import { toast } from "../lib/toast";
import { t } from "./messages";

export function startTrees(): void {
  for (const tree of document.querySelectorAll<HTMLElement>("[data-tree]")) start(tree);
}

function start(tree: HTMLElement): void {
  const first = tree.querySelector<HTMLElement>("[role=treeitem]");
  if (first) first.tabIndex = 0;
  tree.addEventListener("click", (event) => {
    const arrow = (event.target as HTMLElement).closest<HTMLElement>("a.twig__open");
    const item = arrow?.closest<HTMLElement>("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focus(tree, item);
    void toggle(item);
  });
  tree.addEventListener("keydown", (event) => {
    const item = event.target as HTMLElement;
    if (item.getAttribute("role") !== "treeitem" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (act(tree, item, event.key)) event.preventDefault();
  });
}

function act(tree: HTMLElement, item: HTMLElement, key: string): boolean {
  const inward = getComputedStyle(tree).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const outward = inward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const items = [...tree.querySelectorAll<HTMLElement>("[role=treeitem]")].filter((one) =>
    one.checkVisibility(),
  );
  const here = items.indexOf(item);
  const open = item.getAttribute("aria-expanded") === "true";
  if (key === inward) {
    if (open) focus(tree, item.querySelector<HTMLElement>("[role=treeitem]"));
    else if (item.dataset.branch) void toggle(item);
  } else if (key === outward) {
    if (open) void toggle(item);
    else focus(tree, item.parentElement?.closest<HTMLElement>("[role=treeitem]") ?? null);
  } else if (key === "ArrowDown") focus(tree, items[here + 1] ?? null);
  else if (key === "ArrowUp") focus(tree, items[here - 1] ?? null);
  else if (key === "Home") focus(tree, items[0] ?? null);
  else if (key === "End") focus(tree, items.at(-1) ?? null);
  else if (key === "Enter") item.querySelector<HTMLElement>("a.twig__name")?.click();
  else return false;
  return true;
}

function focus(tree: HTMLElement, item: HTMLElement | null): void {
  if (!item) return;
  for (const one of tree.querySelectorAll<HTMLElement>("[role=treeitem][tabindex='0']")) one.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

async function toggle(item: HTMLElement): Promise<void> {
  const group = item.querySelector<HTMLElement>(":scope > [role=group]") ?? (await fetched(item));
  if (!group) return;
  const open = item.getAttribute("aria-expanded") !== "true";
  item.setAttribute("aria-expanded", String(open));
  group.hidden = !open;
}

async function fetched(item: HTMLElement): Promise<HTMLElement | null> {
  if (item.getAttribute("aria-busy") === "true") return null;
  item.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(item.dataset.branch ?? "", { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const group = document.createElement("ul");
    group.setAttribute("role", "group");
    group.className = "tree__group";
    group.hidden = true;
    group.append(...[...page.body.children].map((node) => document.importNode(node, true)));
    const level = Number(item.getAttribute("aria-level") ?? "1") + 1;
    for (const one of group.querySelectorAll("[role=treeitem]"))
      one.setAttribute("aria-level", String(level));
    item.append(group);
    return group;
  } catch {
    toast(t("tree_failed"));
    return null;
  } finally {
    item.removeAttribute("aria-busy");
  }
}
