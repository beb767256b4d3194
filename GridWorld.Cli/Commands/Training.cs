namespace GridWorld.Cli;

/// <summary>Sees a run through to its end: progress on a terminal, Ctrl+C, metrics file, summary.</summary>
internal static class Training
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <returns>Whether the run ended well.</returns>
    public static async Task<bool> FollowAsync(Run run, Recording recording, bool json)
    {
        using (var interrupt = new Interrupt(run.Stop))
        {
            recording.Begin(run);
            await Progress.ShowAsync(run, Console.IsErrorRedirected, async update =>
            {
                while (await Task.WhenAny(run.Completion, Task.Delay(Interval)) != run.Completion)
                {
                    recording.Follow(run);
                    update();
                }

                recording.Follow(run);
                update();
            });
        }

        var summary = Summaries.Of(run);
        recording.Complete(run, summary);
        Summaries.Print(summary, json);
        if (run.State == RunState.Stopped)
            Console.Error.WriteLine($"Stopped after episode {run.Episode}. To go on: gridworld resume {run.Id}");
        foreach (var e in run.EventLog.Where(e => e.Event is RunEvents.TrainingError or RunEvents.StoreError))
            Console.Error.WriteLine(e.Message);
        return run.State != RunState.Failed;
    }
}
