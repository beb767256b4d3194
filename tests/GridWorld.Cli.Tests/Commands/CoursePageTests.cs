using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>The commands in the tables of docs/course.md, run as they stand.</summary>
public sealed partial class CoursePageTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands => [.. Command().Matches(File.ReadAllText(Repository.At("docs", "course.md")))
        .Select(found => found.Groups[1].Value).Where(command => !command.Contains(" --values", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_command_runs_and_a_planner_that_ends_by_itself_has_the_known_value(string command)
    {
        string[] words = command.Split(' '), store = words[0] == "train" ? ["--store", folder.Path] : [];

        var result = (await Cli.RunAsync([.. words, .. store, "--json"])).Json;

        if (words[0] != "train")
            return; // SolveCommandTests check what solve prints.
        long episodes = result.GetProperty("episodes").GetInt64();
        // Slippery FrozenLake 8×8 at 0.99, from Gymnasium's own transition tables, solved exactly.
        if (command.Contains("frozen-lake-8x8", StringComparison.Ordinal))
            Assert.Equal(0.414640361799988, result.GetProperty("greedy_value").GetDouble(), 1e-9);
        if (words.SkipWhile(word => word != "--episodes").Skip(1).FirstOrDefault() is { } target)
            Assert.Equal(long.Parse(target, System.Globalization.CultureInfo.InvariantCulture), episodes);
        else
            Assert.InRange(episodes, 2, 999);
    }

    [Fact]
    public async Task What_a_planner_does_not_have_is_refused()
    {
        var refused = await Cli.RunAsync("train", "--world", "frozen-lake-4x4", "--learner", "value-iteration", "--learning-rate", "0.5",
            "--threshold", "-1", "--store", folder.Path);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(refused.ErrorLines, line => line.EndsWith("(got value-iteration). Remove it.", StringComparison.Ordinal));
        Assert.Contains("Threshold must be between 0 and 1000 (got -1).", refused.ErrorLines);
        Assert.Empty(Directory.GetFiles(folder.Path));

        var seeds = await Cli.RunAsync("train", "--world", "frozen-lake-4x4", "--learner", "policy-iteration", "--seeds", "3");
        Assert.Equal(2, seeds.ExitCode);
        Assert.Contains("it draws no random numbers, so every seed gives the same result. Use a single run.", seeds.Error);
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex("`gridworld ((?:train|solve) [^`]*)`")]
    private static partial Regex Command();
}
