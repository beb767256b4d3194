#:property PublishAot=false
#:project ../build/GridWorld.Build.csproj
// Every learner beside the same learner in plain C: dotnet run bench/learners.cs -- [ROUNDS] [LEARNER] (after a build)

using System.Globalization;
using GridWorld.Build;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
string root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
var peers = new Peers(new Shell(root), root);

// About a second of C each. Q-learning comes first as a measure of the machine.
(string Name, long MillionSteps, string? PlanningSteps)[] learners =
[
    ("q-learning", 60, null), ("sarsa", 60, null), ("expected-sarsa", 60, null), ("double-q-learning", 40, null),
    ("n-step-sarsa", 40, null), ("sarsa-lambda", 6, null), ("watkins-q-lambda", 16, null), ("monte-carlo", 60, null), ("dyna-q", 6, "5"),
    ("dyna-q", 1, "50"), ("prioritized-sweeping", 1, "5"),
];
if (!peers.HasCompiler)
    return 0;
try
{
    List<string> rows = [];
    List<double> all = [];
    bool areSame = true;
    foreach (var (name, millions, planning) in learners.Where(l => args.Length < 2 || l.Name == args[1]))
    {
        string peer = peers.Compile(name == "q-learning" ? "qlearning.c" : $"learners/{name.Replace('-', '_')}.c"), cells = "";
        foreach (string size in new[] { "10", "100", "1000" })
        {
            List<(double Ours, double C)> pairs = [];
            for (int round = 0; round < rounds; round++)
            {
                var c = peers.Measure(peer, size, size, $"{millions}000000", "1", planning ?? "0");
                var ours = peers.Bench($"empty-{size}x{size}", millions * 1_000_000,
                    ["--learner", name, .. planning is null ? Array.Empty<string>() : ["--planning-steps", planning]]);
                areSame &= Peers.AreSame(ours, c);
                pairs.Add((Peers.Speed(ours), Peers.Speed(c)));
            }

            double ratio = Peers.Median(pairs.Select(p => p.Ours / p.C));
            all.Add(ratio);
            cells += $" {Peers.Median(pairs.Select(p => p.Ours)) / 1e6:F1} | {Peers.Median(pairs.Select(p => p.C)) / 1e6:F1} |"
                + $" {ratio:F2}× |";
        }

        rows.Add($"| {name}{(planning is null ? "" : $", {planning} planning steps")} |{cells}");
        Console.WriteLine(rows[^1]);
    }

    string table = $"""
        | learner | 10×10 | C | ratio | 100×100 | C | ratio | 1000×1000 | C | ratio |
        |---|---|---|---|---|---|---|---|---|---|
        {string.Join('\n', rows)}

        {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Peers.Processor()}, .NET {Environment.Version}, {peers.Compiler};
        million steps/s, medians of {rounds} interleaved runs; median of all ratios {Peers.Median(all):F2}×.
        """;
    Console.WriteLine(table);
    if (args.Length < 2)
        peers.Rewrite("learners", table);
    return areSame ? 0 : throw new StepFailed("a learner's results differ from those of its C program");
}
catch (StepFailed failure)
{
    Console.Error.WriteLine($"learners: {failure.Message}");
    return 1;
}
