namespace GridWorld.Tests;

/// <summary>Whole processes whose writes fail in the C library, which knows nothing of SQLite and of the engine.</summary>
public sealed class FaultyProcessTests : IDisposable
{
    const string Name = "shim";
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Processes_whose_writes_fail_leave_what_ends_as_if_undisturbed()
    {
        Assert.SkipUnless(Long.Is(Name), "Takes minutes: dotnet run build.cs long shim.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "LD_PRELOAD is that of Linux.");
        string shim = CCompiler.Compile(folder.Path, "tests/GridWorld.Engine.Tests/Faults/faulty.c", "-shared", "-fPIC", "-O2");
        int processes = (int)Long.Count(Name, 0, 300);
        ulong seed = Long.Seed(Name, 0);
        Long.Say(Name, $"seed {seed}, {processes} processes that train one of {Fleet.Members.Count}");
        string counts = folder.At("counts"), store = folder.At("store");
        var random = Rng.Streams(seed).World;
        var fleet = new Fleet(store, processes);
        int refused = 0;
        File.WriteAllText(counts, "");
        for (int i = 0; i < processes; i++)
        {
            string member = Fleet.Members[i % Fleet.Members.Count];
            using var process = fleet.Start(member, $"LD_PRELOAD={shim}", $"FAULTY={seed + (ulong)i}:{1 + random.Below(20)}:{counts}");
            var error = process.StandardError.ReadToEndAsync(Cancel);
            await process.StandardOutput.ReadLineAsync(Cancel); // it trains, or has ended
            if (!process.WaitForExit(TimeSpan.FromMilliseconds(random.Below(1500))))
                process.Kill();
            await process.WaitForExitAsync(Cancel);
            if (process.ExitCode is 0 or 137)
                continue;
            refused++;
            string why = $"{member}, process {i}, exit {process.ExitCode}: {await error}";
            Assert.True(why.Contains("GridWorld.InputException", StringComparison.Ordinal), why);
            Assert.False(why.Contains("damage", StringComparison.OrdinalIgnoreCase), why);
        }

        LearnerCatalog.Register(() => Fleet.Own);
        await Task.WhenAll(Fleet.Members.Select(member => fleet.TrainAsync(member, toTheEnd: true)));
        foreach (string member in Fleet.Members.Except([Fleet.Ensemble, Fleet.Sweep]))
        {
            var view = Run.Open(member, store);
            var specification = fleet.SpecificationOf(member);
            new Straight(specification, view.EventLog, specification.Episodes!.Value).AssertSame(view, RunFiles.PathOf(store, view.Id));
        }

        fleet.AssertUndisturbed(Ensemble.Open(Fleet.Ensemble, store));
        await fleet.AssertUndisturbedAsync(SweepView.Open(Fleet.Sweep, store));
        long faults = new FileInfo(counts).Length;
        Assert.InRange(faults, processes / 4, long.MaxValue);
        Long.Say(Name, $"{faults} failed calls in {processes} processes, {refused} of which did not begin or ended with the reason: "
            + "the undisturbed results");
    }
}
