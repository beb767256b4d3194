// The real command behind the page, for pictures and measurements: build the solution first (dotnet run build.cs build).
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const command = process.env.GRIDWORLD_CLI
  ?? fileURLToPath(new URL("../../../GridWorld.Cli/bin/Release/net10.0/GridWorld.Cli.dll", import.meta.url));

/** Runs a command to its end. */
export function gridworld(...args) {
  const { status, stderr } = spawnSync("dotnet", [command, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** Starts a command that serves (`serve`, `train --serve`); gives its link, and what ends it as `kill -9` does. */
export function serving(...args) {
  const child = spawn("dotnet", [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((found, failed) => {
    let said = "";
    const look = data => {
      said += data;
      const url = /^http:\/\/127\.0\.0\.1:\S+$/m.exec(said)?.[0];
      if (url) found({ url, pid: child.pid, kill: () => new Promise(done => child.once("exit", done).kill("SIGKILL")) });
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("exit", code => failed(new Error(`The command ended with ${code}: ${said}`)));
  });
}
