using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

/// <summary>
/// A cell is drawn once: what a small world's planner finds in an instant must be in the first output, not in the second.
/// </summary>
public class FirstShowingTests
{
    public FirstShowingTests() => KernelExtension.Load();

    [Fact]
    public void First_output_of_a_run_has_the_optimum_and_the_greedy_policy_of_its_last_episode()
    {
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes: 10_000, options: RunOptions.InMemory);

        string html = run.ToDisplayString("text/html");

        Assert.Contains("the optimal policy returns −13 (exact, undiscounted)", html);
        Assert.Contains("computed after episode 10,000", html);
    }

    [Fact]
    public void First_picture_of_a_run_has_the_line_of_the_optimum()
    {
        // Sutton and Barto, example 6.6: 13 steps of −1.
        Assert.Contains("optimum (exact) −13", Legends(RunPicture.DrawNamed(Trained.In(Worlds.CliffWalking()))));
        Assert.Contains("optimum (exact) −13", Legends(Trained.In(Worlds.CliffWalking()).LearningCurve().Drawing));

        static IEnumerable<string> Legends(Drawing drawing) => drawing.Shapes.OfType<Label>().Select(label => label.Text);
    }

    [Fact]
    public async Task First_table_of_a_run_has_the_optimum_in_every_row()
    {
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes: 10_000, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, run.QTable()["q_optimal"].NullCount);
    }

    [Fact]
    public void Optimum_of_a_large_world_is_promised_in_words()
    {
        var run = Worlds.Empty(2000, 2000).Train(episodes: 1, options: RunOptions.InMemory with { StartPaused = true });

        string html = run.ToDisplayString("text/html"), text = run.ToDisplayString("text/plain");
        run.Stop();

        Assert.Contains("is still being computed; show the run again to see it", html);
        Assert.Contains("is still being computed; show the run again to see it", text);
    }

    [Fact]
    public void Reason_why_there_is_no_optimum_is_in_the_first_output()
    {
        // Sutton and Barto, example 3.5: it never ends, so at discount factor 1 its rewards add up without bound.
        var run = Worlds.SuttonBarto35().Train(new QLearning { DiscountFactor = 1 }, episodes: 1, options: RunOptions.InMemory);

        string html = run.ToDisplayString("text/html");

        Assert.Contains(Html.Encode(run.Status().TruthMessage ?? "none was known"), html);
    }
}
