using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Resumes a stored run.</summary>
internal static class ResumeCommand
{
    static readonly Option Checkpoint = Options.Value("--checkpoint", "NAME",
        "Resume from the checkpoint of this name and drop everything after it (fork keeps both). Default: the last checkpoint.");
    static readonly Option Pace = Options.Value("--pace", "N", "Steps per second, or 'full' for as fast as possible. Default: unchanged.");
    static readonly Option Episodes = Options.Value("--episodes", "MORE", "Episodes to add to the run's target.");

    public static Command Make() => CommandAction.Command("resume", "Resume a stored run.",
        [RunInput.Run, Checkpoint, Episodes, Pace, Options.Store, Serving.Serve, Serving.Port, Options.Json], RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        long? more = given.Whole(Episodes, 1L);
        string? checkpoint = given.Text(Checkpoint);
        bool isFull = given.Text(Pace) == "full";
        double? pace = isFull ? null : given.Number(Pace, "a number of steps per second above 0, or full", isAllowed: pace => pace > 0);
        var serving = Serving.Read(given);
        if (given.Words(RunInput.Run) is [var word] && RunInput.EnsembleOf(given, word) is { } ensemble)
        {
            foreach (var single in new[] { Checkpoint, Pace, Serving.Serve }.Where(given.Has))
                given.Faults.Add($"{single.Name} is for a single run, and {ensemble.Id} is an ensemble. Leave it out.");
            given.Faults.ThrowIfAny();
            return await EnsembleSummary.FollowAsync(Ensemble.Resume(ensemble.Id, RunInput.Store(given), more), given.Flag(Options.Json));
        }

        var stored = RunInput.One(given);
        if (SeedRuns.IsName(stored.Id, RunInput.Store(given)))
        {
            throw new InputException($"{stored.Id} is a seed, which has no training of its own to resume. Resume its ensemble, or fork it: "
                + $"gridworld fork {stored.Id} --episodes 1000");
        }

        if (stored.State == RunState.Completed && more is null && checkpoint is null)
        {
            var view = RunInput.View(given, stored);
            Console.Error.WriteLine(
                $"{stored.Id} has completed its {stored.Episodes} episodes. To add more: gridworld resume {stored.Id} --episodes 1000");
            Summaries.Print(Summaries.Of(view), given.Flag(Options.Json), view.Specification.IsPlanned);
            return true;
        }

        await using var server = serving is null ? null : WidgetServer.Start(serving);
        using var recording = new Recording(given);
        var run = Run.Resume(stored.Id, RunInput.Store(given), more, checkpoint);
        if (isFull || pace is not null)
            run.Pace = pace;
        return await Training.FollowAsync(run, recording, server, given.Flag(Options.Json));
    }
}
