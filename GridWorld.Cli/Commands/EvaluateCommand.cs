using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Runs greedy episodes of a stored run without learning.</summary>
internal static class EvaluateCommand
{
    const int MostEpisodes = 1_000_000;
    static readonly Option Episodes = Options.Value("--episodes", "N", "Number of greedy episodes. Default 100.");

    public static Command Make() => CommandAction.Command("evaluate", "Run greedy episodes of a stored run without learning.",
        [RunInput.Run, Episodes, Options.Store, Options.Json], Run);

    static void Run(ParsedOptions given)
    {
        int episodes = given.Whole(Episodes, 1, MostEpisodes) ?? 100;
        var view = RunInput.View(given, RunInput.One(given));
        var agent = view.Agent();
        var result = view.Evaluate(agent, episodes);
        Summaries.Print(
        [
            ("run_id", view.Id),
            ("at_episode", agent.Episode),
            ("episodes", result.Episodes),
            ("success_rate", result.SuccessRate),
            ("mean_return", result.MeanReturn),
            ("std_return", result.StdReturn),
            ("mean_length", result.MeanLength),
        ], given.Flag(Options.Json));
    }
}
