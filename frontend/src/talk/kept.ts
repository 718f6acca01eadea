/** What is typed into a talk survives a closed window, and a card that scrolled away. */

/** The name under which the words of a field are kept: the form's address, what it does and to which reply. */
export function nameOf(form: HTMLFormElement): string {
  const value = (name: string): string => String(new FormData(form).get(name) ?? "");
  return `hashiya.talk.${new URL(form.action).pathname}|${value("answers")}|${value("reply")}`;
}

export function keep(form: HTMLFormElement, words: string): void {
  try {
    if (words.trim()) localStorage.setItem(nameOf(form), words);
    else localStorage.removeItem(nameOf(form));
  } catch {
    // A full or forbidden storage keeps nothing; the page itself still does.
  }
}

function kept(form: HTMLFormElement): string {
  try {
    return localStorage.getItem(nameOf(form)) ?? "";
  } catch {
    return "";
  }
}

export function forget(form: HTMLFormElement): void {
  keep(form, "");
}

/** Give empty fields back what was typed; a field that the server filled is left alone. */
export function restore(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-talk-form]")) {
    const field = form.querySelector<HTMLTextAreaElement>("textarea[name=body]");
    const words = field && !field.value ? kept(form) : "";
    if (!field || !words) continue;
    field.value = words;
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }
}
