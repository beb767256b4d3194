using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

public sealed class RunsTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Store_is_listed_and_its_runs_are_compared()
    {
        string store = folder.At("store");
        foreach (string name in (string[])["a", "b"])
            await Worlds.CliffWalking().Train(episodes: 30, seed: (ulong)name[0], name: name, options: new() { Store = store });

        var list = Runs.List(store);
        var compared = Runs.Compare(Run.Open("a", store), Run.Open("b", store));

        Assert.Equal(["run_id", "name", "state", "episodes", "target_episodes", "steps", "world", "learner", "created",
            "mean_return_last_100", "error", "newer_run_id"], list.Columns.Select(c => c.Name));
        Assert.Equal(["a", "b"], list["name"].Cast<string>());
        Assert.Equal([30L, 30L], list["episodes"].Cast<long>());
        Assert.Equal((typeof(long), typeof(long), typeof(DateTime), typeof(double)),
            (list["target_episodes"].DataType, list["steps"].DataType, list["created"].DataType, list["mean_return_last_100"].DataType));
        Assert.Equal(["97", "98"], compared["seed"].Cast<string>());
        Assert.Equal(list["mean_return_last_100"].Cast<double>(), compared["mean_return_last_100"].Cast<double>());
    }

    [Fact]
    public void Empty_store_is_an_empty_list() =>
    Assert.Equal((0L, 12), (Runs.List(folder.At("none")).Rows.Count, Runs.List(folder.At("none")).Columns.Count));

    [Fact]
    public void Comparison_sets_runs_next_to_the_exact_optimum()
    {
        var (good, poor) = (Trained.In(Worlds.CliffWalking(), 2000, "good"), Trained.In(Worlds.CliffWalking(), 1, "poor"));

        var compared = Runs.Compare(good, poor);

        Assert.Equal(["good", "poor"], compared["name"].Cast<string>());
        Assert.All(compared["optimal_return"].Cast<double>(), optimum => Assert.Equal(-13, optimum, 9));
        Assert.Equal((double)compared["optimal_value"][0], (double)compared["greedy_value"][0], 9);
        Assert.Equal(-100.0, (double)compared["greedy_value"][1], 9); // it goes round for ever: −1 / (1 − 0.99)
        var curves = compared.Curves(points: 10);
        Assert.Equal(2001, curves["episodes"].Cast<long>().Sum());
        Assert.Equal(["good", "poor"], curves["run"].Cast<string>().Distinct());
    }

    [Fact]
    public void Comparison_of_runs_that_train_on_is_of_one_moment()
    {
        KernelExtension.Load();
        var run = Worlds.CliffWalking().Train(episodes: null, name: "on and on", options: RunOptions.InMemory);

        var compared = Runs.Compare(run);
        long episodes = (long)compared["episodes"][0];
        Wait.Until(() => run.Episodes > 2 * episodes, "It did not train.");
        var drawn = compared.Curves(points: 100)["episodes"].Cast<long>().ToList();
        string text = compared.ToDisplayString("text/plain");
        run.Stop();

        Assert.InRange(drawn.Sum(), episodes, episodes + drawn.Max());
        Assert.Contains($"of {Numerals.Count(episodes)} episodes", text);
    }

    [Fact]
    public void Comparison_waits_for_runs_that_end_soon_as_their_showing_does()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 5000);

        var compared = Runs.Compare(run, run.Fork(at: 2500, epsilon: 0.01));

        Assert.Equal([5000L, 5000L], compared["episodes"].Cast<long>());
        Assert.Equal(["completed", "completed"], compared["state"].Cast<string>());
    }

    [Fact]
    public void Run_without_an_episode_can_be_compared()
    {
        var run = Worlds.CliffWalking().Train(options: RunOptions.InMemory with { StartPaused = true });

        var compared = Runs.Compare(run);
        var (rows, traces) = (compared.Curves().Rows.Count, compared.Chart().ToJson());
        run.Stop();

        Assert.Equal(0, rows);
        Assert.Contains("Episode", traces);
    }

    [Fact]
    public void Comparison_shows_curves_and_table_and_prints_as_a_few_lines()
    {
        KernelExtension.Load();
        var compared = Runs.Compare(Trained.In(Worlds.CliffWalking(), name: "one <b>"), Trained.In(Worlds.CliffWalking(), name: "two"));

        string html = compared.ToDisplayString("text/html"), text = compared.ToDisplayString("text/plain");

        Assert.Contains("<img src=\"data:image/png;base64,", html);
        Assert.Contains("<td", html);
        Assert.DoesNotContain("<b>", html);
        Assert.Equal(["2 runs", "one <b>", "two"], text.Split('\n').Select(line => line.Split(": return")[0]));
    }

    [Fact]
    public void Nothing_to_compare_is_a_fault() =>
    Assert.Equal("Name at least one run to compare.", Assert.Throws<InputException>(() => Runs.Compare(Array.Empty<Run>())).Message);

    [Fact]
    public void Plan_of_the_cliff_is_a_table_of_exact_values()
    {
        var world = Worlds.CliffWalking();
        var plan = Planner.Solve(world.Compile(), cancellationToken: TestContext.Current.CancellationToken);

        var (values, q) = (plan.ValueTable(world), plan.QTable(world));

        // Example 6.6: the shortest way takes 13 steps of −1; the goal is worth 0, one step before it −1.
        Assert.Equal((-13.0, -1.0, 0.0), ((double)values["value"][36], (double)values["value"][35], (double)values["value"][47]));
        Assert.Equal((35, 11, 2, 2), (values["state"][35], values["x"][35], values["y"][35], values["action"][35]));
        Assert.Equal((true, false), (values["is_terminal"][47], values["is_terminal"][36]));
        Assert.Equal(48 * 4, q.Rows.Count);
        Assert.Equal([true, false, false, false], Enumerable.Range(36 * 4, 4).Select(row => (bool)q["is_optimal"][row]));
        Assert.Equal(-113.0, q["q_optimal"][36 * 4 + 1]); // into the cliff: −100, and from the start again
    }

    [Fact]
    public void Plan_of_a_run_is_solved_at_its_discount_factor_and_says_so()
    {
        KernelExtension.Load();
        var run = Trained.In(Worlds.CliffWalking());

        var plan = run.Plan();

        Assert.Equal(run.SolveExactly()!.OptimalValue, plan.StartValue, 12);
        Assert.Equal(["Exact solution", "Value at the start: −12.25 (exact, discount factor 0.99)"], plan.ToDisplayString("text/plain")
            .Split('\n')[..2]);
    }

    [Fact]
    public void Plan_of_another_world_is_refused() =>
    Assert.Contains("has 70 and 4",
    Assert.Throws<InputException>(() => Planner.Solve(Worlds.CliffWalking().Compile(),
    cancellationToken: TestContext.Current.CancellationToken).ValueTable(Worlds.Windy())).Message);

    [Fact]
    public void Records_answer_questions_in_LINQ()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 5000);

        Assert.Equal(Enumerable.Range(1, 5000).Select(i => (long)i), run.EpisodeRecords().Select(e => e.Episode));
        Assert.Equal([4095, 4096, 4097], run.EpisodeRecords(4095, 4097).Select(e => e.Episode));
        Assert.Equal("up", run.ActionValues().Where(v => v.State == 36 && v.IsGreedy).Single().ActionName);
        Assert.Equal(run.Steps, run.ActionValues().Sum(v => v.Visits));
    }

    [Fact]
    public void Table_of_a_million_episodes_has_them_all()
    {
        var run = Trained.In(World.Parse("SG"), episodes: 1_000_000);

        var metrics = run.Metrics();

        Assert.Equal(1_000_000, metrics.Rows.Count);
        Assert.Equal((1L, 1_000_000L, 1L), (metrics["episode"][0], metrics["episode"][999_999], metrics["episodes"][999_999]));
        Assert.Equal(run.RawEpisodes(777_777, 1)[0].Return, metrics["return"][777_776]);
    }

    [Fact]
    public void Table_prints_in_columns_in_a_program()
    {
        var run = Trained.In(Worlds.CliffWalking());
        string[] lines = run.QTable().ToString().Split('\n');

        Assert.Equal(["state", "x", "y", "action", "q", "visits", "is_greedy", "q_optimal"],
            lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(lines[1..10], line => Assert.Equal(8, line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal("192 rows × 8 columns", lines[^1]);
        Assert.EndsWith("1 rows × 17 columns", $"{Runs.Compare(run)}");
        Assert.EndsWith(" columns", $"{Runs.Compare(run).Curves()}");
        Assert.EndsWith(" columns", $"{run.Episode(1)}");
    }

    [Fact]
    public void Long_table_can_be_paged_through_without_a_script()
    {
        KernelExtension.Load();
        var frame = new DataFrame(GridWorld.Columns.Of("n", [.. Enumerable.Range(0, 1234)]));

        string html = frame.ToDisplayString("text/html");

        Assert.Equal(8, html.Split("<details>").Length - 1);
        Assert.Contains("Rows 50 to 99<", html);
        Assert.Contains("Rows 1,200 to 1,233<", html);
        Assert.Contains("\n77\n", html);
        Assert.DoesNotContain("<script", html);
    }
}
