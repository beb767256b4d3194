namespace GridWorld.Tests;

/// <summary>Single updates of the learners, worked by hand; γ = α = ½ unless said otherwise.</summary>
public class LearnersByHandTests
{
    static readonly Hyperparameters Half = new() { LearningRate = 0.5, DiscountFactor = 0.5, ["trace_decay"] = 0.5 };
    static readonly Mdp Chain = Loops.Chain(1, 2, 4);
    EpsilonGreedy<FirstTies, AnyActions> greedy = new(2);
    Rng random = new(1, 2, 3, 4);

    static Transition Step(int state, int action, double reward, double discount, int next, int nextAction, QTable q,
        bool isLast = false) =>
        new(state, action, state * q.Actions + action, q[state * q.Actions + action], reward, discount, next, nextAction,
        next * q.Actions + nextAction, Greedy.Of(q.Row(next)), !isLast
        ? StepEnd.None : discount == 0 ? StepEnd.Terminated : StepEnd.Truncated);

    static QTable Table(params double[] q)
    {
        var table = new QTable(q.Length / 2, 2);
        q.CopyTo(table.Values);
        return table;
    }

    [Fact]
    public void Q_learning_looks_at_the_greatest_sarsa_at_the_next_expected_sarsa_at_the_mean()
    {
        var q = Table(10, 0, 20, 8);
        var t = Step(0, 0, 1, 0.5, 1, 1, q);
        var (a, b, c) = (new QLearner(q), new SarsaLearner(q), new ExpectedSarsaLearner<AnyActions>(q));
        a.Apply(Half);
        b.Apply(Half);
        c.Apply(Half);
        greedy.Apply(new() { Epsilon = 0.5 });

        Assert.Equal(10.5, a.Learn(t, ref greedy, ref random)); // 10 + ½(1 + ½·20 − 10)
        Assert.Equal(7.5, b.Learn(t, ref greedy, ref random)); // 10 + ½(1 + ½·8 − 10)
        Assert.Equal(9.75, c.Learn(t, ref greedy, ref random)); // 10 + ½(1 + ½(¾·20 + ¼·8) − 10)
    }

    [Fact]
    public void Termination_takes_the_reward_alone_and_truncation_bootstraps()
    {
        var (ended, cut) = (Loops.Of(Chain, new QLearning { LearningRate = 0.5, DiscountFactor = 0.5 }).With(10, 20, 40, 0),
            Loops.Of(Chain, new QLearning { LearningRate = 0.5, DiscountFactor = 0.5 }, stepLimit: 2).With(10, 20, 40, 0));

        ended.Run(1);
        cut.Run(1);

        Assert.Equal([10.5, 21, 22, 0], ended.Values.Values.ToArray()); // … 40 + ½(4 − 40)
        Assert.Equal([10.5, 21, 40, 0], cut.Values.Values.ToArray()); // … 20 + ½(2 + ½·40 − 20)
    }

    [Fact]
    public void Termination_wins_over_truncation_at_the_same_step()
    {
        var loop = Loops.Of(Chain, new QLearning { LearningRate = 0.5, DiscountFactor = 0.5 }, stepLimit: 3).With(10, 20, 40, 1000);

        var episode = loop.Run(1);

        Assert.Equal(1, episode.Terminated[0]);
        Assert.Equal(22, loop.Values[2]);
    }

    [Fact]
    public void Double_q_values_the_action_one_table_prefers_by_the_other()
    {
        var (mean, both) = (Table(0, 0, 3, 2.5), new QTable(2, 4));
        double[] rows = [4, 0, 8, 0, 1, 3, 5, 2]; // Q₁(0, ·), Q₂(0, ·), Q₁(1, ·), Q₂(1, ·)
        rows.CopyTo(both.Values);
        var learner = new DoubleQLearner<AnyActions>(mean, both);
        learner.Apply(Half);
        var next = random;
        bool heads = next.Next() >> 63 == 0;

        double value = learner.Learn(Step(0, 0, 1, 0.5, 1, -1, mean), ref greedy, ref random);

        // heads: Q₁ prefers action 1, Q₂ says 2: 4 + ½(1 + ½·2 − 4) = 3. tails: Q₂ prefers 0, Q₁ says 1: 8 + ½(1 + ½·1 − 8) = 4.75.
        Assert.Equal(heads ? (3, 8, 5.5) : (4, 4.75, 4.375), (both[0], both[2], value));
        Assert.Equal(next, random);
    }

    [Fact]
    public void Both_tables_of_double_q_learn_about_as_often()
    {
        int heads = Enumerable.Range(0, 1000).Count(_ => random.Next() >> 63 == 0);

        Assert.InRange(heads, 437, 563); // 4 standard deviations of a fair coin
    }

    [Fact]
    public void Sarsa_lambda_shares_every_error_with_what_was_visited()
    {
        var loop = Loops.Of(Chain,
            new SarsaLambda { LearningRate = 0.5, DiscountFactor = 0.5, TraceDecay = 0.5, Traces = Traces.Accumulating })
            .With(10, 20, 40, 0);

        loop.Run(1);

        // δ = 1, 2, −36; traces fall by γλ = ¼ a step.
        Assert.Equal([10 + 0.5 + 0.25 - 1.125, 20 + 1 - 4.5, 40 - 18, 0], loop.Values.Values.ToArray());
    }

    [Theory]
    [InlineData(0, 9.75)] // greedy: ½·(4 − 10)·¼ comes back
    [InlineData(1, 10.5)] // not greedy: cut
    public void Watkins_cuts_the_traces_where_the_next_action_is_not_greedy(int nextAction, double expected)
    {
        var q = Table(10, 0, 20, 10);
        var learner = new WatkinsQLambdaLearner(q, new(4, Traces.Accumulating));
        learner.Apply(Half);

        learner.Learn(Step(0, 0, 1, 0.5, 1, nextAction, q), ref greedy, ref random); // δ = 1 + ½·20 − 10 = 1
        learner.Learn(Step(1, 1, 4, 0, 0, -1, q, isLast: true), ref greedy, ref random); // δ = 4 − 10 = −6

        Assert.Equal(expected, q[0]);
        Assert.Equal(7, q[3]);
    }

    [Fact]
    public void Monte_carlo_learns_from_first_visits_only()
    {
        var q = new QTable(2, 2);
        var learner = new MonteCarloLearner<AnyActions>(q, new(), new(4), new(4));
        learner.Apply(Half);

        learner.Learn(Step(0, 0, 1, 0.5, 1, -1, q), ref greedy, ref random);
        learner.Learn(Step(1, 0, 2, 0.5, 0, -1, q), ref greedy, ref random);
        Assert.Equal([0, 0, 0, 0], q.Values.ToArray());
        learner.Learn(Step(0, 0, 3, 0, 1, -1, q, isLast: true), ref greedy, ref random);

        // G = 3 at the end, 2 + 1.5 before, 1 + 1.75 at the first visit of state 0. Every visit would make it 2.1875, or backwards 2.125.
        Assert.Equal([1.375, 0, 1.75, 0], q.Values.ToArray());
    }

    [Fact]
    public void Monte_carlo_goes_on_with_the_expected_value_where_it_is_cut_off()
    {
        var q = Table(0, 0, 20, 8);
        var learner = new MonteCarloLearner<AnyActions>(q, new(), new(4), new(4));
        learner.Apply(Half);
        greedy.Apply(new() { Epsilon = 0.5 });

        learner.Learn(Step(0, 0, 1, 0.5, 1, -1, q, isLast: true), ref greedy, ref random);

        Assert.Equal(4.75, q[0]); // ½(1 + ½·17)
    }

    [Fact]
    public void Monte_carlo_forgets_first_visits_with_the_episode()
    {
        var loop = Loops.Of(Loops.Chain(1), new MonteCarlo { LearningRate = 0.5 });

        loop.Run(2);

        Assert.Equal(0.75, loop.Values[0]);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.75)]
    [InlineData(5, 0.984375)] // 1 − ½⁶
    public void Dyna_repeats_the_only_step_it_knows(int planningSteps, double expected)
    {
        var loop = Loops.Of(Loops.Chain(1), new DynaQ { LearningRate = 0.5, PlanningSteps = planningSteps });

        loop.Run(1);

        Assert.Equal(expected, loop.Values[0]);
    }

    [Fact]
    public void Dyna_q_plus_pays_for_what_was_long_not_tried_and_takes_the_untried_for_a_loop()
    {
        var q = new QTable(2, 2);
        var learner = new DynaQPlusLearner(q, new(2, 2), new long[5], 1);
        learner.Apply(new() { LearningRate = 0.5, DiscountFactor = 0.5, ["kappa"] = 0.1 });
        var draws = random;
        int[] planned = new int[9];
        for (int i = 0; i < 9; i++)
        {
            draws.Below(1);
            planned[i] = draws.Below(2);
        }

        double tried = 0, untried = 0;
        for (int step = 1; step <= 9; step++)
        {
            learner.Learn(Step(0, 0, 1, 0, 1, -1, q, isLast: true), ref greedy, ref random);
            tried += 0.5 * (1 - tried);
            if (planned[step - 1] == 0)
                tried += 0.5 * (1 - tried); // tried just now: no bonus
            else
                untried += 0.5 * (0.1 * Math.Sqrt(step) + 0.5 * Math.Max(tried, untried) - untried);
        }

        Assert.Contains(1, planned);
        Assert.Equal(tried, q[0], 1e-12);
        Assert.Equal(untried, q[1], 1e-12);
    }

    [Fact]
    public void Prioritized_sweeping_carries_the_end_back_to_the_start_in_one_episode()
    {
        var swept = Loops.Of(Loops.Chain(0, 0, 8), new PrioritizedSweeping { LearningRate = 1, DiscountFactor = 0.5, PlanningSteps = 3 });
        var short_ = Loops.Of(Loops.Chain(0, 0, 8), new PrioritizedSweeping { LearningRate = 1, DiscountFactor = 0.5, PlanningSteps = 2 });

        swept.Run(1);
        short_.Run(1);

        Assert.Equal([2, 4, 8, 0], swept.Values.Values.ToArray());
        Assert.Equal([0, 4, 8, 0], short_.Values.Values.ToArray());
    }

    [Fact]
    public void Prioritized_sweeping_leaves_changes_that_are_too_small()
    {
        var loop = Loops.Of(Loops.Chain(0, 0, 8),
            new PrioritizedSweeping { LearningRate = 1, DiscountFactor = 0.5, PlanningSteps = 3, Threshold = 4 });

        loop.Run(1);

        Assert.Equal([0, 0, 8, 0], loop.Values.Values.ToArray()); // the change of state 1 is 4, not more
    }
}
