namespace GridWorld.Tests;

public class StateExplanationTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_tells_values_visits_the_optimum_and_the_last_visits()
    {
        var run = Run.Start(new(Worlds.CliffWalking(), new QLearning { LearningRate = 0.5, DiscountFactor = 1 }, Seed: 4, Episodes: 400),
            RunOptions.InMemory);
        await run;

        var why = run.Why(36, Cancel);

        Assert.Equal((36, 0, 3, 'S', 400), (why.State, why.X, why.Y, why.Cell, why.Episode));
        Assert.Equal(run.Agent().Q[144..148], why.Q);
        Assert.Equal(run.Agent().Visits[144..148], why.Visits);
        // Sutton and Barto, example 6.6: 13 steps along the edge, the first of them up. Right leads off the cliff: −100, and back to the
        // start.
        Assert.Equal([0], why.Best!);
        Assert.Equal(-13, why.OptimalValue!.Value, 1e-9);
        Assert.Equal([-13, -113, -14, -14], why.OptimalQ!.Select(q => Math.Round(q, 9)));
        Assert.Equal(([0], 0.0), (why.Greedy.ToArray(), why.Gap!.Value), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2 == b.Item2);
        Assert.Equal(5, why.LastVisits.Count);
        Assert.All(why.LastVisits, v =>
        {
            var step = run.ReplayEpisode(v.Episode, Cancel)[v.Step - 1];
            Assert.Equal((36, step.Action, step.Explored, step.Reward, step.NextState, step.Q[step.Action], step.NewValue),
                (step.State, v.Action, v.Explored, v.Reward, v.NextState, v.OldValue, v.NewValue));
        });
        Assert.Equal(400, why.LastVisits[0].Episode);
        Assert.True(why.LastVisits.Zip(why.LastVisits.Skip(1))
            .All(pair => (pair.First.Episode, pair.First.Step).CompareTo((pair.Second.Episode, pair.Second.Step)) > 0));
        string text = why.ToString();
        Assert.Contains("State 36 at (0, 3), 'S', after 400 episodes:", text, StringComparison.Ordinal);
        Assert.Contains(": up is greedy; up is optimal.", text, StringComparison.Ordinal);
        Assert.Contains("  Q*: up -13, right -113, down -14, left -14: the greedy action is optimal.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cell_is_that_of_the_map_as_it_is_by_then()
    {
        var run = Worlds.BlockingMaze().Train(new QLearning(), 100, options: RunOptions.InMemory);
        await run;

        var (then, now) = (run.Past(0, Cancel), run);

        Assert.Equal((false, true), (then.Why(35, Cancel).IsWall, now.Why(35, Cancel).IsWall));
        Assert.Equal((true, false), (then.Why(27, Cancel).IsWall, now.Why(27, Cancel).IsWall));
    }

    [Fact]
    public async Task Wrong_greedy_action_is_named_with_what_it_loses()
    {
        var run = Run.Start(new(Worlds.CliffWalking(), new QLearning { LearningRate = 0.5 }, Seed: 4, Episodes: 400), RunOptions.InMemory);
        await run;

        var untrained = run.Past(0, Cancel).Why(36, Cancel);
        var wrong = Enumerable.Range(0, 48).Select(s => run.Why(s, Cancel)).First(w => w.Gap > 0 && w.Visits.Sum() > 0);

        Assert.Null(untrained.Value);
        Assert.Empty(untrained.LastVisits);
        Assert.Contains("Never visited", untrained.ToString(), StringComparison.Ordinal);
        Assert.Contains("up, right, down and left are greedy; up is optimal", untrained.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(wrong.Greedy[0], wrong.Best!);
        Assert.Equal(wrong.OptimalValue - wrong.OptimalQ![wrong.Greedy[0]], wrong.Gap);
        Assert.Contains($"{wrong.Actions[wrong.Greedy[0]]} loses {wrong.Gap:0.####}", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_states_and_walls_say_so_and_other_numbers_are_refused()
    {
        var run = Run.Start(new(World.Parse("S.#\n..G"), new QLearning(), Episodes: 10), RunOptions.InMemory);
        await run;

        Assert.Equal("State 2 at (2, 0), '#', after 10 episodes: a wall, which is never visited.", run.Why(2, Cancel).ToString());
        Assert.Equal("State 5 at (2, 1), 'G', after 10 episodes: episodes end here, so no action is chosen and the value is 0.",
            run.Why(5, Cancel).ToString());
        Assert.Equal("state must be between 0 and 5 (got 6).", Assert.Throws<InputException>(() => run.Why(6, Cancel)).Message);
        Assert.Equal("state must be between 0 and 5 (got -1).", Assert.Throws<InputException>(() => run.Why(-1, Cancel)).Message);
    }

    [Fact]
    public async Task What_is_optimal_is_not_claimed_before_it_is_known()
    {
        var run = Run.Start(new(World.FromJson("""{ "map": ["S..G"], "step_reward": 1, "max_steps": 9 }"""),
            new QLearning { DiscountFactor = 1 }, Episodes: 10), RunOptions.InMemory);
        await run;

        var why = run.Why(0, Cancel);

        Assert.Equal((null, null, null), (why.Best, why.Gap, why.OptimalValue));
        Assert.Contains("the optimal actions are not known yet", why.ToString(), StringComparison.Ordinal);
    }
}
