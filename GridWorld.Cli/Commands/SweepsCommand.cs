using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Lists, shows, verifies, resumes and deletes the ensembles and sweeps of a store.</summary>
internal static class SweepsCommand
{
    static readonly Argument<string[]> Name = Options.Words("SWEEP",
        "A sweep or an ensemble: its id, its name (the newest that has it) or the beginning of its id.", ArgumentArity.ExactlyOne,
        store => SweepFolder.List(store).Select(s => s.Id));

    static readonly Option Sample = Options.Value("--sample", "N",
        "Train only N seeds again, evenly spread over the trials. Default: all.");
    static readonly Option Yes = Options.Flag("--yes",
        "Also delete the newest of several with this name, or the one whose id begins with it.");

    public static Command Make()
    {
        var sweeps = CommandAction.Command("sweeps", "List, show, verify, resume or delete the sweeps and ensembles of a store.",
            [Options.Store, Options.Json], List);
        sweeps.Subcommands.Add(CommandAction.Command("list", "List the sweeps and ensembles, oldest first.", [Options.Store, Options.Json],
            List));
        sweeps.Subcommands.Add(CommandAction.Command("show", "Show the trials of a sweep, and the best of them.",
            [Name, Options.Store, Options.Json], Show));
        sweeps.Subcommands.Add(CommandAction.Command("verify", "Train seeds again, and compare them with the stored results.",
            [Name, Sample, Options.Store, Options.Json], Verify));
        sweeps.Subcommands.Add(CommandAction.Command("resume", "Resume a sweep that was stopped, or whose process ended.",
            [Name, SweepCommand.Threads, .. ClusterInput.Home, Options.Store, Options.Json], ResumeAsync));
        sweeps.Subcommands.Add(CommandAction.Command("delete", "Delete a sweep or an ensemble permanently.",
            [Name, Yes, Options.Store, Options.Json], Delete));
        return sweeps;
    }

    static void List(ParsedOptions given)
    {
        given.Faults.ThrowIfAny();
        var found = SweepFolder.List(RunInput.Store(given));
        if (given.Flag(Options.Json))
        {
            Json.PrintRows(["sweep_id", "name", "kind", "state", "world", "learner", "trials", "ended", "steps", "error"],
                found.Select(s => new object?[] { s.Id, s.Name, Kind(s), s.Error is null ? RunColumns.Word(s.State) : null, s.World,
                s.Learner,
                    s.Trials, s.Ended, s.Steps, s.Error }));
        }
        else if (found.Count == 0)
        {
            Console.Out.WriteLine($"There are no sweeps in {Facts.Text(Path.GetFullPath(RunInput.Store(given)))}.");
        }
        else
        {
            Facts.Table(["sweep", "name", "kind", "state", "trials", "ended", "world", "learner"],
                [.. found.Select(s => s.Error is null
                    ? new object?[] { s.Id, s.Name == s.Id ? "" : s.Name, Kind(s), RunColumns.Word(s.State), s.Trials, s.Ended, s.World,
                    s.Learner }
                    : [s.Id, "", "", "damaged", "", "", "", s.Error])]);
        }
    }

    static void Show(ParsedOptions given)
    {
        var found = One(given);
        if (found.IsEnsemble)
            EnsembleSummary.Print(Ensemble.Open(found.Id, RunInput.Store(given)), given.Flag(Options.Json));
        else
            SweepResults.Print(SweepView.Open(found.Id, RunInput.Store(given)), given.Flag(Options.Json), allTrials: true);
    }

    static Task<bool> Verify(ParsedOptions given)
    {
        int sample = given.Whole(Sample, 1) ?? int.MaxValue;
        var found = One(given);
        using var canceled = new CancellationTokenSource();
        using var interrupt = new Interrupt(canceled.Cancel);
        var faults = found.IsEnsemble
            ? Verify(Ensemble.Open(found.Id, RunInput.Store(given)), sample, canceled.Token)
            : SweepView.Open(found.Id, RunInput.Store(given)).Verify(sample, canceled.Token);
        if (given.Flag(Options.Json))
            Json.PrintObject(("sweep_id", found.Id), ("good", faults.Count == 0), ("faults", string.Join(" ", faults)));
        else if (faults.Count == 0)
            Console.Out.WriteLine($"{found.Id}: good");
        foreach (string fault in faults)
            Console.Error.WriteLine($"{found.Id}: {Printable.Line(fault)}");
        return Task.FromResult(faults.Count == 0);
    }

    static List<string> Verify(EnsembleView ensemble, int sample, CancellationToken cancellation)
    {
        int count = Math.Min(sample, ensemble.SeedCount);
        return [.. Enumerable.Range(0, count).Select(k => ensemble.Specification.Seed + (ulong)((long)k * ensemble.SeedCount / count))
            .Select(seed => ensemble.Verify(seed, cancellation)).OfType<string>()];
    }

    static async Task<bool> ResumeAsync(ParsedOptions given)
    {
        var (options, store) = (ClusterInput.Training(given, null, SweepCommand.Threads), RunInput.Store(given));
        var found = One(given);
        if (!found.IsEnsemble)
        {
            return await SweepResults.TrainAsync(given, () => SweepRun.Resume(found.Id, store, options),
                SweepView.Open(found.Id, store));
        }

        if (options.IsShared)
            throw new InputException("--listen is for sweeps. An ensemble trains on one machine.");
        return await EnsembleSummary.FollowAsync(Ensemble.Resume(found.Id, store, options: new() { Threads = options.Threads }),
            given.Flag(Options.Json));
    }

    static void Delete(ParsedOptions given)
    {
        var found = One(given);
        SweepFolder.Delete(given.Words(Name)[0], RunInput.Store(given), given.Flag(Yes));
        if (given.Flag(Options.Json))
            Json.PrintRows(["sweep_id"], [[found.Id]]);
        else
            Console.Out.WriteLine($"Deleted {found.Id}.");
    }

    // Throws all errors recorded so far.
    static SweepSummary One(ParsedOptions given)
    {
        var words = given.Words(Name);
        given.Faults.Require(words.Count == 1, $"Specify one sweep (got {words.Count}). 'gridworld sweeps' lists them.");
        SweepSummary? found = null;
        if (words.Count == 1)
            given.Faults.Collect(() => found = SweepFolder.Find(words[0], RunInput.Store(given)));
        if (found?.Error is { } error)
            given.Faults.Add(error);
        given.Faults.ThrowIfAny();
        return found!;
    }

    static string Kind(SweepSummary found) => found.IsEnsemble ? "ensemble" : "sweep";
}
