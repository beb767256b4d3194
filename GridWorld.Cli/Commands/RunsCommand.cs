using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Lists, shows and deletes the runs of a store.</summary>
internal static class RunsCommand
{
    // Enough of a world's hash to tell worlds apart at a glance.
    const int ShownHash = 8;

    static readonly Option Yes = Options.Flag("--yes",
        "Also delete the newest of several runs with this name, or the run whose id begins with it.");

    public static Command Make()
    {
        var runs = CommandAction.Command("runs", "List, show, verify or delete the runs of a store.", [Options.Store, Options.Json], List);
        runs.Subcommands.Add(CommandAction.Command("list", "List the runs, oldest first.", [Options.Store, Options.Json], List));
        runs.Subcommands.Add(CommandAction.Command(
            "show", "Show the details of a run.", [RunInput.Run, Options.Store, Options.Json], Show));
        runs.Subcommands.Add(RunsVerifyCommand.Make());
        runs.Subcommands.Add(CommandAction.Command("delete", "Delete runs permanently, by id or by a name that only one run has.",
            [RunInput.Runs, Yes, Options.Store, Options.Json], Delete));
        return runs;
    }

    static void List(ParsedOptions given)
    {
        given.Faults.ThrowIfAny();
        var runs = StoreFolder.List(RunInput.Store(given));
        if (given.Flag(Options.Json))
            Json.PrintRows([.. RunColumns.Listed.Select(c => c.Name)], runs.Select(Row));
        else if (runs.Count == 0)
            Console.Out.WriteLine($"There are no runs in {Facts.Text(Path.GetFullPath(RunInput.Store(given)))}.");
        else
            Facts.Table(["run", "name", "state", "episodes", "world", "hash", "learner", "mean return of the last 100"],
                [.. runs.Select(r => r.Error is null
                    ? new object?[] { r.Id, r.Name == r.Id ? "" : r.NewerRunId is null ? r.Name : $"{r.Name} (older)",
                    RunColumns.Word(r.State), r.Episodes, r.World, r.Settings?.World[..ShownHash], r.Learner, r.MeanReturnLast100 }
                    : [r.Id, "", "damaged", "", "", "", "", r.Error])]);
    }

    // A damaged file has no other facts.
    static object?[] Row(RunSummary run) =>
        Array.ConvertAll(RunColumns.Listed, c => run.Error is null || c.Name is "run_id" or "error" ? c.Cell(run) : null);

    static void Show(ParsedOptions given)
    {
        var view = RunInput.View(given, RunInput.One(given));
        bool json = given.Flag(Options.Json);
        Summaries.Print([.. Summaries.Facts(view).Where(f => json || f is not ("message" or "parent_run_id" or "parent_episode", null))],
            json, view.Specification.IsPlanned);
        if (json)
            return;
        foreach (var checkpoint in view.CheckpointList.Where(c => c.Name is not null))
            Console.Out.WriteLine($"checkpoint '{Facts.Text(checkpoint.Name)}' after episode {Facts.Text(checkpoint.Episode)}");
    }

    static void Delete(ParsedOptions given)
    {
        var words = given.Words(RunInput.Runs);
        if (words.Count == 0)
            RunInput.Several(given, 1);
        var (store, sure, found) = (RunInput.Store(given), given.Flag(Yes), new List<RunSummary>());
        foreach (string word in words)
            given.Faults.Collect(() => found.Add(StoreFolder.FindToDelete(word, store, sure)));
        given.Faults.ThrowIfAny();
        RunSummary[] runs = [.. found.DistinctBy(r => r.Id)];
        foreach (var run in runs)
        {
            if (sure)
                Console.Error.WriteLine(
                    $"Deleting {run.Id}: " + (run.Error is null
                        ? $"'{Facts.Text(run.Name)}', {Facts.Text(run.Episodes)} episodes, {RunColumns.Word(run.State)}." : "damaged."));
            StoreFolder.Delete(run.Id, store);
        }

        if (given.Flag(Options.Json))
            Json.PrintRows(["run_id"], runs.Select(r => new object?[] { r.Id }));
        else
            Array.ForEach(runs, r => Console.Out.WriteLine($"Deleted {r.Id}."));
    }
}
