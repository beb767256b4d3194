namespace GridWorld.Tests;

/// <summary>Processes from arrays that are not grids, with the values of their sources.</summary>
public class SmallProcessTests
{
    /// <summary>
    /// Figure 5.2, with the notch of a usable ace that Thorp's strategy does not have: the lowest sum to stick at, by the dealer's card.
    /// </summary>
    [Theory]
    [InlineData(false, new[] { 17, 13, 13, 12, 12, 12, 17, 17, 17, 17 })]
    [InlineData(true, new[] { 19, 18, 18, 18, 18, 18, 18, 18, 19, 19 })]
    public void Blackjack_is_played_as_in_the_book(bool usableAce, int[] sticksFrom)
    {
        var plan = Planner.Solve(BlackjackTables.Make(sab: true), 1, Loops.Token);

        for (int dealer = 1; dealer <= 10; dealer++)
        {
            for (int sum = usableAce ? 12 : 4; sum <= 21; sum++)
                Assert.Equal(sum >= sticksFrom[dealer - 1] ? 0 : 1,
                    plan.BestActions(BlackjackTables.Hand(sum, dealer, usableAce)).Single());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blackjack_pays_what_the_recursion_over_hands_pays(bool sab) =>
        Assert.Equal(Recursion(sab), Planner.Solve(BlackjackTables.Make(sab), 1, Loops.Token).StartValue, 1e-9);

    /// <summary>pymdptoolbox's forest(): its documentation prints these values of PolicyIteration(P, R, 0.9).</summary>
    [Fact]
    public void Forest_is_worth_what_the_toolbox_prints()
    {
        // Wait: a fire with probability 0.1, otherwise a year older; 4 for waiting in the oldest. Cut: 0, 1 and 2 by age.
        var forest = Mdp.FromArrays(3, 2, 2, [0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1, 4, 4, 2, 2],
            [0.1, 0.9, 1, 0, 0.1, 0.9, 1, 0, 0.1, 0.9, 1, 0], [false, false, false], [new(0, 1)]);
        var world = forest.ToWorld("forest", ["young", "middle", "old"], actions: ["wait", "cut"]);

        var plan = Planner.Solve(world.Compile(), 0.9, Loops.Token);

        Assert.Equal([26.244, 29.484, 33.484], plan.Values, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.All(Enumerable.Range(0, 3), s => Assert.Equal([0], plan.BestActions(s)));
    }

    /// <summary>Example 4.3 with p = 0.4: bold play is optimal, and its chances at the quarters are exact powers.</summary>
    [Theory]
    [InlineData(0.25, 0.16)]
    [InlineData(0.5, 0.4)]
    [InlineData(0.75, 0.64)]
    [InlineData(0.875, 0.784)]
    public void Gambler_wins_by_bold_play(double share, double chance)
    {
        const int goal = 64, stakes = goal / 2, entries = (goal + 1) * stakes * 2;
        const double heads = 0.4;
        var (next, reward, p) = (new int[entries], new double[entries], new double[entries]);
        for (int s = 0; s <= goal; s++)
        {
            for (int stake = 1; stake <= stakes; stake++)
            {
                int bet = Math.Min(stake, Math.Min(s, goal - s)), i = (s * stakes + stake - 1) * 2;
                (next[i], next[i + 1], p[i], p[i + 1]) = (s + bet, s - bet, heads, 1 - heads);
                reward[i] = s < goal && s + bet == goal ? 1 : 0;
            }
        }

        var world = Mdp.FromArrays(goal + 1, stakes, 2, next, reward, p, [.. Enumerable.Range(0, goal + 1).Select(s => s is 0 or goal)],
            [new(goal / 2, 1)]).ToWorld("gambler");

        Assert.Equal(chance, Planner.Solve(world.Compile(), 1, Loops.Token).Values[(int)(share * goal)], 1e-9);
    }

    /// <summary>Example 6.2: from C the chance of the right end is one half, and every step of distance adds a sixth.</summary>
    [Fact]
    public void Random_walk_as_a_world_has_its_true_values()
    {
        var walk = Loops.Walk(5, 0, 1).ToWorld("walk", ["left", "A", "B", "C", "D", "E", "right"],
            [.. Enumerable.Range(0, 7).Select(x => new Cell(x, 0))]);

        var values = Planner.Solve(World.FromJson(walk.ToJson()).Compile(), 1, Loops.Token).Values;

        Assert.Equal([1, 2, 3, 4, 5], values.Skip(1).Take(5).Select(v => 6 * v), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData("q-learning")]
    [InlineData("monte-carlo")]
    [InlineData("sarsa-lambda")]
    public async Task Blackjack_is_learned_stored_and_opened_again(string learner)
    {
        using var folder = new TemporaryFolder();
        var world = BlackjackTables.Make(sab: true).ToWorld("blackjack", actions: ["stick", "hit"]);
        var options = LearnerCatalog.Create(learner) with { DiscountFactor = 1, LearningRate = 0.02, Epsilon = 0.1 };
        var run = world.Train(options, episodes: 200_000, seed: 1, options: new RunOptions { Store = folder.Path });
        await run.Completion;

        var back = Run.Open(run.Id, folder.Path);
        Assert.Equal((world, world.Hash), (back.World, back.World.Hash));
        Assert.Equal(run.Agent().Q, back.Agent().Q);
        // Random play loses 0.4 per game.
        Assert.InRange(run.Evaluate(100_000).MeanReturn, -0.08, -0.03);
    }

    static double Recursion(bool sab)
    {
        int[] deck = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10];
        var dealers = new Dictionary<(int, bool), double[]>();
        var values = new Dictionary<(int, bool, int), double>();
        return (from first in deck from second in deck from dealer in deck select Start(first, second, dealer)).Average();

        double Start(int first, int second, int dealer) => sab && first + second == 11 && (first == 1 || second == 1)
            ? 1 - (dealer == 1 ? 4 : dealer == 10 ? 1 : 0) / 13.0
            : Value(first + second, first == 1 || second == 1, dealer);

        double Value(int hard, bool ace, int dealer)
        {
            if (hard > 21)
                return -1;
            if (!values.TryGetValue((hard, ace, dealer), out double value))
            {
                int sum = Best(hard, ace);
                double stick = deck.Average(card => Dealt(dealer + card, dealer == 1 || card == 1).Select((p, total) =>
                    p * (total == 22 ? 1 : Math.Sign(sum - total))).Sum());
                values[(hard, ace, dealer)] = value = Math.Max(stick, deck.Average(card => Value(hard + card, ace || card == 1, dealer)));
            }

            return value;
        }

        // The probabilities of the dealer's totals; 22 is a bust.
        double[] Dealt(int hard, bool ace)
        {
            if (dealers.TryGetValue((hard, ace), out var known))
                return known;
            var totals = new double[23];
            if (Best(hard, ace) >= 17)
                totals[Math.Min(22, Best(hard, ace))] = 1;
            else
            {
                foreach (int card in deck)
                {
                    foreach (var (total, p) in Dealt(hard + card, ace || card == 1).Index())
                        totals[total] += p / 13;
                }
            }

            return dealers[(hard, ace)] = totals;
        }

        static int Best(int hard, bool ace) => ace && hard + 10 <= 21 ? hard + 10 : hard;
    }
}
