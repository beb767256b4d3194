namespace GridWorld.Tests;

public class DrawsAheadTests
{
    // Over several blocks, read in uneven portions as episodes read them.
    [Fact]
    public void The_numbers_and_the_states_are_those_of_the_generator()
    {
        Rng expected = Rng.Streams(7).Behavior, portions = Rng.Streams(7).World;
        var draws = DrawsAhead.Borrow(new(expected));

        for (int read = 0; read < 20_000;)
        {
            draws.Prepare();
            for (int left = portions.Below(DrawsAhead.Least + 1); left > 0; left--, read++)
                Assert.Equal(expected.Next(), draws.Next.Next());
            Assert.Equal(expected, draws.Place.State);
        }
    }

    [Fact]
    public void Each_borrower_continues_from_its_own_place()
    {
        Rng[] expected = [new(1, 2, 3, 4), new(5, 6, 7, 8)];
        StreamPlace[] places = [new(expected[0]), new(expected[1])];

        for (int turn = 0; turn < 10_000; turn++)
        {
            int who = turn % 3 / 2; // twice in a row, then the other
            var draws = DrawsAhead.Borrow(places[who]);
            draws.Prepare();
            for (int i = 0; i < DrawsAhead.Least; i++)
                Assert.Equal(expected[who].Next(), draws.Next.Next());
            places[who] = draws.Return();
            Assert.Equal(expected[who], places[who].State);
        }
    }

    [Fact]
    public void A_loop_that_another_one_runs_inside_gets_other_memory()
    {
        Rng outer = new(1, 2, 3, 4), inner = new(5, 6, 7, 8);
        var first = DrawsAhead.Borrow(new(outer));
        first.Next.Next();

        var second = DrawsAhead.Borrow(new(inner));

        Assert.Equal(inner.Next(), second.Next.Next());
        second.Return();
        outer.Next();
        Assert.Equal(outer.Next(), first.Next.Next());
    }

    // A run must not depend on where a stretch of its steps begins and ends.
    [Theory]
    [InlineData("q-learning")]
    [InlineData("sarsa")]
    public void A_loop_that_stops_after_every_few_steps_learns_the_same(string learner)
    {
        var options = LearnerCatalog.Create(learner);
        var (whole, parts) = (Loops.Of(Worlds.FrozenLake4x4(), options), Loops.Of(Worlds.FrozenLake4x4(), options));
        var lengths = Rng.Streams(7).World;

        whole.Run(3000);
        var buffer = new EpisodeBuffer(3000);
        while (!buffer.IsFull)
            parts.Advance(1 + lengths.Below(100), long.MaxValue, buffer);

        Assert.Equal(whole.Hash(), parts.Hash());
    }
}
