namespace GridWorld.Tests;

/// <summary>The file of a sweep or an ensemble that was damaged: it gives what was written, or an error, and never anything else.</summary>
public sealed class SweepFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sweep_with_a_damaged_byte_gives_what_was_written_or_an_error()
    {
        var sweep = new Sweep
        {
            Name = "whole", Episodes = 30, Seeds = 3, TestSeeds = 2, Sampler = SweepSampler.Random, Trials = 12,
            Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)],
        }.Start(new() { Store = folder.Path });
        await sweep;

        int errors = Damage(sweep.StorePath, seed: 1, rounds: 150, path => Read(new(path)), Read(sweep));

        Assert.InRange(errors, 15, 149);

        static string Read(SweepView view) =>
            string.Join('\n', view.TrialResults().Select(t => $"{t} {string.Join(' ', view.Seeds(t.Number))}")
            .Prepend($"{view.Status()} {view.Hash()} {string.Join(' ', view.BestTrials())}"));
    }

    [Fact]
    public async Task Ensemble_with_a_damaged_byte_gives_what_was_written_or_an_error()
    {
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new Sarsa(), Episodes: 200), 12, new() { Store = folder.Path });
        await ensemble;

        int errors = Damage(ensemble.StorePath!, seed: 2, rounds: 150, path => Read(new StoredEnsemble(path)),
            Read(Ensemble.Open(ensemble.Id, folder.Path)));

        Assert.InRange(errors, 15, 149);

        static string Read(EnsembleView view) => string.Join('\n', view.Seeds.Select(s => $"{s} {string.Join(' ', view.SeedCurve(s.Seed))}")
            .Prepend($"{view.Status()} {string.Join(' ', view.Changes)}"));
    }

    [Theory]
    [InlineData("trial", "trial = 5", "Trial 5 is missing")]
    [InlineData("trial", "trial = 12", "1 of the 12 trials that have ended are missing")]
    [InlineData("seed", "trial = 5 AND seed = 2", "Trial 5 has 2 of its 3 seeds")]
    public async Task Row_that_is_missing_is_noticed(string table, string which, string message)
    {
        var sweep = new Sweep
        {
            Episodes = 5, Seeds = 3, TestSeeds = 0, Sampler = SweepSampler.Random, Trials = 12,
            Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)],
        }.Start(new() { Store = folder.Path });
        await sweep;
        using (var file = SweepFile.Take(sweep.StorePath, TimeProvider.System))
            file.Write((c, _) => c.Run($"DELETE FROM {table} WHERE {which}"));

        string error = Assert.Throws<InputException>(() => sweep.TrialResults().Select(t => sweep.Seeds(t.Number)).ToList()).Message;

        Assert.Contains(message, error);
    }

    [Fact]
    public async Task File_that_is_trained_is_not_deleted()
    {
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new QLearning(), Episodes: 5), 2,
            new() { Store = folder.Path, StartPaused = true });

        Assert.Throws<InputException>(() => SweepFolder.Delete(ensemble.Id, folder.Path));
        Assert.True(File.Exists(ensemble.StorePath));
        ensemble.Stop();
        await ensemble;
        SweepFolder.Delete(ensemble.Id, folder.Path);

        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Run_file_and_sweep_file_are_not_taken_for_each_other()
    {
        var run = Run.Start(new(Worlds.CliffWalking(), new QLearning(), Episodes: 5), new() { Store = folder.Path });
        await run;
        File.Copy(folder.At(run.Id + ".run.db"), folder.At("other.sweep.db"));

        var listed = Assert.Single(SweepFolder.List(folder.Path));

        Assert.Contains("is the database of another program", listed.Error);
    }

    int Damage(string path, ulong seed, int rounds, Func<string, string> read, string whole)
    {
        byte[] good = File.ReadAllBytes(path);
        string copy = Path.Combine(Path.GetDirectoryName(path)!, "copy", Path.GetFileName(path));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var random = Rng.Streams(seed).World;
        int errors = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] bytes = [.. good];
            int at = random.Below(bytes.Length);
            bytes[at] ^= (byte)(1 << random.Below(8));
            File.WriteAllBytes(copy, bytes);
            try
            {
                Assert.True(whole == read(copy), $"Bit of byte {at}: the file gives other results.");
            }
            catch (InputException)
            {
                errors++;
            }
        }

        return errors;
    }
}
