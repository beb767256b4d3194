#:property PublishAot=false
#:project ../build/GridWorld.Build.csproj
// Our training loop beside the same work in C and numba: dotnet run build.cs bench
// (alone, after a build: dotnet run bench/bench.cs -- [STEPS] [ROUNDS])

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using GridWorld.Build;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var root = Path.GetDirectoryName(here)!;
var steps = args.Length > 0 ? args[0] : "100000000";
var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
var shell = new Shell(root);
var peers = new Peers(shell, root);
var (ratios, costs) = (new JsonArray(), new JsonArray());

try
{
    var python = new[] { "python3", "/usr/bin/python3",
        "python" }.FirstOrDefault(name => shell.Ask(name, "-c", "import numba") is not null);
    string? peer = peers.HasCompiler ? peers.Compile("qlearning.c") : null;
    if (python is null) Console.WriteLine("no Python with numba: that column stays empty");

    var rows = new JsonArray();
    foreach (var size in new[] { "10", "100", "1000" })
    {
        var world = $"empty-{size}x{size}";
        List<JsonNode> ours = [], c = [], numba = [];
        for (var round = 0; round < rounds; round++)
        {
            // Side by side in time, so that a machine that slows down slows all of them.
            if (peer is not null) c.Add(peers.Measure(peer, size, size, steps, "1"));
            ours.Add(peers.Bench(world, long.Parse(steps)));
            if (python is not null) numba.Add(peers.Measure(python, Path.Combine(here, "peers", "qlearning_numba.py"), size, size, steps));
            Console.WriteLine(
                $"{world} {round + 1}/{rounds}: gridworld {Millions(Peers.Speed(ours[^1]))}"
                + (c.Count > 0 ? $", C {Millions(Peers.Speed(c[^1]))}" : "")
                + (numba.Count > 0 ? $", numba {Millions(Peers.Speed(numba[^1]))}" : "") + " million steps/s");
        }
        var row = new JsonObject
        {
            ["world"] = world,
            ["gridworld"] = Median(ours),
            ["c"] = Median(c),
            ["numba"] = Median(numba),
            ["ratio_to_c"] = c.Count > 0 ? Median(ours) / Median(c) : null,
            ["ratio_to_numba"] = numba.Count > 0 ? Median(ours) / Median(numba) : null,
            ["same_bits_as_c"] = c.Count > 0 ? Peers.AreSame(ours[0], c[0]) : null,
        };
        rows.Add(row);
    }

    double C(string size) => Peers.Speed(peers.Measure(peer!, size, size, steps, "1"));
    Func<double>? cFast = peer is null ? null : () => C("10"), cLarge = peer is null ? null : () => C("100");
    string[] grid = ["--world", "empty-100x100", "--ties", "first"], small = ["--world", "empty-10x10", "--ties", "first"];
    if (cFast is not null) Compare("8 seeds on one core, 10×10, against C", 1.5, () => Ours([.. small, "--seeds", "8"]), cFast);
    Compare("random ties against first best, 100×100", 0.9, () => Ours("--world", "empty-100x100"), () => Ours(grid));
    foreach (var learner in new[] { "sarsa", "expected-sarsa", "double-q-learning" })
        Compare($"{learner} against Q-learning, 100×100", 0.8, () => Ours([.. grid, "--learner", learner]), () => Ours(grid));
    Compare("slippery FrozenLake 8×8 against 10×10", 0.6, () => Ours("--world", "frozen-lake-8x8", "--ties", "first"), () => Ours(small));
    Compare("windy with chance against 10×10", 0.6, () => Ours("--world", "windy-stochastic", "--ties", "first"), () => Ours(small));
    Compare("stored and watched by a page against neither, 100×100", 0.95, () => Ours([.. grid, "--watched"]), () => Ours(grid));
    Compare("two runs at once against one, 100×100", 1.9, () => Two(() => Ours(grid)), () => Ours(grid));
    if (cLarge is not null) Compare("two C programs at once against one, 100×100: what the machine gives", null, () => Two(cLarge), cLarge);

    string maze = Path.Combine(root, "data", "movingai", "random512-10-0.map"), million = "empty-1000x1000";
    Bound("exact values of a 512×512 map of MovingAI, octile, seconds", 1.5,
        () => Field("seconds", "solve", "--world", maze, "--scenario", "0"));
    Bound("a million states: compile and start, seconds", 0.5, () => Cost("start_seconds", million));
    Bound("a million states: bytes a state in all, unwatched", 120, () => Cost("bytes_per_state", million));
    Bound("checkpoint of a million states: training stands still, ms", 10, () => Cost("checkpoint_milliseconds", million));
    Bound("checkpoint of 10×10: training stands still, ms", 0.2, () => Cost("checkpoint_milliseconds", "empty-10x10"));
    Bound("allocated in the loop, bytes a step", 0, () => Cost("allocated_bytes_per_step", "empty-100x100"));

    var report = new JsonObject
    {
        ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd"),
        ["machine"] = Peers.Processor(),
        ["system"] = $"{RuntimeInformation.OSDescription}, .NET {Environment.Version}",
        ["compiler"] = peers.Compiler,
        ["steps"] = long.Parse(steps),
        ["rounds"] = rounds,
        ["rows"] = rows,
        ["ratios"] = ratios,
        ["costs"] = costs,
    };
    File.WriteAllText(Path.Combine(peers.Folder, "bench.json"), report.ToJsonString(new() { WriteIndented = true }) + "\n");
    var table = Table(report);
    Console.WriteLine($"\n{table}");
    peers.Rewrite("bench", table);
    return rows.All(row => (bool?)row!["same_bits_as_c"] ?? true)
        ? 0 : throw new StepFailed("the results differ from those of the C program: a speed that computes something else says nothing");
}
catch (StepFailed failure)
{
    Console.Error.WriteLine($"bench: {failure.Message}");
    return 1;
}

void Compare(string what, double? target, Func<double> measured, Func<double> against)
{
    List<double> pairs = [];
    for (var round = 0; round < rounds; round++) pairs.Add(measured() / against());
    ratios.Add(new JsonObject { ["what"] = what, ["ratio"] = pairs.Order().ElementAt(pairs.Count / 2), ["target"] = target });
    Console.WriteLine($"{what}: {(double)ratios[^1]!["ratio"]!:F2}×{(target is null ? "" : $" (target {target}×)")}");
}

void Bound(string what, double target, Func<double> measure)
{
    var median = Enumerable.Range(0, rounds).Select(_ => measure()).Order().ElementAt(rounds / 2);
    costs.Add(new JsonObject { ["what"] = what, ["cost"] = median, ["target"] = target });
    Console.WriteLine($"{what}: {median:G3} (target at most {target})");
}

double Cost(string field, string world) => Field(field, "bench", "--world", world, "--steps", "1", "--ties", "first");

double Field(string field, params string[] command) => (double)peers.Command(command)[field]!;

double Ours(params string[] options) => Peers.Speed(peers.Command(["bench", "--steps", steps, .. options]));

static double Two(Func<double> run)
{
    var both = new[] { Task.Run(run), Task.Run(run) };
    Task.WaitAll(both);
    return both.Sum(one => one.Result);
}

static double? Median(List<JsonNode> measured) => measured.Count == 0 ? null : Peers.Median(measured.Select(Peers.Speed));

static string Millions(double? speed) => speed is { } known ? (known / 1e6).ToString("F1") : "";

static string Table(JsonNode report)
{
    var lines = report["rows"]!.AsArray().Select(row =>
        $"| {row!["world"]} | {Millions((double?)row["gridworld"])} | {Millions((double?)row["c"])} | {Times(row["ratio_to_c"])} |"
        + $" {Millions((double?)row["numba"])} | {Times(row["ratio_to_numba"])} |"
        + $" {((bool?)row["same_bits_as_c"] switch { true => "yes", false => "no", null => "" })} |");
    var others = report["ratios"]!.AsArray().Select(row => $"| {row!["what"]} | {Times(row["ratio"])} | {Times(row["target"])} |");
    var bounds = report["costs"]!.AsArray().Select(row => $"| {row!["what"]} | {(double)row["cost"]!:G3} | {(double)row["target"]!:G3} |");
    return $"""
        | world | gridworld, million steps/s | C | ratio to C | numba | ratio to numba | same bits as C |
        |---|---|---|---|---|---|---|
        {string.Join('\n', lines)}

        | work | ratio | target |
        |---|---|---|
        {string.Join('\n', others)}

        | cost | measured | at most |
        |---|---|---|
        {string.Join('\n', bounds)}

        {report["date"]}, {report["machine"]}, {report["system"]}{(report["compiler"] is { } compiler ? $", {compiler}" : "")};
        {(long)report["steps"]!:N0} steps, medians of {report["rounds"]} interleaved runs.
        """;

    static string Times(JsonNode? ratio) => ratio is null ? "" : $"{(double)ratio:F2}×";
}
