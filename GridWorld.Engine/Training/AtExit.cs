using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// Tracks the runs of this process that are training. When the process exits normally or by a signal that it does not handle, the stored
/// runs are saved.
/// </summary>
internal static class AtExit
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    static readonly Lock Gate = new();
    static readonly List<WeakReference<Trainer>> Watched = [];
    static PosixSignalRegistration[] signals = [];

    public static void Watch(Trainer trainer)
    {
        lock (Gate)
        {
            if (signals.Length == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => SaveAll();
                // The handler does not cancel the signals, so they keep their effect.
                signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT,
                    PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, _ => SaveAll()))];
            }

            Watched.RemoveAll(w => !w.TryGetTarget(out _));
            Watched.Add(new(trainer));
        }
    }

    /// <summary>Stops the runs that are training and closes their files, when they can no longer be reached.</summary>
    public static void StopAll() => Active().ForEach(trainer => trainer.Stop());

    static List<Trainer> Active()
    {
        lock (Gate)
            return [.. Watched.Select(w => w.TryGetTarget(out var trainer) ? trainer : null).OfType<Trainer>()
                .Where(t => t.State is RunState.Training or RunState.Paused)];
    }

    static void SaveAll()
    {
        // The limit applies to all runs together and to real time, because the host is exiting.
        long begun = TimeProvider.System.GetTimestamp();
        foreach (var saved in Active().Where(t => t.StorePath is not null).Select(t => t.SaveForExit()).ToList())
        {
            var left = Patience - TimeProvider.System.GetElapsedTime(begun);
            saved.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }
}
