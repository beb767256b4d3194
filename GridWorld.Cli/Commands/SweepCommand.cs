using System.CommandLine;
using System.Diagnostics;

namespace GridWorld.Cli;

/// <summary>Trains a sweep: many settings, each from many seeds.</summary>
internal static class SweepCommand
{
    static readonly Argument<string[]> File = Options.Words("FILE", "The sweep file, .sweep.json.", ArgumentArity.ExactlyOne);
    static readonly Option New = Options.Flag("--new", "Write a new sweep file to start from, and train nothing.");
    static readonly Option DryRun = Options.Flag("--dry-run",
        "Print the number of trials and runs, the most steps and an estimate of the time, and train nothing.");
    static readonly Option Name = Options.Value("--name", "N", "Display name. Default: that of the file, otherwise the id.");

    public static readonly Option Threads = Options.Value("--threads", "N",
        "Number of threads that train; 0 with --listen trains on workers only. Default: one per core.");

    public static Command Make() => CommandAction.Command("sweep",
        "Train many settings from many seeds, and test the best ones on fresh seeds.",
        [File, New, DryRun, Name, Options.Store, Threads, .. ClusterInput.Home, Serving.Serve, Serving.Port, Options.Json], RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        var words = given.Words(File);
        given.Faults.Require(words.Count == 1,
            $"Specify one sweep file (got {words.Count}). To write one: gridworld sweep --new my.sweep.json")
            .Require(!(given.Flag(New) && given.Flag(DryRun)), "--new and --dry-run exclude each other.");
        var options = ClusterInput.Training(given, given.Text(Options.Store), Threads);
        if (given.Flag(New))
        {
            given.Faults.ThrowIfAny();
            Write(words[0]);
            return true;
        }

        var sweep = words.Count == 1 ? given.Make(() => Sweep.Read(words[0])) : null;
        if (given.Text(Name) is { } name && sweep is not null)
            sweep = sweep with { Name = name };
        if (!given.Flag(DryRun))
            return await SweepResults.TrainAsync(given, () => sweep!.Start(options));
        given.Faults.ThrowIfAny();
        Print(sweep!, options.Threads ?? Environment.ProcessorCount, given.Flag(Options.Json));
        return true;
    }

    static void Write(string path)
    {
        try
        {
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(Sweep.Template);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Printable.Text(path)} cannot be written: {e.Message}");
        }

        Console.Out.WriteLine($"Wrote {Facts.Text(path)}. To train it: gridworld sweep {Facts.Text(path)}");
    }

    static void Print(Sweep sweep, int threads, bool json)
    {
        var plan = SweepPlan.Of(sweep);
        var count = plan.Count();
        double seconds = Seconds(plan) / threads;
        if (json)
        {
            Json.PrintObject(("trials", count.Trials), ("runs", count.Runs), ("steps", count.Steps), ("seconds", seconds));
            return;
        }

        Facts.Print(("trials", count.Trials), ("runs", count.Runs), ("steps, at most", count.Steps),
            ("seconds, estimated", Math.Round(seconds, seconds < 10 ? 1 : 0)));
    }

    // From the first trial of each group, trained for a fifth of a second: others may take longer or shorter.
    static double Seconds(SweepPlan plan)
    {
        var sweep = plan.Sweep;
        double seconds = 0;
        foreach (var group in plan.Groups)
        {
            var trial = group.Trial(0, Sampler.Random(group.Space, group.Seed).Propose(0, []));
            var training = new SeedTraining(trial.Specification, trial.Specification.World.Compile());
            training.AdvanceTo(1, [], () => false, 1 << 20);
            long begun = Stopwatch.GetTimestamp();
            training.AdvanceTo(sweep.Episodes, [], () => Stopwatch.GetElapsedTime(begun).TotalSeconds > 0.2);
            double each = Stopwatch.GetElapsedTime(begun).TotalSeconds / Math.Max(1, training.Episodes - 1);
            seconds += each * (group.Pruning.Cost * (double)sweep.Seeds + sweep.Episodes * (double)sweep.TestSeeds);
        }

        return seconds;
    }
}
