namespace GridWorld.Tests;

public sealed class BadInputTests
{
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "train --world clif-walking",
            "There is no world 'clif-walking'. Did you mean cliff-walking? The name of a world file must end in .txt, .world.json,"
                + " .mdp.json or .map." },
        { "train --world nowhere.txt", "There is no file 'nowhere.txt'. Check the path." },
        { "train", "Set a world with --world, for example --world frozen-lake-4x4. 'gridworld worlds' lists them." },
        { "train --world windy --learning-rate 999999", "Learning rate must be between 0.001 and 1.0 (got 999999)." },
        { "train --world windy --learning-rate 0", "Learning rate must be between 0.001 and 1.0 (got 0)." },
        { "train --world windy --learning-rate NaN", "Learning rate must be between 0.001 and 1.0 (got NaN)." },
        { "train --world windy --epsilon -1", "Epsilon must be between 0 and 1 (got -1)." },
        { "train --world windy --epsilon Infinity", "Epsilon must be between 0 and 1 (got Infinity)." },
        { "train --world windy --discount-factor 1.5", "Discount factor must be between 0 and 1 (got 1.5)." },
        { "train --world windy --episodes 0", "--episodes must be a whole number from 1 to 9223372036854775807 (got 0)." },
        { "train --world windy --episodes many", "--episodes must be a whole number from 1 to 9223372036854775807 (got many)." },
        { "train --world windy --seed -1", "--seed must be a whole number from 0 to 18446744073709551615 (got -1)." },
        { "train --world windy --seed 18446744073709551616",
            "--seed must be a whole number from 0 to 18446744073709551615 (got 18446744073709551616)." },
        { "train --world windy --max-steps 0", "--max-steps must be a whole number from 1 to 2147483647 (got 0)." },
        { "train --world windy --pace 0", "--pace must be a number of steps per second above 0 (got 0)." },
        { "train --world windy --pace NaN", "--pace must be a number of steps per second above 0 (got NaN)." },
        { "train --world windy --checkpoint-every 0", "--checkpoint-every must be a whole number from 1 to 9223372036854775807 (got 0)." },
        { "train --world windy --debug-trace -1", "--debug-trace must be a whole number from 0 to 10000 (got -1)." },
        { "train --world windy --initial-value NaN", "Initial value must be a finite number (got NaN)." },
        { "train --world windy --ties none", "Ties must be one of random, first (got none)." },
        { "train --world windy --moves six", "'six' is not a move set. Use one of four, eight, nine, octile, frozen-lake." },
        { "train --world windy --scenario 1", "A scenario applies only to a .map file (got windy). Remove it." },
        { "train --world windy --slippery maybe", "--slippery must be true or false (got maybe)." },
        { "train --world windy --learner q-lerning", "There is no learner 'q-lerning'. Did you mean q-learning?" },
        { "train --world windy --trace-decay 0.5",
            "--trace-decay applies only to sarsa-lambda, watkins-q-lambda (got q-learning). Remove it." },
        { "train --world windy --learner n-step-sarsa --steps-ahead 0", "Steps ahead must be a whole number between 1 and 1000 (got 0)." },
        { "train --world windy --output-file no-such-folder/m.json",
            "The output file 'no-such-folder/m.json' cannot be written: its folder does not exist. Create the folder or use another one." },
        { "train --world windy --output-file m.txt",
            "The output file 'm.txt' has an unknown extension. Use one of .json, .jsonl, .csv or .parquet." },
        { "train --world windy --epsilon", "--epsilon needs a value. Epsilon: probability of any action in place of a greedy one, between 0 and 1, or a schedule as JSON. "
                + "Default 0.1, 0 for policy-evaluation." },
        { "train --world windy --lerning-rate 0.5", "There is no option '--lerning-rate'. Did you mean --learning-rate?" },
        { "train --world windy --qqq", "There is no option '--qqq'. See gridworld train --help." },
        { "train windy --world windy", "'windy' is not an argument of train. See gridworld train --help." },
        { "solve --world sb-3.5",
            "This world has no finite value at discount factor 1: an agent can repeat a cycle with a positive reward forever. Use a"
                + " discount factor below 1, or change the map or its rewards." },
        { "solve --world windy --discount-factor 2", "Discount factor must be between 0 and 1 (got 2)." },
        { "solve --world windy --discount-factor NaN", "--discount-factor must be a number from 0 to 1 (got NaN)." },
        { "bench --world windy", "Set the number of steps with --steps, for example --steps 100000000." },
        { "bench --world windy --steps 10 --seed 18446744073709551615 --seeds 2",
            "The last of 2 seeds must be at most 18446744073709551615 (got first seed 18446744073709551615)." },
        { "solv", "There is no command 'solv'. Did you mean solve?" },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task Bad_input_exits_2_with_one_clear_message(string commandLine, string message)
    {
        var outcome = await Cli.RunAsync(commandLine.Split(' '));

        Assert.Equal([message], outcome.ErrorLines);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var outcome = await Cli.RunAsync("train", "--world", "nowhere", "--learning-rate", "999999", "--epsilon", "-1", "--epsiln", "3",
            "--episodes", "x");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal(5, outcome.ErrorLines.Length);
    }

    [Fact]
    public async Task A_malformed_map_is_told_by_line_and_column()
    {
        using var folder = new TemporaryFolder();
        string map = folder.Write("bad.txt", "S..\n.x.\n..G\n");

        var outcome = await Cli.RunAsync("train", "--world", map);

        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith("bad.txt(2,2): 'x'", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faulty_options_leave_no_file_behind()
    {
        using var folder = new TemporaryFolder();

        var outcome = await Cli.RunAsync("train", "--world", "windy", "--epsilon", "7", "--output-file", folder.At("m.json"), "--store",
            folder.At("store"));

        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task An_output_file_that_is_a_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("m.json"));

        var outcome = await Cli.RunAsync("train", "--world", "windy", "--output-file", folder.At("m.json"));

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("is a folder. Specify a file in it.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["m.json"], folder.Files);
    }

    [Fact]
    public async Task A_process_says_it_on_stderr_and_exits_2()
    {
        using var folder = new TemporaryFolder();

        var outcome = await Cli.EndAsync(Cli.Start(folder.Path, "train", "--world", "windy", "--learning-rate", "999999"));

        Assert.Equal((2, "", "Learning rate must be between 0.001 and 1.0 (got 999999)."),
            (outcome.ExitCode, outcome.Output, outcome.Error.TrimEnd()));
        Assert.Empty(folder.Files);
    }
}
