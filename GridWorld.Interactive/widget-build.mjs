// Makes widget/dist for Widget.targets. Two builds may start this at once: the second waits, then finds nothing left to do.
import { execSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const widget = join(dirname(fileURLToPath(import.meta.url)), 'widget');
const lock = join(widget, '.building');
const built = join(widget, 'dist', '.built');
const installed = join(widget, 'node_modules', '.package-lock.json');

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`error: the widget is built with Node.js 20 or newer; 'node' on PATH is ${process.version}. Get a newer one from https://nodejs.org.`);
  process.exit(1);
}

await take(lock);
try {
  if (isOlder(installed, [join(widget, 'package.json'), join(widget, 'package-lock.json')])) {
    run('npm ci --no-audit --no-fund');
    writeFileSync(installed, readFileSync(installed)); // npm may keep the old time of an unchanged tree
  }
  if (isOlder(built, sources())) {
    run('npm run build');
    writeFileSync(built, '');
  }
} catch (e) {
  console.error(`widget: ${e.message}`); // what went wrong inside npm has been printed by npm
  process.exitCode = 1;
} finally {
  rmSync(lock, { recursive: true, force: true });
}

function run(command) {
  console.log(`widget: ${command}`);
  execSync(command, { cwd: widget, stdio: ['ignore', 'inherit', 'inherit'] });
}

function sources() {
  const skipped = new Set(['node_modules', 'dist', '.building']);
  const under = (folder) => readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .flatMap((entry) => entry.isDirectory() ? under(join(folder, entry.name)) : [join(folder, entry.name)]);
  return [...under(widget), fileURLToPath(import.meta.url)];
}

function isOlder(made, from) {
  if (!existsSync(made)) return true;
  const time = statSync(made).mtimeMs;
  return from.some((file) => statSync(file).mtimeMs > time);
}

// A folder is made by exactly one of many; it holds the maker's process id, so that a killed build blocks nobody.
async function take(folder) {
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, 'pid'), String(process.pid));
      return;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    await sleep(300);
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (e) {
    return e.code === 'ESRCH';
  }
}
