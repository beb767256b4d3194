namespace GridWorld.Tests;

public class SeedCurveTests
{
    // Episode k has the return k and the length 2k, so a stretch from a to b has the mean (a + b) / 2 and the steps b(b + 1) by its end.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    [InlineData(1000, 4)]
    [InlineData(100_000, 512)]
    public void Stretches_have_the_means_of_their_episodes(long episodes, long width)
    {
        var curve = Ramp(episodes);

        Assert.Equal(width, curve.Width);
        var points = curve.Points(width, long.MaxValue).ToList();
        Assert.Equal(episodes / width, points.Count);
        Assert.All(points, p => Assert.Equal(((p.Start + p.End) / 2.0, p.Start + p.End, p.End * (p.End + 1)),
            (p.MeanReturn, p.MeanLength, p.Steps)));
    }

    [Fact]
    public void Curve_that_is_saved_and_loaded_goes_on_the_same()
    {
        var (straight, saved, loaded) = (Ramp(3000), Ramp(700), new SeedCurve());
        var state = new StateWriter();
        saved.Save(state);
        loaded.Load(new StateReader(state.Sections));
        for (int k = 701; k <= 3000; k++)
            loaded.Add(k, 2 * k);

        Assert.Equal(straight.Points(16, long.MaxValue), loaded.Points(16, long.MaxValue));
        Assert.Equal(straight.Points(32, 2000), loaded.Copy().Points(32, 2000));
    }

    static SeedCurve Ramp(long episodes)
    {
        var curve = new SeedCurve();
        for (long k = 1; k <= episodes; k++)
            curve.Add(k, 2 * k);
        return curve;
    }
}
