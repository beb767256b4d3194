using System.Runtime.InteropServices;

namespace GridWorld.Cli;

/// <summary>Turns the first Ctrl+C, or a request to terminate, into an orderly stop; the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    readonly PosixSignalRegistration[] registrations;
    readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Action stop;

    public Interrupt(Action stop)
    {
        this.stop = stop;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Ends with the first request.</summary>
    public Task Asked => asked.Task;

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
