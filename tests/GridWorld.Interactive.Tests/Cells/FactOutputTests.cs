using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

/// <summary>Small results as a cell shows them. The numbers are the world's, worked out by hand or in the book.</summary>
public sealed partial class FactOutputTests
{
    public FactOutputTests() => KernelExtension.Load();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reason_for_an_action_is_a_table_of_the_actions_with_the_optimum_and_the_last_visits()
    {
        // Sutton and Barto, example 6.6: from the start 13 steps along the edge; right leads off the cliff and back to the start.
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5, DiscountFactor = 1 }, episodes: 400, seed: 4, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);

        var why = run.Why(36, TestContext.Current.CancellationToken);
        string html = why.ToDisplayString("text/html"), text = why.ToDisplayString("text/plain");

        Assert.Contains("State 36 at (0, 3), &#39;S&#39;</b>, after 400 episodes: the greedy action is optimal", html);
        Assert.Equal([["up", "−13", "greedy, optimal"], ["right", "−113", ""], ["down", "−14", ""], ["left", "−14", ""]],
            Rows(html).Take(4).Select(row => (string[])[row[0], row[3], row[4]]));
        Assert.Equal(why.Visits.Select(Numerals.Count), Rows(html).Take(4).Select(row => row[2]));
        Assert.Equal(why.LastVisits.Select(v => Numerals.Count(v.Episode)), Rows(html).Skip(4).Select(row => row[0]));
        Assert.Equal(why.ToString(), text);
        Assert.DoesNotContain("<script", html);
    }

    [Fact]
    public async Task Reason_where_nothing_is_chosen_or_no_one_was_is_said_in_words()
    {
        var run = World.Parse("S.#\n...\n..G")
            .Train(new QLearning(), episodes: 1, options: RunOptions.InMemory with { StartPaused = true });

        string wall = run.Why(2, TestContext.Current.CancellationToken).ToDisplayString("text/html"),
            goal = run.Why(8, TestContext.Current.CancellationToken).ToDisplayString("text/html"),
            unseen = run.Why(4, TestContext.Current.CancellationToken).ToDisplayString("text/html");
        run.Stop();
        await run.Completion.WaitAsync(Stop);

        Assert.Contains("a wall, which is never visited", wall);
        Assert.Contains("episodes end here", goal);
        Assert.Contains("never visited; these are the initial values", unseen);
    }

    [Fact]
    public async Task Evaluation_shows_success_return_and_length()
    {
        var run = World.Parse("S...G").Train(new QLearning { LearningRate = 0.5 }, episodes: 500, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);

        var result = run.Evaluate(20);
        string html = result.ToDisplayString("text/html");

        // Four steps to the right at −1 each.
        Assert.Equal(
            "20 greedy episodes: 100 % ended in a goal\nReturn: −4 on average (sum of rewards, undiscounted), standard deviation"
            + " 0\nLength: 4 steps on average", result.ToDisplayString("text/plain"));
        Assert.Contains("100 % ended in a goal", html);
        Assert.DoesNotContain("SuccessRate", html);
    }

    [Fact]
    public async Task Truth_shows_the_optimum_and_how_far_the_agent_is_from_it()
    {
        var run = World.Parse("S...G")
            .Train(new QLearning { LearningRate = 0.5, DiscountFactor = 1 }, episodes: 500, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);
        run.SolveExactly();

        Assert.Equal(
            "Optimum: discounted value −4 at the start at discount factor 1; the optimal policy returns −4 (undiscounted, under the step"
            + " limit)\nAgent: discounted value −4 at the start after episode 500, 100 % of the states act optimally",
            run.ExactSolution!.ToDisplayString("text/plain"));
        Assert.Contains("Optimum", run.ExactSolution!.ToDisplayString("text/html"));
    }

    static List<string[]> Rows(string html) =>
        [.. Row().Matches(html).Select(row => Cell().Matches(row.Value).Select(cell => cell.Groups[1].Value).ToArray())
        .Where(row => row.Length > 0)];

    [GeneratedRegex("<tr.*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<td[^>]*>(.*?)</td>")]
    private static partial Regex Cell();
}
