namespace GridWorld.Build;

/// <summary>A test that the suite runs in a short form, and `build.cs long NAME` in a long form of at most half an hour.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="What">A one-line description.</param>
/// <param name="Project">The test project, a folder under tests.</param>
/// <param name="Tests">The test's class, or the end of its name, and method; * as the method means all methods of the class.</param>
public sealed record LongTest(string Name, string What, string Project, string Tests)
{
    /// <summary>
    /// The variable that tests/TestKit/Long.cs reads: the name, then optionally a seed and a number of rounds, separated by colons.
    /// </summary>
    public const string Variable = "GRIDWORLD_LONG";

    public static readonly IReadOnlyList<LongTest> All =
    [
        Engine("courses", "3,000 random sequences of commands to a run, each compared with an uninterrupted run",
            "CourseTests.Any_course_of_a_run_is_the_straight_run_with_its_events"),
        Engine("faults", "600 disk failures and 600 power failures at random moments of a run", "DiskFaultTests.*"),
        Engine("damage", "10,000 run files with random damage", "DamageTests.*"),
        Engine("kills", "1,000 kills of processes that train runs of every learner, a fork, an ensemble and a sweep",
            "KillTests.Processes_killed_at_random_moments_leave_what_ends_as_if_undisturbed"),
        Engine("shim", "300 processes that train what is killed in kills, whose writes fail in the C library",
            "FaultyProcessTests.Processes_whose_writes_fail_leave_what_ends_as_if_undisturbed"),
        Engine("endless", "a billion episodes in one file, which must stay within its budgets",
            "RetentionTests.File_of_a_run_of_any_length_stays_within_the_budgets"),
        Engine("learners", "a million learner descriptions with random changes", "LearnerFuzzTests.*"),
        Engine("schedules", "a million random schedules", "ScheduleTests.*"),
        Engine("cover", "how often each kind of interval covers the true value, from 20,000 samples each",
            "ResamplingTests.Default_interval_covers_at_its_level"),
        Engine("sweep", "a study of 1,800 runs that is killed twice and resumed, compared with one that is not",
            "SweepRunTests.Study_that_is_killed_twice_is_the_one_that_is_not"),
        new("mutants", "changes of single places of the Engine, at random, and which of them its tests do not notice",
            "GridWorld.Engine.Tests", "") { Program = "build/Mutants" },
        Engine("format", "write the run file that FormatTests reads, after a change of the format", "FormatTests.*"),
        new("cluster", "kills and freezes of home and workers, and three minutes of saturation, each compared with a single process",
            "GridWorld.Cluster.Tests", "ChaosTests.*"),
        new("redis", "a home that moves, while Redis is killed, restarted, emptied and away for two minutes", "GridWorld.Cluster.Tests",
            "RedisTests.*"),
        new("clients", "50 clients that command one run for a minute, then a resume from each checkpoint",
            "GridWorld.Interactive.Tests", "ManyClientsTests.Commands_of_50_clients_at_once_give_the_straight_run"),
        new("fuzz", "ten minutes of files, requests and messages with random changes, for every reader",
            "GridWorld.Interactive.Tests", "FuzzTests.*"),
        new("soak", "half an hour of training at full speed with 20 pages that come and go and a store that fails, against a quiet run",
            "GridWorld.Interactive.Tests", "SoakTests.*"),
        new("load", "a thousand connections, 2,000 requests a second, 30 pages and rude clients against a run at full speed",
            "GridWorld.Interactive.Tests", "LoadTests.*"),
        new("cut", "a live view without a network for five minutes",
            "GridWorld.Interactive.Tests", "NetworkCutTests.Silent_network_is_noticed_and_what_was_missed_is_made_up_for"),
        new("native", "a program that uses the packed package, published ahead of time (native AOT) and run",
            "GridWorld.Notebooks.Tests", "NativeProgramTests.Training_live_view_pictures_and_exports_work_ahead_of_time"),
        new("templates", "the packed templates, installed, and the program and the notebook that they make",
            "GridWorld.Notebooks.Tests", "TemplateTests.Installed_templates_make_a_program_and_a_notebook_that_run"),
        new("notebooks", "run the notebooks and save their outputs",
            "GridWorld.Notebooks.Tests", "NotebookTests.Every_cell_runs_twice_and_shows_what_it_promises"),
    ];

    static LongTest Engine(string name, string what, string tests) => new(name, what, "GridWorld.Engine.Tests", tests);

    /// <summary>The project that runs the tests, given the seed and the count, or null if the tests run by themselves.</summary>
    public string? Program { get; init; }

    /// <summary>The usage text, which lists the tests.</summary>
    public static string Help =>
        "dotnet run build.cs long NAME [SEED [COUNT]]\n\n" + string.Join('\n', All.Select(t => $"  {t.Name,-9} {t.What}"));

    /// <summary>Gets the test that the arguments name (name, seed, count; the last two are optional), or null.</summary>
    public static LongTest? Of(params string[] arguments) =>
        arguments is [var name, .. { Length: <= 2 } numbers] && numbers.All(n => long.TryParse(n, out _))
        ? All.FirstOrDefault(t => t.Name == name) : null;

    /// <summary>Runs it; it prints its seed and its figures.</summary>
    /// <exception cref="StepFailed">It failed.</exception>
    public void Run(Shell shell, params string[] arguments)
    {
        Environment.SetEnvironmentVariable(Variable, string.Join(':', arguments));
        string[] command = Program is not null ? ["run", "--project", Program, "-c", "Release", "--", .. arguments.Skip(1)]
            : [$"tests/{Project}/bin/Release/net10.0/{Project}.dll", "--filter-method", $"*{Tests}", "--ansi", "off", "--progress", "off"];
        if (shell.Try(35, "dotnet", command) is { } why)
            throw new StepFailed(why);
    }
}
