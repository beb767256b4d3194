using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Forks a stored run after an episode.</summary>
internal static class ForkCommand
{
    static readonly Option At = Options.Value("--at", "EPISODE",
        "The episode after which the fork starts; 0 is untrained. Default: the last episode.");
    static readonly Option Episodes = Options.Value("--episodes", "MORE",
        "Episodes to train after the fork. Default: up to the run's target.");
    static readonly Option Name = Options.Value("--name", "N",
        "Display name. Commands accept it for the newest run that has it. Default: the id.");
    static readonly (Hyperparameter Setting, Option Option)[] changes = [.. LearnerInput.Settings.OfType<Hyperparameter>()
        .Select(h => (h, Options.Value(LearnerInput.OptionName(h), "NUMBER",
            $"{h.Title} after the fork: {h.Range}, or a schedule as JSON. Default: unchanged.")))];

    public static Command Make() => CommandAction.Command("fork", "Start a new run from any episode of a stored one.",
        [RunInput.Run, At, .. changes.Select(c => c.Option), Episodes, Name, Options.Store, Serving.Serve, Serving.Port, Options.Json],
        RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        var (at, more, name) = (given.Whole(At, 0L), given.Whole(Episodes, 1L, RunFactory.MostEpisodes), given.Text(Name));
        var schedules = new Dictionary<string, Schedule>();
        foreach (var (setting, option) in changes)
        {
            if (given.Text(option) is { } text && given.Make(() => Schedule.FromJson(text)) is { } schedule)
                schedules[setting.Name] = schedule;
        }

        var serving = Serving.Read(given);
        var parent = RunInput.View(given, RunInput.One(given));
        await using var server = serving is null ? null : WidgetServer.Start(serving);
        using var recording = new Recording(given);
        var fork = parent.Fork(at, schedules, more, new() { Name = name, Store = RunInput.Store(given) });
        return await Training.FollowAsync(fork, recording, server,
            given.Flag(Options.Json));
    }
}
