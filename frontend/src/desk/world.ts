/**
 * `<div data-world>` in a form with the fields `latitude` and `longitude`: the numbers are the truth, the map writes
 * and draws them. Click or touch picks; arrow keys move the place by a hundredth of what is shown; + and - scale.
 */

const WIDTH = 360;
const HEIGHT = 180;
const DEEPEST = 256;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function startWorld(): void {
  const box = document.querySelector<HTMLElement>("[data-world]");
  const map = box?.querySelector<SVGSVGElement>("svg");
  const pin = box?.querySelector<SVGCircleElement>(".world__pin");
  const form = box?.closest("form");
  const latitude = form?.querySelector<HTMLInputElement>("[name=latitude]");
  const longitude = form?.querySelector<HTMLInputElement>("[name=longitude]");
  if (box && map && pin && latitude && longitude) new World(box, map, pin, latitude, longitude);
}

class World {
  private scale = 1;
  private center = { x: WIDTH / 2, y: HEIGHT / 2 };

  constructor(
    box: HTMLElement,
    private readonly map: SVGSVGElement,
    private readonly pin: SVGCircleElement,
    private readonly latitude: HTMLInputElement,
    private readonly longitude: HTMLInputElement,
  ) {
    const at = this.place();
    if (at) {
      this.center = at;
      this.scale = 8;
    }
    map.addEventListener("click", (event) => this.pick(event));
    map.addEventListener("keydown", (event) => {
      if (this.press(event.key, event.shiftKey)) event.preventDefault();
    });
    box.addEventListener("click", (event) => {
      const act = (event.target as HTMLElement).closest<HTMLElement>("[data-world-act]")?.dataset.worldAct;
      if (act) this.act(act);
    });
    for (const field of [latitude, longitude]) field.addEventListener("input", () => this.draw());
    box.hidden = false;
    this.draw();
  }

  /** The place that the numbers say, in units of the map. */
  private place(): { x: number; y: number } | null {
    const [lat, lon] = [this.latitude.value, this.longitude.value].map((value) => value.trim());
    if (!lat || !lon) return null;
    const [y, x] = [90 - Number(lat), Number(lon) + 180];
    return y >= 0 && y <= HEIGHT && x >= 0 && x <= WIDTH ? { x, y } : null;
  }

  private write(x: number, y: number): void {
    const digits = this.scale >= 32 ? 4 : this.scale >= 4 ? 3 : 2;
    this.longitude.value = (clamp(x, 0, WIDTH) - 180).toFixed(digits);
    this.latitude.value = (90 - clamp(y, 0, HEIGHT)).toFixed(digits);
    for (const field of [this.latitude, this.longitude])
      field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private pick(event: MouseEvent): void {
    const matrix = this.map.getScreenCTM()?.inverse();
    if (!matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    this.write(at.x, at.y);
  }

  private press(key: string, far: boolean): boolean {
    const arrow = ARROWS[key];
    if (arrow) {
      const at = this.place() ?? this.center;
      const step = ((far ? 10 : 1) * WIDTH) / this.scale / 100;
      this.write(at.x + arrow[0] * step, at.y + arrow[1] * step);
      this.center = this.place() ?? this.center;
      this.draw();
    } else if (key === "+" || key === "=") this.act("in");
    else if (key === "-") this.act("out");
    else if (key === "0") this.act("all");
    else return false;
    return true;
  }

  private act(act: string): void {
    if (act === "none") {
      this.latitude.value = this.longitude.value = "";
      this.latitude.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      this.scale = act === "all" ? 1 : clamp(this.scale * (act === "in" ? 2 : 0.5), 1, DEEPEST);
      this.center = this.place() ?? this.center;
    }
    this.draw();
  }

  private draw(): void {
    const [width, height] = [WIDTH / this.scale, HEIGHT / this.scale];
    const left = clamp(this.center.x - width / 2, 0, WIDTH - width);
    const top = clamp(this.center.y - height / 2, 0, HEIGHT - height);
    this.map.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
    const at = this.place() ?? { x: -9, y: -9 };
    this.pin.setAttribute("cx", String(at.x));
    this.pin.setAttribute("cy", String(at.y));
    this.pin.setAttribute("r", String(2.4 / this.scale));
    for (const dot of this.map.querySelectorAll(".world__place"))
      dot.setAttribute("r", String(1.1 / this.scale));
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
