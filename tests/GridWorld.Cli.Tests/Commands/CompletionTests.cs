using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>What a shell offers. The scripts ask the command with [suggest].</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("tr", "train")]
    [InlineData("train --wor", "--world")]
    [InlineData("train --world cliff-w", "cliff-walking")]
    [InlineData("solve --world frozen-lake-8", "frozen-lake-8x8")]
    [InlineData("train --learner dyna-q-", "dyna-q-plus")]
    [InlineData("train --world windy --moves ki", null)]
    [InlineData("train --traces repl", "replacing")]
    [InlineData("export --what q-t", "q-table")]
    [InlineData("completion f", "fish")]
    public async Task What_is_typed_is_completed(string typed, string? offered)
    {
        var outcome = await Cli.RunAsync($"[suggest:{typed.Length}]", typed);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(offered is null ? [] : [offered],
            outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => word.StartsWith(typed.Split(' ')[^1], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Runs_are_offered_by_id_and_name_from_the_store_that_is_named()
    {
        using var folder = new TemporaryFolder();
        string id = (await Cli.RunAsync("train", "--world", "sb-4.1", "--episodes", "1", "--name", "first", "--store", folder.At("runs"),
            "--json")).Json.GetProperty("run_id").GetString()!;
        string typed = $"evaluate --store {folder.At("runs")} ";

        var offered = (await Cli.RunAsync($"[suggest:{typed.Length}]", typed)).Output.Split('\n', StringSplitOptions.TrimEntries);

        Assert.Superset(new HashSet<string> { id, "first" }, offered.ToHashSet());
    }

    [Fact]
    public async Task Bash_completes_with_the_script()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash is not the shell of Windows.");
        const string Test = """
            gridworld() { dotnet "$PROGRAM" "$@"; }
            source <(gridworld completion bash)
            complete -p gridworld
            COMP_LINE="gridworld train --world cliff-w --seed 1" COMP_POINT=31 COMP_CWORD=3
            COMP_WORDS=(gridworld train --world cliff-w --seed 1)
            _gridworld
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["-c", Test]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PROGRAM"] = Cli.Program;
        using var bash = Process.Start(start)!;

        var outcome = await Cli.EndAsync(bash);

        Assert.Equal(("complete -o default -F _gridworld gridworld\ncliff-walking\n", ""), (outcome.Output, outcome.Error));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Script_says_how_to_load_it_and_asks_the_command(string shell)
    {
        string script = (await Cli.RunAsync("completion", shell)).Output;

        Assert.Contains($"gridworld completion {shell}", script);
        Assert.Contains("[suggest:", script);
    }

    [Fact]
    public async Task Unknown_shell_is_refused_with_the_names()
    {
        var outcome = await Cli.RunAsync("completion", "tcsh");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal(["Name one shell: bash, zsh, fish, pwsh. For example: source <(gridworld completion bash)"], outcome.ErrorLines);
    }
}
