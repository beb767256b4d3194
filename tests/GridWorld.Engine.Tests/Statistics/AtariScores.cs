using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>
/// The Atari 100k scores released with rliable, human-normalized, in a data folder beside the clone; skipped by name if absent.
/// </summary>
static class AtariScores
{
    public static Scores Of(string agent)
    {
        Dictionary<string, double[]> human = Read("HUMAN"), random = Read("RANDOM"), scores = Read(agent);
        return Scores.OfTasks([.. scores.OrderBy(game => game.Key, StringComparer.Ordinal).Select(game =>
            game.Value.Select(score => (score - random[game.Key][0]) / (human[game.Key][0] - random[game.Key][0])).ToArray())]);
    }

    static Dictionary<string, double[]> Read(string agent)
    {
        string file = Path.Combine(Repository.Root, "..", "shared", "data", "atari100k", agent + ".json");
        Assert.SkipUnless(File.Exists(file), $"atari100k/{agent}.json is not here.");
        return JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllText(file))!;
    }
}
