namespace GridWorld;

/// <summary>
/// The definition of a sweep: which settings are varied, how they are chosen, trained and compared. It is the same thing as its file,
/// <c>.sweep.json</c>. Sweeps with the same JSON are equal.
/// </summary>
public sealed record Sweep
{
    /// <summary>Display name, at most 200 characters. Default empty.</summary>
    public string Name { get; init => field = Guard.NotNull(value); } = "";

    /// <summary>
    /// The worlds: names of the catalog, or world files relative to <see cref="Folder"/>. At least one, no two equal. Default
    /// cliff-walking.
    /// </summary>
    public IReadOnlyList<string> Worlds { get; init => field = [.. Guard.NotNull(value)]; } = ["cliff-walking"];

    /// <summary>The learners by name, at least one, no two equal. Default q-learning.</summary>
    public IReadOnlyList<string> Learners { get; init => field = [.. Guard.NotNull(value)]; } = ["q-learning"];

    /// <summary>Number of episodes of each run, at least 1. Default 500.</summary>
    public long Episodes { get; init; } = 500;

    /// <summary>Number of seeds of each trial, 1 to 1,000,000. Default 5.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>
    /// The first seed of each trial. The seed of a sampler is derived from it, the world and the learner. Default 1.
    /// </summary>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>
    /// Number of seeds on which the best trial is tested, 0 to 1,000,000. They count down from 2⁶⁴ − 1 and must not meet the seeds of the
    /// trials. Default 10.
    /// </summary>
    public int TestSeeds { get; init; } = 10;

    /// <summary>
    /// Fixed options of learners and runs by name. A learner that has no such option ignores it. Default none: each option has its usual
    /// value.
    /// </summary>
    public SearchPoint Settings { get; init => field = Guard.NotNull(value); } = new([]);

    /// <summary>
    /// Varied options of learners and runs. Conditions may refer to other varied or fixed options, to <c>world</c> and to <c>learner</c>.
    /// A learner that has no such option ignores it. Default none.
    /// </summary>
    public IReadOnlyList<SearchParameter> Space { get; init => field = [.. Guard.NotNull(value)]; } = [];

    /// <summary>How settings are chosen, in each group of a world and a learner separately. Default grid.</summary>
    public SweepSampler Sampler { get; init; }

    /// <summary>
    /// Number of trials of each group of a world and a learner, 1 to 1,000,000. Null for a grid, which has as many trials as points, and
    /// for Hyperband, which then has one round of brackets. Default null.
    /// </summary>
    public int? Trials { get; init; }

    /// <summary>
    /// How trials end early. A sampler that learns compares the scores at the end of each trial's first rung, which are known before any
    /// trial continues. Default none.
    /// </summary>
    public SweepPruner Pruner { get; init; }

    /// <summary>What is optimized: a name of <see cref="SweepObjectives.Names"/>. Default mean_return_last_100.</summary>
    public string Objective { get; init => field = Guard.NotNull(value); } = "mean_return_last_100";

    /// <summary>Number of steps of all trials after which no other trial starts, at least 1. Default null: no limit.</summary>
    public long? BudgetSteps { get; init; }

    /// <summary>Number of steps after which an episode is truncated, at least 1. Default null, which is the world's limit.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>The folder of world files. Default null, which is the working directory. It is not part of the JSON.</summary>
    public string? Folder { get; init; }

    /// <summary>Reads a sweep file.</summary>
    /// <param name="path">The path, usually with the extension <c>.sweep.json</c>. World files are relative to its folder.</param>
    /// <exception cref="InputException">The file cannot be read, or has errors; lists them all with their places.</exception>
    public static Sweep Read(string path)
    {
        var bytes = WorldFile.ReadBytes(Guard.NotNull(path));
        try
        {
            return SweepJson.Read(WorldText.Decode(bytes, Path.GetFileName(path)), Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (InputException e)
        {
            throw e.In(Printable.Text(Path.GetFileName(path)));
        }
    }

    /// <summary>Reads a sweep from JSON.</summary>
    /// <exception cref="InputException">The text has errors; lists them all with their places.</exception>
    public static Sweep Parse(string json) => SweepJson.Read(Guard.NotNull(json), null);

    /// <summary>The sweep as JSON, as <see cref="Parse"/> reads it.</summary>
    public string ToJson() => SweepJson.Write(this);

    /// <summary>Checks the sweep, including its worlds.</summary>
    /// <exception cref="InputException">Lists every error with its place, such as <c>space.learning_rate.log_uniform[1]</c>.</exception>
    public void Check() => SweepPlan.Of(this);

    /// <summary>Counts the trials, runs and steps of the sweep.</summary>
    /// <exception cref="InputException">The sweep has errors; lists them all.</exception>
    public SweepCount Count() => SweepPlan.Of(this).Count();

    /// <summary>Starts the sweep in the background, on all cores, and returns at once.</summary>
    /// <param name="options">How it is trained and stored.</param>
    /// <exception cref="InputException">The sweep has errors; lists them all with their places.</exception>
    public SweepRun Start(SweepRunOptions? options = null) => SweepRun.Start(this, options);

    /// <summary>Returns whether the JSON and the folder of both sweeps are the same.</summary>
    public bool Equals(Sweep? other) => other is not null && Folder == other.Folder && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <summary>The sweep in words.</summary>
    public override string ToString() =>
        Printable.Line($"{(Name.Length > 0 ? Name : "sweep")}: {string.Join(", ", Learners)} in {string.Join(", ", Worlds)}");

    /// <summary>The content of a new sweep file.</summary>
    internal const string Template =
        """
        {
          "name": "my first sweep",
          "world": "cliff-walking",
          "learners": ["q-learning", "sarsa", "n-step-sarsa"],
          "episodes": 500,
          "seeds": 5,
          "settings": {"discount_factor": 1, "epsilon": 0.1},
          "space": {
            "learning_rate": {"choice": [0.1, 0.2, 0.5, 1]},
            "steps_ahead": {"integer": [2, 4], "when": {"learner": "n-step-sarsa"}}
          },
          "sampler": "grid",
          "objective": "mean_return_last_100"
        }

        """;
}
