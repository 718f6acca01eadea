import { LitElement } from "lit";

/**
 * A component in light DOM: the one style sheet dresses it, and ids and labels reach across.
 *
 * Reactive fields are named in `static properties`, declared with `declare` and set in the constructor:
 * a class field would hide Lit's accessor.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Tell the parents; `detail` is the event's content. */
  protected tell<T>(type: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
