import { el, setChildren } from "../kit/dom";

/** The page without a token: it shows nothing about a run. */
export function showHelp(host: HTMLElement): () => void {
  const page = el("article", { class: "help card", testid: "help" }, el("h1", {}, "This page needs its whole link"),
    el("p", {}, "GridWorld shows a training run to anyone who has the run's secret link. The link ends with # and a token; "
      + "here the token is missing or incomplete."),
    el("p", {}, "In a notebook, show the run again and open the link below the picture. On the command line, ",
      el("code", {}, "gridworld serve"), " and ", el("code", {}, "gridworld train --serve"), " print the link."),
    el("p", {}, "A server that was restarted has a new link. Training continues whether or not this page is open."));
  setChildren(host, page);
  return () => page.remove();
}
