using CsCheck;

namespace GridWorld.Tests;

public class MdpCompilerTests
{
    // Worlds with keys or a passenger have their own reference, in WorldModesTests.
    public static TheoryData<string> Plain =>
        [.. WorldContractTests.Names.Select(row => row.Data).Where(name => Worlds.Get(name).Modes == 1)];

    [Theory, MemberData(nameof(Plain))]
    public void Catalog_is_compiled_by_the_step_rule(string name) => AssertAsReference(Worlds.Get(name));

    [Fact]
    public void Random_worlds_are_compiled_by_the_step_rule() => WorldGen.Any.Sample(AssertAsReference, iter: 2000);

    [Fact]
    public void FrozenLake_slips_to_both_sides_of_the_chosen_direction_in_the_order_left_chosen_right()
    {
        var mdp = Worlds.FrozenLake4x4().Compile();
        int left = 0, down = 1;

        // From state 9 (row 2, column 1), heading down: left of down is east, then south, then west.
        Assert.Equal([10, 13, 8], Nexts(mdp, 9, down));
        // Heading west: left of west is south, then west, then north (a hole, terminal).
        Assert.Equal([13, 8, 5], Nexts(mdp, 9, left));
        Assert.Equal(MoveEnd.Terminal, mdp.Outcomes(mdp.Code(9, left))[2].End);
    }

    [Fact]
    public void Slip_keeps_its_outcomes_apart_where_they_coincide()
    {
        var mdp = Worlds.FrozenLake4x4().Compile();

        Assert.Equal(3, mdp.OutcomesPerPair);
        Assert.Equal([4, 0, 0], Nexts(mdp, 0, 0));
    }

    [Theory]
    [InlineData("S.\n.G", 3, 1.0)]
    [InlineData("S#\n.G", 0, -1.0)]
    [InlineData("S.\n#G", 0, -1.0)]
    public void Octile_diagonal_may_not_cut_a_corner(string map, int next, double reward)
    {
        var world = World.Parse(map, rules: new() { Moves = MoveSet.Octile, Rewards = new Dictionary<char, double> { ['G'] = 1 } });

        var mdp = world.Compile();

        Assert.Equal((next, reward), (mdp.Next(0, 5), mdp.Reward(0, 5)));
    }

    [Fact]
    public void Octile_diagonal_costs_root_two_of_the_step_and_a_bump_only_the_step()
    {
        var mdp = World.Parse("S..\n...\n..G", rules: new() { Moves = MoveSet.Octile, StepReward = -3 }).Compile();

        Assert.Equal((-3 * Math.Sqrt(2), -3.0, -3.0), (mdp.Reward(0, 5), mdp.Reward(0, 1), mdp.Reward(0, 4)));
    }

    [Fact]
    public void King_may_cut_corners_and_pays_one_step()
    {
        var mdp = World.Parse("S#\n#G", rules: new() { Moves = MoveSet.Eight }).Compile();

        Assert.Equal((3, -1.0, MoveEnd.Terminal), (mdp.Next(0, 5), mdp.Reward(0, 5), mdp.Outcomes(mdp.Code(0, 5))[0].End));
    }

    [Theory]
    [InlineData(6, 0, 1, 7)]  // right from (6,0): wind 2 up is clamped, the move to the right is kept
    [InlineData(9, 3, 1, 39)]  // right at the right edge, no wind: stays
    [InlineData(6, 3, 2, 26)]  // down against wind 2: one up
    [InlineData(3, 3, 2, 33)]  // down against wind 1: the same cell
    [InlineData(3, 3, 1, 24)]  // the wind is that of the column left
    public void Wind_and_move_are_clamped_together(int x, int y, int action, int next)
    {
        var mdp = Worlds.Windy().Compile();

        Assert.Equal(next, mdp.Next(y * 10 + x, action));
    }

    [Fact]
    public void Wind_varies_in_windy_columns_only_weakest_first()
    {
        var mdp = Worlds.WindyStochastic().Compile();

        Assert.Equal([36, 26, 16], Nexts(mdp, 35, 1));
        Assert.Equal([1, 1, 1], Nexts(mdp, 0, 1));
    }

    [Fact]
    public void Cliff_costs_100_and_restarts()
    {
        var mdp = Worlds.CliffWalking().Compile();

        Assert.Equal(new Outcome(-100, 0, MoveEnd.Restart), mdp.Outcomes(mdp.Code(36, 1))[0]);
        Assert.Equal(36, mdp.Next(36, 1));
    }

    [Fact]
    public void Bump_and_stay_give_the_bump_reward_even_on_a_rewarded_cell()
    {
        var rules = new WorldRules { Moves = MoveSet.Nine, BumpReward = -7, Rewards = new Dictionary<char, double> { ['S'] = 5 } };

        var mdp = World.Parse("SG", rules: rules).Compile();

        Assert.Equal((-7.0, -7.0, -1.0), (mdp.Reward(0, 0), mdp.Reward(0, 8), mdp.Reward(0, 1)));
    }

    [Fact]
    public void Teleport_takes_any_action_and_gives_its_reward()
    {
        var mdp = Worlds.SuttonBarto35().Compile();

        for (int a = 0; a < 4; a++)
            Assert.Equal((21, 10.0, 13, 5.0), (mdp.Next(1, a), mdp.Reward(1, a), mdp.Next(3, a), mdp.Reward(3, a)));
    }

    [Fact]
    public void Changes_become_tables_with_their_step()
    {
        var mdp = Worlds.BlockingMaze().Compile();

        var change = Assert.Single(mdp.Changes);
        Assert.Equal((1000, 44, 35), (change.AfterSteps, change.Mdp.Next(44, 0), mdp.Next(44, 0)));
    }

    [Fact]
    public void Agent_on_a_new_wall_may_leave_it()
    {
        var mdp = Worlds.BlockingMaze().Compile().Changes[0].Mdp;

        Assert.Equal((26, 44), (mdp.Next(35, 0), mdp.Next(35, 2)));
    }

    [Theory]
    [InlineData("S#G", "The goal at (2, 0) cannot be reached from any start.")]
    [InlineData("S.GG#G", "The goal at (5, 0) cannot be reached from any start.")]
    [InlineData("S..", "The world has no goal: no episode ends before its step limit. Mark a cell with G.")]
    public void Goal_out_of_reach_is_a_warning(string map, string warning) => Assert.Equal([warning], World.Parse(map).Compile().Warnings);

    [Fact]
    public void Way_of_probability_0_is_none()
    {
        // With noise 1 the wind of 1 is 0 or 2: right of S, only the cell that a wind of 1 leads to is free.
        var mdp = World.Parse("##\n##\n#G\nS#", rules: new() { Wind = [1, 0], WindNoise = 1 }).Compile();

        Assert.Equal(["The goal at (1, 2) cannot be reached from any start."], mdp.Warnings);
    }

    [Fact]
    public void Sticky_and_step_limit_are_passed_through()
    {
        var mdp = World.Parse("S.G", rules: new() { Sticky = 0.25, MaxSteps = 9 }).Compile();

        Assert.Equal((0.25, 9, 1, true), (mdp.Sticky, mdp.StepLimit, mdp.OutcomesPerPair, mdp.HasChance));
    }

    static int[] Nexts(Mdp mdp, int state, int action) =>
        [.. Enumerable.Range(0, mdp.OutcomesPerPair).Select(k => mdp.Next(state, action, k))];

    static void AssertAsReference(World world)
    {
        var mdp = world.Compile();
        for (int s = 0; s < world.States; s++)
        {
            Assert.Equal(world.IsTerminal(s), mdp.IsTerminal(s));
            for (int a = 0; a < world.Actions; a++)
            {
                var expected = ReferenceSteps.Of(world, s, a);
                var outcomes = mdp.Outcomes(mdp.Code(s, a));
                Assert.Equal(expected.Count, outcomes.Length);
                for (int k = 0; k < expected.Count; k++)
                {
                    var (probability, next, reward, end) = expected[k];
                    Assert.Equal((reward, end), (outcomes[k].Reward, outcomes[k].End));
                    Assert.Equal(end == MoveEnd.Restart ? 0 : next - s, outcomes[k].Delta);
                    Assert.Equal(probability, mdp.Probability(s, a, k), 12);
                }
            }
        }
    }
}
