/**
 * Enter in a field that is looked with presses the button beside it, and does not send the form around both.
 *
 * `<input id="words"> … <button type="submit" name="find" data-enter-of="words">`
 */

export function startEnter(): void {
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || !(field instanceof HTMLInputElement) || !field.id)
      return;
    const button = document.querySelector<HTMLButtonElement>(`[data-enter-of="${CSS.escape(field.id)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
