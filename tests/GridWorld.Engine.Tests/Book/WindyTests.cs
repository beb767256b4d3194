namespace GridWorld.Tests;

/// <summary>The windy gridworld: Sutton and Barto, 2nd ed., example 6.5. SARSA, α 0.5, ε 0.1, γ 1.</summary>
public class WindyTests
{
    [Fact]
    public void Sarsa_learns_as_fast_as_in_the_example()
    {
        var windy = Worlds.Windy().Compile();
        var sample = Sample.Of(400, seed =>
        {
            var loop = Loops.Of(windy, new Sarsa { LearningRate = 0.5, DiscountFactor = 1 }, seed);
            var buffer = new EpisodeBuffer(500);
            loop.Advance(8000, 500, buffer);
            double finished = buffer.Count;
            loop.Advance(int.MaxValue, 500 - buffer.Count, buffer);
            return [finished, buffer.Lengths[..170].Sum(), buffer.Lengths[0], buffer.Lengths[400..].Average()];
        });

        // Wrong would be the ε-soft optimum 17.05 from the start (a planner, not a learner), or a γ below 1, which is faster.
        sample.Near(0, 160, 0.14, 9.7, wrong: 170);
        sample.Near(1, 8223, 232 / Math.Sqrt(5000), 232);
        sample.Near(2, 751, 264 / Math.Sqrt(5000), 264);
        sample.Near(3, 20.35, 0.02, 1.65, wrong: 17.05);
    }
}
