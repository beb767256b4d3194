namespace GridWorld.Tests;

/// <summary>Help says what is true of the command.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("evaluate", "evaluate <RUN> [options]")]
    [InlineData("episode", "episode <RUN K> [options]")]
    [InlineData("compare", "compare <RUN>... [options]")]
    public async Task It_shows_how_many_runs_are_taken(string command, string usage) =>
        Assert.Contains(usage, (await Cli.RunAsync(command, "--help")).Output);

    [Theory]
    [InlineData("train", "--world", true)]
    [InlineData("solve", "--world", true)]
    [InlineData("bench", "--steps", true)]
    [InlineData("export", "--what", true)]
    [InlineData("export", "--output-file", true)]
    [InlineData("export", "--world", false)]
    public async Task It_marks_what_must_be_given(string command, string option, bool isRequired)
    {
        string[] lines = (await Cli.RunAsync(command, "--help")).Output.Split('\n');

        string line = Assert.Single(lines, line => line.TrimStart().StartsWith(option + " ", StringComparison.Ordinal));
        Assert.Equal(isRequired, line.Contains("(REQUIRED)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_tells_each_default_of_the_planning_steps()
    {
        string help = string.Join(' ',
            (await Cli.RunAsync("train", "--help")).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains("Default 10, 5 for prioritized-sweeping.", help);
    }

    [Fact]
    public async Task The_list_of_learners_has_the_options_that_it_promises()
    {
        string list = (await Cli.RunAsync("learners")).Output;

        Assert.Contains("--steps-ahead", list);
        Assert.Contains("Options of all learners: --learning-rate", list);
    }
}
