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
var artifacts = Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName;
var steps = args.Length > 0 ? args[0] : "100000000";
var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
var shell = new Shell(root);
var cli = Path.Combine(root, "GridWorld.Cli", "bin", "Release", "net10.0", "GridWorld.Cli.dll");
var (ratios, costs) = (new JsonArray(), new JsonArray());

try
{
    var compiler = new[] { "cc", "gcc", "clang" }.FirstOrDefault(name => shell.Ask(name, "--version") is not null);
    var python = new[] { "python3", "/usr/bin/python3",
        "python" }.FirstOrDefault(name => shell.Ask(name, "-c", "import numba") is not null);
    var peer = Path.Combine(artifacts, "qlearning");
    string[] flags = ["-O3", "-march=native", "-ffp-contract=off"];
    if (compiler is not null) shell.Run(compiler, [.. flags, "-o", peer, Path.Combine(here, "peers", "qlearning.c")]);
    else Console.WriteLine("no C compiler on PATH (cc, gcc, clang): nothing to compare with");
    if (python is null) Console.WriteLine("no Python with numba: that column stays empty");

    var rows = new JsonArray();
    foreach (var size in new[] { "10", "100", "1000" })
    {
        var world = $"empty-{size}x{size}";
        List<JsonNode> ours = [], c = [], numba = [];
        for (var round = 0; round < rounds; round++)
        {
            // Side by side in time, so that a machine that slows down slows all of them.
            if (compiler is not null) c.Add(Measure(peer, size, size, steps, "1"));
            ours.Add(Measure("dotnet", cli, "bench", "--world", world, "--steps", steps, "--seed", "1", "--ties", "first", "--json"));
            if (python is not null) numba.Add(Measure(python, Path.Combine(here, "peers", "qlearning_numba.py"), size, size, steps));
            Console.WriteLine(
                $"{world} {round + 1}/{rounds}: gridworld {Millions(Speed(ours[^1]))}{(c.Count > 0 ? $", C {Millions(Speed(c[^1]))}" : "")}{(numba.Count > 0 ? $", numba {Millions(Speed(numba[^1]))}" : "")} million steps/s");
        }
        var row = new JsonObject
        {
            ["world"] = world,
            ["gridworld"] = Median(ours),
            ["c"] = Median(c),
            ["numba"] = Median(numba),
            ["ratio_to_c"] = c.Count > 0 ? Median(ours) / Median(c) : null,
            ["ratio_to_numba"] = numba.Count > 0 ? Median(ours) / Median(numba) : null,
            ["same_bits_as_c"] = c.Count > 0 ? SameBits(ours[0], c[0]) : null,
        };
        rows.Add(row);
    }

    double C(string size) => Speed(Measure(peer, size, size, steps, "1"));
    Func<double>? cFast = compiler is null ? null : () => C("10"), cLarge = compiler is null ? null : () => C("100");
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
        ["machine"] = Processor(),
        ["system"] = $"{RuntimeInformation.OSDescription}, .NET {Environment.Version}",
        ["compiler"] = compiler is null ? null : $"{shell.Ask(compiler, "--version")!.Split('\n')[0]} {string.Join(' ', flags)}",
        ["steps"] = long.Parse(steps),
        ["rounds"] = rounds,
        ["rows"] = rows,
        ["ratios"] = ratios,
        ["costs"] = costs,
    };
    File.WriteAllText(Path.Combine(artifacts, "bench.json"), report.ToJsonString(new() { WriteIndented = true }) + "\n");
    var table = Table(report);
    Console.WriteLine($"\n{table}");
    Rewrite(Path.Combine(here, "README.md"), table);
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

double Field(string field, params string[] command) => (double)Measure("dotnet", [cli, .. command, "--json"])[field]!;

double Ours(params string[] options) => Speed(Measure("dotnet", [cli, "bench", "--steps", steps, "--json", .. options]));

static double Two(Func<double> run)
{
    var both = new[] { Task.Run(run), Task.Run(run) };
    Task.WaitAll(both);
    return both.Sum(one => one.Result);
}

JsonNode Measure(string program, params string[] arguments)
{
    string? answer = shell.Ask(program, arguments);
    return answer?.StartsWith('{') == true
        ? JsonNode.Parse(answer)! : throw new StepFailed($"{program} {string.Join(' ', arguments)} failed or printed no JSON: {answer}");
}

static double Speed(JsonNode measured) => (double)measured["steps_per_second"]!;

static double? Median(List<JsonNode> measured) => measured.Count == 0 ? null : measured.Select(Speed).Order().ElementAt(measured.Count / 2);

static bool SameBits(JsonNode ours, JsonNode c) =>
    (double)ours["q_checksum"]! == (double)c["checksum"]! && (double)ours["mean_return"]! == (double)c["mean_return"]!;

static string Millions(double? speed) => speed is { } known ? (known / 1e6).ToString("F1") : "";

static string Processor()
{
    const string linux = "/proc/cpuinfo";
    var model = File.Exists(linux)
        ? File.ReadLines(linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        : null;
    return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores";
}

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

        {report["date"]}, {report["machine"]}, {report["system"]}{(report["compiler"] is { } compiler ? $", {compiler}" : "")}; {(long)report["steps"]!:N0} steps, medians of {report["rounds"]} interleaved runs.
        """;

    static string Times(JsonNode? ratio) => ratio is null ? "" : $"{(double)ratio:F2}×";
}

static void Rewrite(string file, string table)
{
    const string begin = "<!-- bench: begin -->\n", end = "<!-- bench: end -->";
    var text = File.ReadAllText(file).ReplaceLineEndings("\n");
    var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
    File.WriteAllText(file, $"{text[..from]}{table.ReplaceLineEndings("\n")}\n{text[to..]}");
}
