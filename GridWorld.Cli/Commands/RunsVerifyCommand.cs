using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace GridWorld.Cli;

/// <summary>Verifies runs of a store, or run files against an assignment.</summary>
internal static class RunsVerifyCommand
{
    static readonly Option Quick = Options.Flag("--quick", "Check only the bytes. A rerun takes as long as the training did.");

    static readonly Option Against = Options.Value("--against", "FILE",
        "Check run files, given by path and under any name, against an assignment: world_hash, learner, settings and episodes in JSON.");

    public static Command Make() => CommandAction.Command("verify",
        "Check every byte of some or all runs. Then rerun them and compare all stored data bit for bit.",
        [RunInput.AnyRuns, Quick, Against, Options.Store, Options.Json], VerifyAsync);

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
}
