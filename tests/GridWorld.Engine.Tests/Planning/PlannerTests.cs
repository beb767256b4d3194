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
    public void Slippery_small_FrozenLake_has_the_known_values_everywhere() => Same(Worlds.FrozenLake4x4(),
        [
            0.5420259320005, 0.4988031872295, 0.4706956905563, 0.4568516996576,
            0.5584509602429, 0, 0.3583480719830, 0,
            0.5917987448563, 0.6430798247685, 0.6152075578771, 0,
            0, 0.7417204389891, 0.8628374301489, 0,
        ]);

    [Fact]
    public void Slippery_large_FrozenLake_has_the_known_values_everywhere() => Same(Worlds.FrozenLake8x8(),
        [
            0.4146403618000, 0.4272052212485, 0.4461482245677, 0.4683203709811, 0.4924437135478, 0.5165698294837, 0.5352615149252,
                0.5409752174033,
            0.4116864231688, 0.4212078306943, 0.4374957213231, 0.4583885548078, 0.4832401343861, 0.5135317752387, 0.5457678583540,
                0.5573684058095,
            0.3967520882803, 0.3938405439456, 0.3754962748001, 0, 0.4216779893475, 0.4938192068249, 0.5612120742774, 0.5858589049562,
            0.3692722790313, 0.3529825388438, 0.3065312341255, 0.2004037140092, 0.3007527477206, 0, 0.5690158860152, 0.6282590357852,
            0.3326639498052, 0.2913753704976, 0.1973091795256, 0, 0.2892902594330, 0.3619518057401, 0.5348194536198, 0.6896973192137,
            0.3061363463308, 0, 0, 0.0862763948207, 0.2139325963364, 0.2727139407050, 0, 0.7720355214063,
            0.2888856018361, 0, 0.0576964061863, 0.0475110243323, 0, 0.2505214788479, 0, 0.8777687393991,
            0.2803889664880, 0.2008151150711, 0.1273265701716, 0, 0.2395908633063, 0.4864420558037, 0.7371033011173, 0,
        ]);

    static void Same(World lake, double[] expected) =>
        Assert.All(expected.Zip(Plans.Of(lake, 0.99).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));

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
