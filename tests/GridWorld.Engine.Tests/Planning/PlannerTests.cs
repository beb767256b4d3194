namespace GridWorld.Tests;

/// <summary>Exact numbers computed outside this project (linear solves and policy iteration in double precision).</summary>
public class PlannerTests
{
    [Theory]
    [InlineData(false, 0.99, 0.542025932000474)]
    [InlineData(false, 0.95, 0.180471578397202)]
    [InlineData(false, 0.9, 0.0688909048890036)]
    [InlineData(false, 1.0, 14.0 / 17)]
    [InlineData(true, 0.99, 0.414640361799988)]
    [InlineData(true, 0.95, 0.0482502040812778)]
    [InlineData(true, 0.9, 0.00641111426156772)]
    [InlineData(true, 1.0, 1)]
    public void Slippery_FrozenLake_start_has_the_known_value(bool large, double discount, double expected)
    {
        var mdp = (large ? Worlds.FrozenLake8x8() : Worlds.FrozenLake4x4()).Compile();

        var plan = Plans.Of(mdp, discount);

        Assert.Equal(expected, plan.StartValue, 1e-9);
        Assert.True(plan.Residual < 1e-12);
    }

    [Theory]
    [InlineData(false, 0.99, 0.9509900499)]
    [InlineData(false, 0.95, 0.7737809375)]
    [InlineData(false, 0.9, 0.59049)]
    [InlineData(false, 1.0, 1)]
    [InlineData(true, 0.99, 0.877521022998968)]
    [InlineData(true, 0.95, 0.513342083279505)]
    [InlineData(true, 0.9, 0.2541865828329)]
    [InlineData(true, 1.0, 1)]
    public void Dry_FrozenLake_start_has_the_known_value(bool large, double discount, double expected) => Assert.Equal(expected,
        Plans.Of(large ? Worlds.FrozenLake8x8(slippery: false) : Worlds.FrozenLake4x4(slippery: false), discount).StartValue, 1e-12);

    [Fact]
    public void Example_3_5_has_the_values_of_figure_3_5()
    {
        double[] expected =
        [
            21.9774852872946, 24.4194280969940, 21.9774852872946, 19.4194280969940, 17.4774852872946,
            19.7797367585651, 21.9774852872946, 19.7797367585651, 17.8017630827086, 16.0215867744377,
            17.8017630827086, 19.7797367585651, 17.8017630827086, 16.0215867744377, 14.4194280969940,
            16.0215867744377, 17.8017630827086, 16.0215867744377, 14.4194280969940, 12.9774852872946,
            14.4194280969940, 16.0215867744377, 14.4194280969940, 12.9774852872946, 11.6797367585651,
        ];

        var plan = Plans.Of(Worlds.SuttonBarto35(), 0.9);

        for (int s = 0; s < expected.Length; s++)
            Assert.Equal(expected[s], plan.Values[s], 1e-9);
    }

    [Theory]
    [InlineData(false, 1.0, 36, -13)]
    [InlineData(false, 1.0, 0, -14)]
    [InlineData(false, 1.0, 24, -12)]
    [InlineData(false, 1.0, 35, -1)]
    [InlineData(false, 0.99, 36, -12.2478977001032)]
    [InlineData(false, 0.99, 0, -13.1254187231022)]
    [InlineData(false, 0.9, 36, -7.458134171671)]
    [InlineData(true, 1.0, 36, -64.7091759099622)]
    [InlineData(true, 1.0, 0, -60.0968039888397)]
    [InlineData(true, 1.0, 24, -61.7091759099622)]
    [InlineData(true, 1.0, 35, -9)]
    public void Cliff_walking_has_the_known_values(bool slippery, double discount, int state, double expected) =>
        Assert.Equal(expected, Plans.Of(Worlds.CliffWalking(slippery), discount).Values[state], 1e-9);

    [Fact]
    public void Windy_gridworlds_take_the_known_number_of_steps()
    {
        double Steps(World world) => -Plans.Of(world).StartValue;

        Assert.Equal(15, Steps(Worlds.Windy()), 1e-9);
        Assert.Equal(7, Steps(Worlds.WindyKings()), 1e-9);
        Assert.Equal(7, Steps(Worlds.WindyKingsStay()), 1e-9);
        Assert.Equal(20.6282578875164, Steps(Worlds.WindyStochastic()), 1e-9);
        Assert.Equal(10.9646090534976, Steps(Worlds.WindyKingsStochastic()), 1e-9);
    }
}
