using System.Runtime.InteropServices;

namespace GridWorld.Cli;

/// <summary>Turns the first Ctrl+C or termination request into an orderly stop. The second one ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    readonly PosixSignalRegistration[] registrations;
    readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Action stop;

    public Interrupt(Action stop)
    {
        this.stop = stop;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Completes at the first request.</summary>
    public Task Asked => asked.Task;

    /// <summary>Waits for the first request, so that the live view stays available. Without a server it returns at once.</summary>
    public async Task StayAsync(WidgetServer? server)
    {
        if (server is null || Asked.IsCompleted)
            return;
        Console.Error.WriteLine("The live view stays available until Ctrl+C.");
        await Asked;
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    void Handle(PosixSignalContext signal)
    {
        if (asked.Task.IsCompleted)
            return;
        signal.Cancel = true;
        stop();
        asked.TrySetResult();
    }
}
