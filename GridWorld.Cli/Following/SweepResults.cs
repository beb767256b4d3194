namespace GridWorld.Cli;

/// <summary>Follows a sweep to its end, and prints what came of it.</summary>
internal static class SweepResults
{
    /// <summary>Trains a sweep on the machines that were asked for.</summary>
    /// <param name="given">The options.</param>
    /// <param name="start">Starts or resumes it.</param>
    /// <param name="resumed">The stored sweep; null for a new one.</param>
    /// <returns>Whether it ended well, and no trial failed.</returns>
    public static async Task<bool> TrainAsync(ParsedOptions given, Func<SweepRun> start, SweepView? resumed = null)
    {
        var serving = Serving.Read(given);
        await using var home = await ClusterInput.ListenAsync(given, resumed);
        await using var server = serving is null ? null : WidgetServer.Start(serving);
        var sweep = start();
        if (home is not null)
        {
            await home.ServeAsync(sweep);
            Console.Error.WriteLine($"listening {home.Address}");
        }

        using var interrupt = new Interrupt(sweep.Stop);
        server?.Register(sweep);
        Serving.Say(server, sweep.Id);
        await Progress.FollowAsync(sweep);
        Print(sweep, given.Flag(Options.Json), allTrials: false);
        if (sweep.Message is { } message)
            Console.Error.WriteLine(Printable.Line(message));
        if (sweep.State == RunState.Stopped)
            Console.Error.WriteLine($"Stopped. To resume: gridworld sweeps resume {sweep.Id}");
        await interrupt.StayAsync(server);
        return sweep.State is RunState.Completed or RunState.Stopped && sweep.Status().Failed == 0;
    }

    /// <summary>Prints a sweep: the best settings, and the trials.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="json">Whether to print JSON, which always has all trials.</param>
    /// <param name="allTrials">Whether to print a table of all trials.</param>
    public static void Print(SweepView sweep, bool json, bool allTrials)
    {
        var (status, best) = (sweep.Status(), sweep.BestTrials());
        if (json)
        {
            Json.Print(writer => SweepJsonFile.Write(writer, sweep, status, sweep.TrialResults(), best));
            return;
        }

        Facts.Print(("sweep id", sweep.Id), ("name", sweep.Name), ("state", RunColumns.Word(status.State)),
            ("trials", $"{Facts.Text(status.Ended)} of {Facts.Text(status.Trials)} ended, {Facts.Text(status.Failed)} failed"),
            ("steps", status.Steps), ("seconds", Math.Round(status.Seconds, 1)), ("objective", sweep.Definition.Objective));
        if (best.Count > 0)
        {
            Console.Out.WriteLine();
            Facts.Table(["best in", "learner", "trial", "settings", "objective", "on fresh seeds", "95 % interval"],
                [.. best.Select(b => new object?[] { b.World, b.Learner, b.Trial, b.Settings, Round(b.Objective), Round(b.TestObjective),
                    b.Interval is { } i ? $"{Round(i.Low)} to {Round(i.High)}" : "" })]);
        }

        if (!allTrials)
            return;
        Console.Out.WriteLine();
        Facts.Table(["trial", "world", "learner", "settings", "state", "episodes", "objective", ""],
            [.. sweep.TrialResults()
            .Select(t => new object?[] { t.Number, t.World, t.Learner, t.Settings, SeedTable.Word(t.State), t.Episodes,
            Round(t.Objective),
                t.IsTest ? "test" : t.SameAs is { } same ? $"same as {same}" : t.Error ?? "" })]);
    }

    static string Round(double? value) => value is { } number ? Printable.Number(Math.Round(number, 4)) : "";
}
