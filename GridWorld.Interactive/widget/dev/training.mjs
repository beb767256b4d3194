// A little Q-learning, so that the mock server has a run to show. Not the engine: enough to look at.
const mazeMap = ["########################", "#S.....#......#........#", "#.####.#.####.#.######.#", "#.#....#.#..#...#....#.#", "#.#.####.#.##.###.##.#.#", "#.#......#.#..#....#.#.#", "#.########.#.##.##.#.#.#", "#..........#....#..#...#", "####.#.#####.##.#.####.#", "#....#.#......#.#....#.#", "#.####.#.##.#.#.####.#.#", "#......#.H..#......#...#", "#.######.####.####.#.#G#", "########################"];
export const maps = {
  maze: mazeMap,
  lake: ["SFFF", "FHFH", "FFFH", "HFFG"],
  cliff: ["............", "............", "............", "SCCCCCCCCCCG"],
};
export const actions = ["up", "right", "down", "left"];

export class Training {
  constructor(name, { alpha = 0.1, epsilon = 0.2, gamma = 0.99, seed = 7 } = {}) {
    this.name = name;
    this.map = maps[name];
    [this.width, this.height] = [this.map[0].length, this.map.length];
    const n = this.width * this.height;
    Object.assign(this, { alpha, epsilon, gamma, seed, q: new Float64Array(n * 4), visits: new Float64Array(n), episodes: [], steps: 0, td: 0, taken: [0, 0, 0, 0], agent: 0 });
    this.text = this.map.join("");
    this.start = this.text.indexOf("S");
    this.optimal = this.solve();
    this.random = seed;
  }
  rnd() { return (this.random = (this.random * 1664525 + 1013904223) >>> 0) / 4294967296; }
  wall(i) { return this.text[i] === "#"; }
  next(s, a) {
    const x = s % this.width + [0, 1, 0, -1][a], y = Math.floor(s / this.width) + [-1, 0, 1, 0][a];
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return s;
    const t = y * this.width + x;
    return this.wall(t) ? s : t;
  }
  reward(t) { const c = this.text[t]; return c === "H" ? -50 : c === "C" ? -100 : -1; }
  end(t) { return "GHC".includes(this.text[t]); }
  solve() {
    const v = new Float64Array(this.width * this.height);
    for (let k = 0; k < 600; k++) for (let s = 0; s < v.length; s++) if (!this.wall(s) && !this.end(s)) {
      let best = -1e9;
      for (let a = 0; a < 4; a++) { const t = this.next(s, a); best = Math.max(best, this.reward(t) + (this.end(t) ? 0 : this.gamma * v[t])); }
      v[s] = best;
    }
    return v;
  }
  best(s) { let b = 0; for (let a = 1; a < 4; a++) if (this.q[s * 4 + a] > this.q[s * 4 + b]) b = a; return b; }
  value(s) { return this.q[s * 4 + this.best(s)]; }
  episode() {
    let s = this.start, sum = 0, n = 0, ended = false;
    while (n < 600 && !ended) {
      const explore = this.rnd() < this.epsilon, a = explore ? Math.floor(this.rnd() * 4) : this.best(s);
      const t = this.next(s, a), r = this.reward(t);
      ended = this.end(t);
      const delta = r + (ended ? 0 : this.gamma * this.value(t)) - this.q[s * 4 + a];
      this.q[s * 4 + a] += this.alpha * delta;
      this.td += 0.001 * (Math.abs(delta) - this.td);
      this.visits[s]++; this.taken[a]++; sum += r; n++; s = t;
    }
    this.steps += n;
    this.agent = s;
    this.episodes.push([this.episodes.length + 1, sum, n, ended ? 1 : 0, this.epsilon, this.alpha, this.meanQ()]);
  }
  meanQ() { let m = 0, k = 0; for (let i = 0; i < this.visits.length; i++) if (this.visits[i]) { m += this.value(i); k++; } return k ? m / k : null; }
  buckets(from, to, points, column = 1) {
    const size = Math.max(1, Math.ceil((to - from + 1) / points)), result = [];
    for (let start = from; start <= to; start += size) {
      const end = Math.min(to, start + size - 1), r = this.episodes.slice(start - 1, end).map(e => e[column]);
      const mean = r.reduce((a, b) => a + b, 0) / r.length;
      result.push([start, start + size - 1 > to ? to : end, Math.min(...r), Math.max(...r), mean, Math.sqrt(r.reduce((a, b) => a + (b - mean) ** 2, 0) / r.length), r.length]);
    }
    return { from, to, bucket: size, points: result, reset: true };
  }
  reached(ends) { let e = 0, steps = 0; return ends.map(end => { for (; e < end; e++) steps += this.episodes[e][2]; return [end, steps, steps / 20_000]; }); }
  tile(layer) {
    const n = this.width * this.height, values = [];
    for (let i = 0; i < n; i++) values.push(this.wall(i) || !this.visits[i] ? NaN : layer === "visits" ? this.visits[i] : layer === "optimal_value" ? this.optimal[i] : layer === "optimal_difference" ? this.value(i) - this.optimal[i] : this.value(i));
    const finite = values.filter(Number.isFinite), lo = Math.min(0, ...finite), hi = Math.max(lo, ...finite), scale = (hi - lo || 1) / 65534;
    const real = finite.length ? [Math.min(...finite), Math.max(...finite)] : [0, 0], s = (real[1] - real[0] || 1) / 65534;
    const data = Buffer.alloc(n * 2), policy = Buffer.alloc(n), cells = Buffer.from(this.text, "ascii");
    values.forEach((v, i) => data.writeUInt16LE(Number.isNaN(v) ? 65535 : Math.round((v - real[0]) / s), i * 2));
    for (let i = 0; i < n; i++) { const m = this.value(i); for (let a = 0; a < 4; a++) if (this.q[i * 4 + a] === m) policy[i] |= 1 << a; }
    void scale;
    return { episode: this.episodes.length, layer, x: 0, y: 0, width: this.width, height: this.height, step: 1, columns: this.width, rows: this.height, data: data.toString("base64"), bits: 16, scale: s, offset: real[0], nan: 65535, policy: policy.toString("base64"), cells: cells.toString("base64") };
  }
}
