using System.Net;
using System.Net.Sockets;

namespace GridWorld.Tests;

/// <summary>However a kernel dies, it leaves no port, no half-written file, and a run that goes on where it stood.</summary>
public sealed class KernelDeathTests : IDisposable
{
    readonly DirectoryInfo store = Directory.CreateTempSubdirectory("gridworld-kernel-");

    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public KernelDeathTests() => limit.CancelAfter(TimeSpan.FromMinutes(3));

    CancellationToken Stop => limit.Token;

    public void Dispose()
    {
        limit.Dispose();
        store.Delete(recursive: true);
    }

    [Theory]
    [InlineData("quit")]
    [InlineData("pause and quit")]
    [InlineData("shutdown")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task Kernel_that_dies_leaves_no_port_and_a_run_that_goes_on(string death)
    {
        bool isSignal = char.IsUpper(death[0]);
        Assert.SkipWhen(isSignal && OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var kernel = await KernelProcess.StartAsync(store.FullName, Stop);
        Assert.True(await IsOpenAsync(kernel.Port));

        if (isSignal)
            await kernel.SignalAsync(death, Stop);
        else
            kernel.Say(death);
        await kernel.EndAsync(Stop);

        Assert.False(await IsOpenAsync(kernel.Port));
        // After a kill SQLite's own journal may lie beside the file; whoever opens it next takes it in.
        string[] left = death == "KILL" ? [".run.db", ".run.db-shm", ".run.db-wal"] : [".run.db"];
        Assert.All(Directory.GetFiles(store.FullName),
            file => Assert.Contains(Path.GetFileName(file), left.Select(ending => kernel.Run + ending).Append("index.db")));
        Assert.Equal(RunState.Interrupted, Run.Open(kernel.Run, store.FullName).Status().State);
        Assert.Empty(StoreFolder.Verify(kernel.Run, store.FullName, rerun: false, cancellationToken: Stop));
        await GoesOnAsync(kernel.Run, isSaved: death != "KILL");
    }

    [Fact]
    public async Task Kernel_whose_editor_died_closes_its_port_and_lets_go_of_its_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell and kill");
        using var kernel = await KernelProcess.StartAsync(store.FullName, Stop, underShell: true);

        kernel.KillStarter();

        while (await IsOpenAsync(kernel.Port))
            await Task.Delay(100, Stop);
        while (Run.Open(kernel.Run, store.FullName).Status().State == RunState.Training)
            await Task.Delay(100, Stop);
        await GoesOnAsync(kernel.Run, isSaved: true);
    }

    async Task GoesOnAsync(string run, bool isSaved)
    {
        long reached = Run.Open(run, store.FullName).Status().Episodes;
        var again = Run.Resume(run, store.FullName, moreEpisodes: 10, options: new() { StartPaused = true });
        long stood = again.Episodes;
        again.Stop();
        await again.Completion.WaitAsync(Stop);

        if (isSaved)
            Assert.Equal(reached, stood);
        Assert.True(stood >= 100, $"The run had a checkpoint after episode 100 and goes on from {stood}.");
        Assert.Contains(again.EventLog, e => e.Kind == RunEventKind.RunResumed);
    }

    async Task<bool> IsOpenAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, Stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
