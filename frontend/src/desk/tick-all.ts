/**
 * A button that ticks all boxes of one name in its form, or none of them when all are ticked already.
 *
 * `<form> … <button type="button" class="script-only" data-tick-all="note">Tick all or none</button>`
 */

export function startTickingAll(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-tick-all]");
    if (!button?.form) return;
    const name = CSS.escape(button.dataset.tickAll ?? "");
    const boxes = [...button.form.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`)];
    const isTicked = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = isTicked;
  });
}
