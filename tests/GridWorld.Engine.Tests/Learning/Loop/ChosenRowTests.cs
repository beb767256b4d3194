namespace GridWorld.Tests;

/// <summary>A recorded step shows the row that its action was chosen from.</summary>
public class ChosenRowTests
{
    public static TheoryData<string> Learners => [.. LearnerCatalog.All.Select(l => l.Name)];

    [Theory, MemberData(nameof(Learners))]
    public void Who_did_not_explore_took_a_greedy_action_of_the_row_shown(string name)
    {
        foreach (var world in (World[])[Worlds.CliffWalking(), Worlds.FrozenLake4x4(), Worlds.WindyKings()])
        {
            foreach (var steps in Record(world, LearnerCatalog.Create(name) with { LearningRate = 0.5 }, episodes: 30))
            {
                Assert.All(steps.Where(s => !s.Explored), step =>
                    Assert.True((Greedy.Of(step.Q.AsSpan()).Actions >> step.Action & 1) != 0,
                    $"{name} in {world.Name}: action {step.Action} of {string.Join(", ", step.Q)}"));
            }
        }
    }

    [Fact]
    public void A_step_taken_in_another_slice_than_its_action_was_chosen_shows_the_same_row()
    {
        var whole = Record(Worlds.CliffWalking(), new Sarsa { LearningRate = 0.5 }, episodes: 10);
        var sliced = Record(Worlds.CliffWalking(), new Sarsa { LearningRate = 0.5 }, episodes: 10, slice: 3);

        Assert.Equal(whole.SelectMany(e => e).Select(s => (s.Action, string.Join(" ", s.Q))), sliced.SelectMany(e => e)
            .Select(s => (s.Action, string.Join(" ", s.Q))));
    }

    /// <summary>The seed of all recordings.</summary>
    internal const ulong Seed = 3;

    internal static List<List<EpisodeStep>> Record(World world, LearnerOptions learner, int episodes, int slice = int.MaxValue)
    {
        var mdp = world.Compile();
        var loop = LoopBuilder.Build(mdp, learner, 100_000, Rng.Streams(Seed));
        loop.Apply(new(learner));
        var recorder = loop.Recorder = new(mdp.Actions);
        var all = new List<List<EpisodeStep>>();
        while (all.Count < episodes)
        {
            var buffer = new EpisodeBuffer(1);
            while (!buffer.IsFull)
                loop.Advance(slice, 1, buffer);
            all.Add([.. recorder.Steps]);
        }

        return all;
    }
}
