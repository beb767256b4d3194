import { button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { isolated } from "../kit/names";
import type { WireSweep, WireSweepStatus } from "../wire/protocol";

export interface SweepHead {
  element: HTMLElement;
  draw: (status: WireSweepStatus | null, all: readonly WireSweep[], id: string, isSent: boolean) => void;
}

/** Name and state of a sweep or an ensemble, what steers it, and the way to the others. */
export function createHead(command: (verb: "pause" | "resume" | "stop") => void, toRuns: () => void,
  show: (id: string) => void): SweepHead
{
  const name = el("span", { testid: "sweep-name" }), details = el("small");
  const state = el("span", { class: "state", testid: "sweep-state", role: "status" });
  const pause = button("Pause", { class: "primary", testid: "sweep-pause" }, () => command(isTraining ? "pause" : "resume"));
  const stop = button("Stop", { testid: "sweep-stop", title: "End it; it can be resumed later" }, () => command("stop"));
  const looking = el("span", { class: "looking", testid: "sweep-view-only", hidden: true,
    title: "This link, or this server, can show it but not steer it" }, "view only");
  const others = el("select", { testid: "sweeps", "aria-label": "Sweep or ensemble" });
  others.addEventListener("change", () => show(others.value));
  const element = el("header", { class: "head" }, button("‹ Runs", { testid: "to-runs" }, toRuns), el("h1", {}, name, " ", details), state,
    looking, el("span", { class: "runs" }, others), el("span", { class: "spacer" }), pause, stop);
  let isTraining = false, listed = "";

  return {
    element,
    draw: (status, all, id, isSent) => {
      const key = all.map(s => `${s.sweep_id} ${s.state} ${s.name}`).join("\n");
      setHidden(others, all.length < 2);
      if (key !== listed && document.activeElement !== others) {
        listed = key;
        // A link may name one that is not there.
        setChildren(others, ...(all.some(s => s.sweep_id === id) ? [] : [el("option", { value: id, disabled: true }, "Choose another")]),
          ...all.filter(s => s.error === null).map(s =>
            el("option", { value: s.sweep_id }, `${isolated(s.name || s.sweep_id)} · ${s.kind} · ${s.state}`)
          ));
        others.value = id;
      }
      for (const control of [pause, stop]) control.hidden = true;
      if (!status) {
        setText(name, "GridWorld");
        return;
      }
      isTraining = status.state === "training";
      const isLive = isTraining || status.state === "paused";
      setText(name, status.name || status.sweep_id);
      setText(details, `${status.sweep ? "sweep" : "ensemble"} · ${isolated(status.learner)} · ${isolated(status.world)}`);
      setText(state, status.state);
      setAttribute(state, "data-state", status.state);
      setHidden(looking, !isLive || status.can_control);
      setHidden(pause, !status.can_control && !status.can_resume);
      setHidden(stop, !status.can_control);
      setText(pause, isTraining ? "Pause" : "Resume");
      for (const control of [pause, stop]) {
        control.disabled = isSent;
        setAttribute(control, "aria-busy", isSent ? "true" : null);
      }
    },
  };
}
