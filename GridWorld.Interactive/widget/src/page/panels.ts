import { el } from "../kit/dom";
import { createMenu } from "../kit/menu";

const kept = "gridworld_hidden", year = 31_536_000;

/** The names of the hidden panels. A cookie holds for every port, so the next server's page has it too; a frame may refuse it. */
function read(): Set<string> {
  // eslint-disable-next-line no-restricted-syntax -- which panels are hidden is no secret
  return new Set(new RegExp(`(?:^|; )${kept}=([^;]*)`).exec(document.cookie)?.[1]?.split(".") ?? []);
}

function write(hidden: ReadonlySet<string>): void {
  // eslint-disable-next-line no-restricted-syntax -- as above
  document.cookie = `${kept}=${[...hidden].join(".")}; path=/; SameSite=Strict; max-age=${hidden.size > 0 ? year : 0}`;
}

/**
 * A menu that hides panels and shows them again; the browser remembers which. Each panel has a name, a title and an element. `changed`: a
 * panel that was hidden has to be drawn. `reveal` shows the panel of an element that someone wants to see, as the menu does.
 */
export function createPanels(panels: readonly (readonly [string, string, Element])[],
  changed: () => void): { menu: HTMLElement; reveal: (element: Element) => void }
{
  const hidden = read(), boxes = new Map<Element, HTMLInputElement>();
  const menu = createMenu("panels", "Panels shown", ...panels.map(([name, title, element]) => {
    const box = el("input", { type: "checkbox", "data-value": name, checked: !hidden.has(name) });
    boxes.set(element, box);
    const show = (): void => {
      element.classList.toggle("put-away", !box.checked);
    };
    show();
    box.addEventListener("change", () => {
      hidden[box.checked ? "delete" : "add"](name);
      write(hidden);
      show();
      changed();
    });
    return el("label", { class: "check" }, box, title);
  }));
  return { menu, reveal: element => {
    const box = boxes.get(element);
    if (box?.checked === false) box.click();
  } };
}
