using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Replays a stored run over time in the live view.</summary>
internal static class ReplayCommand
{
    const double Watchable = 30;
    static readonly Option Speed = Options.Value("--speed", "X",
        "Seconds of training shown per second. Default: 1, or the value that follows from --over.");
    static readonly Option Over = Options.Value("--over", "SECONDS",
        "Show the whole run in this number of seconds. Default: at speed 1, but at least 30 seconds.");
    static readonly Option From = Options.Value("--from", "EPISODE", "Start after this episode. Default 0.");

    public static Command Make() => CommandAction.Command("replay",
        "Show a stored run in the live view as if it were training now, until Ctrl+C. Nothing is trained.",
        [RunInput.Run, Speed, Over, From, Options.Store, Serving.Port], RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        double? speed = given.Number(Speed, "a number above 0", s => s > 0),
            over = given.Number(Over, "a number of seconds from 0.001 to 86400", s => s is >= 0.001 and <= 86_400);
        long? from = given.Whole(From, 0L);
        var options = Serving.Always(given);
        given.Faults.Require(speed is null || over is null, "Use --speed or --over, not both.");
        var replay = RunInput.View(given, RunInput.One(given)).Replay(speed ?? 1);
        if (speed is null && (over ?? (replay.Progress.Duration < Watchable ? Watchable : null)) is { } seconds)
            replay.ShowOver(TimeSpan.FromSeconds(seconds));
        replay.Seek(from ?? 0);
        await using var server = WidgetServer.Start(options);
        server.Register(replay);
        using var interrupt = new Interrupt(() => { });
        Console.Out.WriteLine(server.Url(replay.Id));
        await interrupt.Asked;
        return true;
    }
}
