namespace GridWorld.Build;

/// <summary>A test that the suite runs in a short form, and `build.cs long NAME` in a long one of half an hour at most.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="What">A line about it.</param>
/// <param name="Project">The test project, below tests.</param>
/// <param name="Tests">Its class and method; a * stands for all of the class.</param>
/// <param name="Needs">What must be there besides the project: a browser, or the packages.</param>
public sealed record LongTest(string Name, string What, string Project, string Tests, string Needs = "")
{
    /// <summary>Read by tests/Long.cs: the name, and where they are given a seed and a number of rounds, with colons between.</summary>
    public const string Variable = "GRIDWORLD_LONG";

    public static readonly IReadOnlyList<LongTest> All =
    [
        new("courses", "3,000 random courses of a run over all commands, each against a straight run", "GridWorld.Engine.Tests", "CourseTests.Any_course_of_a_run_is_the_straight_run_with_its_events"),
        new("faults", "600 disk faults and 600 power cuts at random moments of a run's life", "GridWorld.Engine.Tests", "DiskFaultTests.*"),
        new("damage", "10,000 random damages to the files of runs", "GridWorld.Engine.Tests", "DamageTests.*"),
        new("kills", "a run that is killed 200 times", "GridWorld.Engine.Tests", "KillTests.Run_killed_at_random_moments_ends_as_the_straight_run"),
        new("endless", "a billion episodes into one file, which stays within its budgets", "GridWorld.Engine.Tests", "RetentionTests.File_of_a_run_of_any_length_stays_within_the_budgets"),
        new("clients", "50 clients that command one run for a minute, then a resume from each of its checkpoints", "GridWorld.Interactive.Tests", "ManyClientsTests.Commands_of_50_clients_at_once_give_the_straight_run"),
        new("cut", "a page whose network is silent for five minutes", "GridWorld.Interactive.Tests", "NetworkCutTests.Silent_network_is_noticed_and_what_was_missed_is_made_up_for", Needs: "browser"),
        new("native", "a program on the packed package, published ahead of time and run", "GridWorld.Notebooks.Tests", "NativeProgramTests.Training_live_view_pictures_and_exports_work_ahead_of_time", Needs: "packages"),
    ];

    /// <summary>The names, each with its line.</summary>
    public static string Help => "dotnet run build.cs long NAME [SEED [COUNT]]\n\n" + string.Join('\n', All.Select(t => $"  {t.Name,-8} {t.What}"));

    /// <summary>The one that is asked for by name, perhaps with a seed and a count; null where there is none.</summary>
    public static LongTest? Of(params string[] arguments) =>
        arguments is [var name, .. { Length: <= 2 } numbers] && numbers.All(n => long.TryParse(n, out _)) ? All.FirstOrDefault(t => t.Name == name) : null;

    /// <summary>Runs it; it prints its seed and its figures.</summary>
    /// <exception cref="StepFailed">It failed.</exception>
    public void Run(Shell shell, params string[] arguments)
    {
        Environment.SetEnvironmentVariable(Variable, string.Join(':', arguments));
        if (shell.Try(TimeSpan.FromMinutes(35), "dotnet", $"tests/{Project}/bin/Release/net10.0/{Project}.dll", "--filter-method", $"*.{Tests}", "--ansi", "off", "--progress", "off") is { } failure)
            throw failure;
    }
}
