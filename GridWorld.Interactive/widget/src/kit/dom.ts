import { visible } from "./names";

type Attributes = Record<string, string | number | boolean | undefined>;

/**
 * An element with attributes and children; strings become text, never markup, and what would reorder it is shown by its code. `testid`
 * is `data-testid`.
 */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {},
  ...children: (Node | string)[]): HTMLElementTagNameMap[K]
{
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name === "testid" ? "data-testid" : name, value === true ? "" : visible(String(value)));
  }
  addChildren(element, ...children);
  return element;
}

const shown = (child: Node | string): Node | string => (typeof child === "string" ? visible(child) : child);

/** Appends children, as `el` does. */
export function addChildren(parent: Element, ...children: (Node | string)[]): void {
  parent.append(...children.map(shown));
}

/** Replaces all children, as `el` does. */
export function setChildren(parent: Element, ...children: (Node | string)[]): void {
  parent.replaceChildren(...children.map(shown));
}

/** Writes only differences, so that an unchanged page costs no layout and no screen-reader output. */
export function setText(node: Node, text: string): void {
  const shown = visible(text), only = node.firstChild;
  // The text of a node that stays costs the page less than another node.
  if (only instanceof Text && only === node.lastChild) {
    if (only.data !== shown) only.data = shown;
  } else if (node.textContent !== shown) node.textContent = shown;
}

export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== visible(value)) element.setAttribute(name, visible(value));
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

export function card(title: string, testid: string, ...header: (Node | string)[]): HTMLElement {
  return el("section", { class: `card ${testid}`, testid, "aria-label": title }, el("header", {}, el("h2", {}, title), ...header));
}

export function button(text: string, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const result = el("button", { type: "button", ...attributes }, text);
  result.addEventListener("click", onClick);
  return result;
}

/** A row of choices; at most one is pressed. */
export function segments<T extends string>(label: string, choices: readonly (readonly [T, string])[], chosen: T,
  choose: (value: T) => void
): {
  element: HTMLElement;
  press: (value: T | null) => void;
  name: (value: T, text: string) => void;
  buttons: Record<T, HTMLButtonElement>;
} {
  const buttons = new Map<T, HTMLButtonElement>();
  const element = el("span", { class: "seg", role: "group", "aria-label": label });
  const press = (value: T | null): void => {
    for (const [v, b] of buttons) setAttribute(b, "aria-pressed", String(v === value));
  };
  for (const [value, text] of choices) {
    const b = button(text, { "data-value": value }, () => {
      press(value);
      choose(value);
    });
    buttons.set(value, b);
    element.append(b);
  }
  press(chosen);
  const name = (value: T, text: string): void => {
    const named = buttons.get(value);
    if (named) setText(named, text);
  };
  return { element, press, name, buttons: Object.fromEntries(buttons) as Record<T, HTMLButtonElement> };
}
