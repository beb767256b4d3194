namespace GridWorld.Cli;

/// <summary>Follows a run to its end: progress bar, live view, Ctrl+C, metrics file and summary.</summary>
internal static class Training
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <returns>Whether the run ended without an error.</returns>
    public static async Task<bool> FollowAsync(Run run, Recording recording, WidgetServer? server, bool json)
    {
        using var interrupt = new Interrupt(run.Stop);
        Warn(run.Mdp);
        if (server is not null)
        {
            server.Register(run);
            Console.Error.WriteLine(server.Url(run.Id));
        }

        recording.Begin(run);
        await Progress.ShowAsync(run, Console.IsErrorRedirected, update => WaitAsync(run, recording, update));
        string? lost = Lost(run);
        IReadOnlyList<(string Name, object? Value)> summary = [.. Summaries.Of(run),
            .. lost is null ? [] : new (string, object?)[] { ("store_error", lost) }];
        recording.Complete(run, summary);
        Summaries.Print(summary, json, run.Specification.IsPlanned);
        Report(run, lost);
        await interrupt.StayAsync(server);
        await run.Completion;
        return run.State != RunState.Failed && lost is null;
    }

    /// <summary>Says on stderr what is unusual in a world.</summary>
    public static void Warn(Mdp mdp)
    {
        foreach (string warning in mdp.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
    }

    // If the end of the run is not in its file, writes the whole run to another folder before the process ends.
    static string? Lost(Run run)
    {
        if (run.StoreError is not { } error)
            return null;
        string folder = Path.Combine(Path.GetTempPath(), "gridworld-rescued");
        try
        {
            run.SaveTo(folder);
            return $"{error} The whole run was written to {folder} instead: gridworld runs show {run.Id} --store {folder}";
        }
        catch (InputException e)
        {
            return $"{error} The run could not be written to another folder either: {e.Message}";
        }
    }

    static async Task WaitAsync(Run run, Recording recording, Action update)
    {
        while (await Task.WhenAny(run.Completion, Task.Delay(Interval)) != run.Completion)
        {
            recording.Follow(run);
            update();
        }

        recording.Follow(run);
    }

    static void Report(Run run, string? lost)
    {
        foreach (var e in run.EventLog.Where(e =>
            e.Kind is RunEventKind.TrainingError or RunEventKind.StoreError or RunEventKind.StoreRecovered))
            Console.Error.WriteLine(e.Message);
        if (lost is not null)
            Console.Error.WriteLine($"The end of the run could not be stored. {lost}");
        else if (run.State == RunState.Stopped)
            Console.Error.WriteLine($"Stopped after episode {run.Episodes}. To resume: gridworld resume {run.Id}");
    }
}
