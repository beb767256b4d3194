namespace GridWorld.Tests;

/// <summary>
/// A wrong index from outside is an exception, never memory that is somebody else's, and never the number of another pair.
/// </summary>
public class TableAccessTests
{
    static readonly Mdp mdp = new World(["S.G"]).Compile();

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    [InlineData(1_000_000)]
    public void A_table_has_its_pairs_and_no_others(int pair) =>
        Assert.Contains("pairs 0 to 11", Assert.Throws<ArgumentOutOfRangeException>(() => new QTable(3, 4)[pair] = 1).Message);

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void And_its_rows(int state) => Assert.Throws<ArgumentOutOfRangeException>(() => new QTable(3, 4).Row(state)[0]);

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(4, -1)]
    public void No_table_has_less_than_nothing(int states, int actions) =>
    Assert.Throws<ArgumentOutOfRangeException>(() => new QTable(states, actions));

    [Theory]
    [InlineData(0, 9)]
    [InlineData(0, -1)]
    [InlineData(3, 0)]
    [InlineData(-1, 0)]
    public void No_pair_answers_for_another(int state, int action)
    {
        var loop = LoopBuilder.Build(mdp, new QLearning(), 10, Rng.Streams(1));

        Assert.Throws<ArgumentOutOfRangeException>(() => mdp.Reward(state, action));
        Assert.Throws<ArgumentOutOfRangeException>(() => mdp.Next(state, action));
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.VisitsOf(state, action));
    }

    [Fact]
    public void Nothing_is_refused_by_its_name()
    {
        Assert.Throws<ArgumentNullException>("mdp", () => StationaryPolicy.Uniform(null!));
        Assert.Throws<ArgumentNullException>("plan", () => StationaryPolicy.Optimal(null!));
        Assert.Throws<ArgumentNullException>("plan", () => StationaryPolicy.EpsilonGreedy(null!, 0));
        Assert.Throws<ArgumentNullException>("chosen", () => StationaryPolicy.Deterministic(null!, 4));
        Assert.Throws<ArgumentNullException>("plan", () => DistanceToOptimum.Of(null!, [], TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>("json", () => Schedule.FromJson(null!));
        Assert.Throws<ArgumentNullException>("points", () => Schedule.Piecewise(null!));
        Assert.Throws<ArgumentNullException>("options", () => LoopBuilder.Build(new SmallWalk(), null!));
        Assert.Throws<ArgumentNullException>("starts", () => Mdp.FromArrays(1, 1, 1, [0], [0], [1], [false], null!));
    }

    readonly struct SmallWalk : ISimulator
    {
        public int States => 1;

        public int Actions => 1;

        public int Start(ref Rng world) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world) => TimeStep.Terminated(0, 1);
    }
}
