using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>A store of thousands of runs: a few are real; of the others there is only what lists have of them, and empty files.</summary>
internal static class ManyRuns
{
    static readonly DateTime Written = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Adds runs to a store: learners, learning rates and seeds in turn, with returns that only depend on these.</summary>
    public static void Fabricate(string folder, int count, World? world = null)
    {
        world ??= Worlds.CliffWalking();
        LearnerOptions[] learners = [.. from rate in new[] { 0.05, 0.1, 0.2, 0.5 }
            from learner in new LearnerOptions[] { new QLearning { LearningRate = rate }, new Sarsa { LearningRate = rate } }
            select learner];
        // Not as a list: the folder's index is read once, when it is first listed.
        var index = Directory.GetFiles(folder, "*" + RunFiles.Extension).Select(Path.GetFileName).ToDictionary(file => file!,
            file => Entry(folder, StoreFolder.Find(file![..^RunFiles.Extension.Length], folder)));
        var settings = learners.Select(learner => RunSettings.Of(new(world, learner, 1, 500))).ToList();
        for (var k = 0; k < count; k++)
        {
            var (of, seed) = (k % learners.Length, k / learners.Length + 1);
            var id = $"{world.Name}-{k:00000}";
            File.WriteAllBytes(RunFiles.PathOf(folder, id), []);
            index[id + RunFiles.Extension] = Entry(folder, new(id, $"sweep {k}", RunState.Completed, 500, 500, 12_000 + k, world.Name,
                learners[of].Name, new DateTimeOffset(Written).AddSeconds(k), -13 - of - (k * 7919 % 1000 / 1000.0))
            { Settings = settings[of] with { Seed = $"{seed}" } });
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(index, RunIndexJson.Default.DictionaryStringEntry);
        File.WriteAllBytes(Path.Combine(folder, ".runs.index"), [.. Digest.Of(json), .. json]);
    }

    static RunIndex.Entry Entry(string folder, RunSummary run)
    {
        var file = new FileInfo(RunFiles.PathOf(folder, run.Id)) { LastWriteTimeUtc = Written };
        return new(new(file.Length, file.LastWriteTimeUtc.Ticks), run);
    }
}
