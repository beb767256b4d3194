namespace GridWorld.Tests;

public class BehaviorTests
{
    static readonly QTable Q = Table(1, 3, 3, 0, 3);

    static QTable Table(params double[] row)
    {
        var table = new QTable(1, row.Length);
        row.CopyTo(table.Values);
        return table;
    }

    // One draw decides on exploring; exploring takes one more for the action; a tie takes one more.
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Epsilon_greedy_draws_as_documented(double epsilon)
    {
        var behavior = new EpsilonGreedy<RandomTies, AnyActions>(5);
        behavior.Apply(new() { Epsilon = epsilon });
        var expected = new Rng(1, 2, 3, 4);
        var random = DrawsAhead.Borrow(new(expected));
        ulong threshold = epsilon == 1 ? ulong.MaxValue : (ulong)(epsilon * 18446744073709551615.0);
        int[] tied = [1, 2, 4];

        for (int i = 0; i < 1000; i++)
        {
            bool explores = expected.Next() < threshold;
            int action = explores ? HighWord(expected.Next(), 5) : tied[HighWord(expected.Next(), 3)];
            Assert.Equal(action, behavior.Choose(Q, 0, Greedy.Of(Q.Row(0)), ref random.Next, out bool explored));
            Assert.Equal(explores, explored);
        }

        Assert.Equal(expected, random.Place.State);
    }

    [Fact]
    public void First_ties_and_a_single_best_action_need_no_second_draw()
    {
        var (first, any) = (new EpsilonGreedy<FirstTies, AnyActions>(5), new EpsilonGreedy<RandomTies, AnyActions>(5));
        first.Apply(new() { Epsilon = 0 });
        any.Apply(new() { Epsilon = 0 });
        var expected = new Rng(1, 2, 3, 4);
        var random = DrawsAhead.Borrow(new(expected));

        Assert.Equal(1, first.Choose(Q, 0, Greedy.Of(Q.Row(0)), ref random.Next, out _));
        Assert.Equal(3, any.Choose(Q, 0, Greedy.Of([0, 0, 0, 1, 0]), ref random.Next, out _));

        expected.Next();
        expected.Next();
        Assert.Equal(expected, random.Place.State);
    }

    [Fact]
    public void Epsilon_greedy_shares_its_probability_among_the_tied()
    {
        var (all, first) = (new EpsilonGreedy<RandomTies, AnyActions>(5), new EpsilonGreedy<FirstTies, AnyActions>(5));
        all.Apply(new() { Epsilon = 0.25 });
        first.Apply(new() { Epsilon = 0.25 });

        Close([0.05, 0.3, 0.3, 0.05, 0.3], Probabilities(all, Q));
        Close([0.05, 0.8, 0.05, 0.05, 0.05], Probabilities(first, Q));
        Assert.Equal(2.75, all.Expectation(0, Q.Row(0), Greedy.Of(Q.Row(0))), 1e-12); // ¼·2 + ¾·3
        Assert.Equal(2.75, first.Expectation(0, Q.Row(0), Greedy.Of(Q.Row(0))), 1e-12);
    }

    [Fact]
    public void Softmax_prefers_by_the_exponential_of_value_over_temperature()
    {
        var behavior = new Softmax(3);
        behavior.Apply(new() { ["temperature"] = 2 });
        var q = Table(0, 2 * Math.Log(2), 2 * Math.Log(5));

        Close([0.125, 0.25, 0.625], Probabilities(behavior, q));
        Assert.Equal(0.25 * q[1] + 0.625 * q[2], behavior.Expectation(0, q.Row(0), default), 1e-12);
    }

    [Fact]
    public void Softmax_takes_one_draw_and_the_action_whose_share_it_falls_into()
    {
        var behavior = new Softmax(3);
        behavior.Apply(new() { ["temperature"] = 1 });
        var q = Table(0, Math.Log(2), Math.Log(5));
        var expected = new Rng(1, 2, 3, 4);
        var random = DrawsAhead.Borrow(new(expected));

        for (int i = 0; i < 1000; i++)
        {
            double draw = expected.NextDouble();
            int action = draw < 0.125 ? 0 : draw < 0.375 ? 1 : 2;
            Assert.Equal(action, behavior.Choose(q, 0, Greedy.Of(q.Row(0)), ref random.Next, out bool explored));
            Assert.Equal(action != 2, explored);
        }

        Assert.Equal(expected, random.Place.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    public void Softmax_without_warmth_is_greedy_and_overflows_nowhere(double temperature)
    {
        var behavior = new Softmax(5);
        behavior.Apply(new() { ["temperature"] = temperature });

        Close([0, 1 / 3.0, 1 / 3.0, 0, 1 / 3.0], Probabilities(behavior, Q));
        Close([0, 1, 0, 0, 0], Probabilities(behavior, Table(-1e300, 1e300, 1, 0, -1)));
    }

    [Fact]
    public void Upper_bounds_try_everything_once_and_then_weigh_value_against_doubt()
    {
        var visits = new VisitCounts(1, 2);
        var behavior = new UpperConfidence(visits, TieBreaking.First);
        behavior.Apply(new() { ["confidence"] = 2 });
        var q = Table(1, 0);
        var random = DrawsAhead.Borrow(new(new(1, 2, 3, 4)));
        int Next() => behavior.Choose(q, 0, Greedy.Of(q.Row(0)), ref random.Next, out _);

        Assert.Equal(0, Next());
        Count(visits, 0);
        Assert.Equal(1, Next()); // untried, for all its value
        Count(visits, 1);
        Assert.Equal(0, Next()); // 1 + 2√ln 2 against 2√ln 2
        Count(visits, 0);
        Assert.Equal(0, Next()); // 1 + 2√(ln 3 / 2) = 2.482 against 2√ln 3 = 2.096
        Count(visits, 0);
        Assert.Equal(0, Next()); // 1 + 2√(ln 4 / 3) = 2.360 against 2√ln 4 = 2.355
        Count(visits, 0);
        Assert.Equal(1, Next()); // 1 + 2√(ln 5 / 4) = 2.269 against 2√ln 5 = 2.537
        Close([0, 1], Probabilities(behavior, q));
        Assert.Equal(new Rng(1, 2, 3, 4), random.Place.State);
    }

    [Fact]
    public void Upper_bounds_break_ties_by_one_draw()
    {
        var behavior = new UpperConfidence(new(1, 3), TieBreaking.Random);
        behavior.Apply(new() { ["confidence"] = 2 });
        var expected = new Rng(1, 2, 3, 4);
        var random = DrawsAhead.Borrow(new(expected));

        Assert.Equal(HighWord(expected.Next(), 3), behavior.Choose(Table(5, 1, 0), 0, new(5, 1), ref random.Next, out _));
        Close([1 / 3.0, 1 / 3.0, 1 / 3.0], Probabilities(behavior, Table(5, 1, 0)));
    }

    static void Count(VisitCounts visits, int pair) => visits.Reserve(1)[pair]++;

    static int HighWord(ulong draw, ulong count) => (int)(ulong)((UInt128)draw * count >> 64);

    static double[] Probabilities<T>(T behavior, QTable q) where T : struct, IBehavior
    {
        var p = new double[q.Actions];
        behavior.Probabilities(0, q.Row(0), p);
        return p;
    }

    static void Close(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-12));
}
