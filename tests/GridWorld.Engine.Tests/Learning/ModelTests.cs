using CsCheck;

namespace GridWorld.Tests;

public class ModelTests
{
    static Transition Seen(int state, int action, double reward, int next, bool ends = false) =>
        new(state, action, state * 3 + action, 0, reward, ends ? 0 : 0.9, next, -1, 0, default, ends ? StepEnd.Terminated : StepEnd.None);

    [Fact]
    public void Model_lists_states_by_first_visit_and_says_what_was_last_seen()
    {
        var model = new DynaModel(5, 3);
        foreach (var t in new[] { Seen(4, 1, 7, 2), Seen(2, 0, 1, 4), Seen(4, 1, 8, 0), Seen(4, 2, 5, 3, ends: true) })
            model.Observe(t);

        Assert.Equal([4, 2], Enumerable.Range(0, model.VisitedStates).Select(model.Visited));
        Assert.Equal((8, 0, false), (model[13].Reward, model[13].Next, model[13].IsTerminal));
        Assert.Equal((5, 3, true), (model[14].Reward, model[14].Next, model[14].IsTerminal));
        Assert.Equal((1, 4, false), (model[6].Reward, model[6].Next, model[6].IsTerminal));
        Assert.Equal((0b110u, 0b1u, 0u), (model.Tried(4), model.Tried(2), model.Tried(0)));
    }

    // γ is 0 in the first episode, which is cut off: the value 10 of the state it was cut off in counts again once γ is 1.
    [Fact]
    public void Truncated_step_is_no_end_in_the_model_even_where_it_had_no_discount()
    {
        var cut = Mdp.FromArrays(2, 2, 1, [1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1], [false, false], [new(0, 1)], stepLimit: 1);
        var loop = Loops.Of(cut,
            new DynaQ { InitialValue = 10, LearningRate = 0.5, Epsilon = 0, PlanningSteps = 200,
            DiscountFactor = Schedule.Piecewise([new(0, 0), new(1, 1)]) });

        loop.Run(1);
        int first = loop.Values[0] < 1 ? 0 : 1;
        Assert.Equal(0, loop.Values[first], 1e-9);
        loop.Run(1); // the other action, which still looks like 10

        Assert.Equal(10, loop.Values[first], 1e-9);
    }

    [Fact]
    public void Draw_takes_a_visited_state_then_one_of_its_tried_actions_two_draws()
    {
        var model = new DynaModel(5, 3);
        foreach (var t in new[] { Seen(4, 0, 0, 2), Seen(4, 2, 0, 2), Seen(1, 1, 0, 4), Seen(3, 0, 0, 4) })
            model.Observe(t);
        var (random, expected) = (new Rng(1, 2, 3, 4), new Rng(1, 2, 3, 4));
        int[][] tried = [[0, 2], [1], [0]];

        for (int i = 0; i < 200; i++)
        {
            int place = expected.Below(3), state = new[] { 4, 1, 3 }[place], action = tried[place][expected.Below(tried[place].Length)];
            Assert.Equal(state * 3 + action, model.TriedPairs.Draw<AnyActions>(ref random));
        }

        Assert.Equal(expected, random);
    }

    [Fact]
    public void Model_that_was_loaded_goes_on_alike() =>
    Gen.Select(Gen.Int[0, 199], Gen.Int[0, 2], Gen.Int[0, 199], Gen.Bool).Array[1, 300].Sample(steps =>
    {
        var (model, copy) = (new DynaModel(200, 3), new DynaModel(200, 3));
        foreach (var (state, action, next, ends) in steps)
            model.Observe(Seen(state, action, state, next, ends));
        var state_ = new StateWriter();
        model.Save(state_);
        copy.Load(new(state_.Sections));
        copy.Observe(Seen(0, 0, 1, 1));
        model.Observe(Seen(0, 0, 1, 1));
        var (a, b) = (new Rng(1, 2, 3, 4), new Rng(1, 2, 3, 4));

        for (int i = 0; i < 50; i++)
        {
            int drawn = model.TriedPairs.Draw<AnyActions>(ref a);
            Assert.Equal(drawn, copy.TriedPairs.Draw<AnyActions>(ref b));
            Assert.Equal(model[drawn], copy[drawn]);
        }
    }, iter: 100);

    // A pair leads to one state at a time; a map of sets is the reference.
    [Fact]
    public void Predecessors_are_the_pairs_that_lead_there_now() => Gen.Select(Gen.Int[0, 29], Gen.Int[0, 9]).Array[0, 200].Sample(links =>
    {
        var predecessors = new Predecessors(10, 30);
        var leadsTo = new Dictionary<int, int>();
        foreach (var (pair, next) in links)
        {
            predecessors.Link(pair, next);
            leadsTo[pair] = next;
        }

        for (int state = 0; state < 10; state++)
        {
            var found = new List<int>();
            for (int pair = predecessors.First(state); pair >= 0; pair = predecessors.After(pair))
                found.Add(pair);
            Assert.Equal(leadsTo.Where(l => l.Value == state).Select(l => l.Key).Order(), found.Order());
        }
    }, iter: 500);

    [Fact]
    public void Predecessors_can_be_made_from_the_model_alone()
    {
        var (model, predecessors) = (new DynaModel(4, 3), new Predecessors(4, 12));
        foreach (var t in new[] { Seen(0, 0, 0, 2), Seen(1, 2, 0, 2), Seen(0, 0, 0, 3) })
            model.Observe(t);

        predecessors.Link(7, 1);
        predecessors.Rebuild(model);

        Assert.Equal((-1, 5, 0), (predecessors.First(1), predecessors.First(2), predecessors.First(3)));
        Assert.Equal(-1, predecessors.After(5));
    }
}
