namespace GridWorld.Cli;

/// <summary>Sees a run through to its end: progress on a terminal, widget, Ctrl+C, metrics file, summary.</summary>
internal static class Training
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <returns>Whether the run ended well.</returns>
    public static async Task<bool> FollowAsync(Run run, Recording recording, WidgetServer? server, bool json)
    {
        using var interrupt = new Interrupt(run.Stop);
        if (server is not null)
        {
            server.Register(run.View);
            Console.Error.WriteLine(server.Url(run.Id));
        }

        recording.Begin(run);
        await Progress.ShowAsync(run, Console.IsErrorRedirected, update => WaitAsync(run, recording, update));
        var summary = Summaries.Of(run.View);
        recording.Complete(run, summary);
        Summaries.Print(summary, json);
        Report(run);
        if (server is not null && !interrupt.Asked.IsCompleted)
        {
            Console.Error.WriteLine("The widget stays up until Ctrl+C.");
            await interrupt.Asked;
            await run.Completion;
        }

        return run.State != RunState.Failed;
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

    static void Report(Run run)
    {
        if (run.State == RunState.Stopped)
            Console.Error.WriteLine($"Stopped after episode {run.Episode}. To go on: gridworld resume {run.Id}");
        foreach (var e in run.EventLog.Where(e => e.Event is RunEvents.TrainingError or RunEvents.StoreError))
            Console.Error.WriteLine(e.Message);
    }
}
