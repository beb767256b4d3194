using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace GridWorld.Cli;

/// <summary>Lists, shows, verifies and deletes the runs of a store.</summary>
internal static class RunsCommand
{
    // Enough of a world's hash to tell worlds apart at a glance.
    const int ShownHash = 8;

    static readonly Option Yes = Options.Flag("--yes",
        "Also delete the newest of several runs with this name, or the run whose id begins with it.");
    static readonly Option Quick = Options.Flag("--quick", "Check only the bytes. A rerun takes as long as the training did.");

    static readonly Option Against = Options.Value("--against", "FILE",
        "Check run files, given by path and under any name, against an assignment: world_hash, learner, settings and episodes in JSON.");

    public static Command Make()
    {
        var runs = CommandAction.Command("runs", "List, show, verify or delete the runs of a store.", [Options.Store, Options.Json], List);
        runs.Subcommands.Add(CommandAction.Command("list", "List the runs, oldest first.", [Options.Store, Options.Json], List));
        runs.Subcommands.Add(CommandAction.Command(
            "show", "Show the details of a run.", [RunInput.Run, Options.Store, Options.Json], Show));
        runs.Subcommands.Add(CommandAction.Command("verify",
            "Check every byte of some or all runs. Then rerun them and compare all stored data bit for bit.",
            [RunInput.AnyRuns, Quick, Against, Options.Store, Options.Json], VerifyAsync));
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

    static async Task<bool> VerifyAsync(ParsedOptions given)
    {
        if (given.Has(Against))
            return await VerifyFilesAsync(given);
        string store = RunInput.Store(given);
        var runs = given.Words(RunInput.AnyRuns).Count > 0 ? RunInput.Several(given, 1, RunInput.AnyRuns) : StoreFolder.List(store);
        given.Faults.ThrowIfAny();
        bool json = given.Flag(Options.Json), quick = given.Flag(Quick);
        using var canceled = new CancellationTokenSource();
        using var interrupt = new Interrupt(canceled.Cancel);
        var found = new List<(string Id, IReadOnlyList<string> Faults)>();
        foreach (string id in runs.Select(r => r.Id))
        {
            var faults = await VerifyAsync(id, store, quick, canceled.Token);
            found.Add((id, faults));
            if (!json && faults.Count == 0)
                Console.Out.WriteLine($"{id}: good");
            foreach (string fault in faults)
                Console.Error.WriteLine($"{id}: {Printable.Line(fault)}");
            if (canceled.IsCancellationRequested)
                break;
        }

        if (json)
            Json.PrintRows(["run_id", "good", "faults"],
                found.Select(f => new object?[] { f.Id, f.Faults.Count == 0, string.Join(" ", f.Faults) }));
        return found.TrueForAll(f => f.Faults.Count == 0);
    }

    static async Task<bool> VerifyFilesAsync(ParsedOptions given)
    {
        Assignment? assignment = null;
        given.Faults.Collect(() => assignment = Assignment.Load(given.Text(Against)!));
        var files = given.Words(RunInput.AnyRuns);
        given.Faults.Require(files.Count > 0, "Name the run files to check, by path.");
        given.Faults.ThrowIfAny();
        using var canceled = new CancellationTokenSource();
        using var interrupt = new Interrupt(canceled.Cancel);
        var (quick, json, checkedFiles) = (given.Flag(Quick), given.Flag(Options.Json), new List<Submission>());
        foreach (string file in files)
        {
            var submission = await Progress.ShowAsync(Path.GetFileName(file), Console.IsErrorRedirected, progress =>
                Task.Run(() => Submission.Check(file, assignment!, !quick, progress, canceled.Token), canceled.Token));
            checkedFiles.Add(submission);
            if (json)
                continue;
            string result = submission.Faults.Count == 0 ? "ok" : string.Join(" ", submission.Faults);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Printable.Line(file)}: {submission.Points:0.000} points, {Printable.Line(result)}"));
        }

        if (json)
        {
            Json.Print(writer =>
            {
                writer.WriteStartArray();
                foreach (var submission in checkedFiles)
                    Write(writer, submission);
                writer.WriteEndArray();
            });
        }

        return checkedFiles.TrueForAll(s => s.Faults.Count == 0);
    }

    static void Write(Utf8JsonWriter json, Submission submission)
    {
        json.WriteStartObject();
        json.WriteString("file", submission.File);
        json.WriteString("run_id", submission.RunId);
        json.WriteBoolean("ok", submission.Faults.Count == 0);
        json.WriteStartArray("faults");
        foreach (string fault in submission.Faults)
            json.WriteStringValue(fault);
        json.WriteEndArray();
        json.WriteNumber("points", submission.Points);
        json.WriteEndObject();
    }

    static async Task<IReadOnlyList<string>> VerifyAsync(string id, string store, bool quick, CancellationToken cancellationToken)
    {
        try
        {
            return await Progress.ShowAsync(id, Console.IsErrorRedirected,
                progress => Task.Run(() => StoreFolder.Verify(id, store, !quick, progress, cancellationToken), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return ["The check was canceled. It had found no errors."];
        }
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
