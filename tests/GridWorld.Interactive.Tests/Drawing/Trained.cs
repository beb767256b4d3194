namespace GridWorld.Tests;

/// <summary>Runs to show.</summary>
internal static class Trained
{
    public static Run In(World world, long episodes = 200, string? name = null, LearnerOptions? learner = null)
    {
        var run = world.Train(learner ?? new QLearning { LearningRate = 0.5 }, episodes, name: name, options: RunOptions.InMemory);
        Assert.True(run.Completion.Wait(TimeSpan.FromSeconds(60)), "The run did not end within a minute.");
        return run;
    }
}
