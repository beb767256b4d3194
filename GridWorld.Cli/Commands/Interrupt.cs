using System.Runtime.InteropServices;

namespace GridWorld.Cli;

/// <summary>Turns the first Ctrl+C, or a request to terminate, into an orderly stop; the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    readonly PosixSignalRegistration[] registrations;
    readonly Action stop;
    int asked;

    public Interrupt(Action stop)
    {
        this.stop = stop;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    void Handle(PosixSignalContext signal)
    {
        signal.Cancel = Interlocked.Exchange(ref asked, 1) == 0;
        if (signal.Cancel)
            stop();
    }
}
