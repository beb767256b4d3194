using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// Tracks what this process trains in the background. When the process exits normally or by a signal that it does not handle, it is saved.
/// </summary>
internal static class AtExit
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    static readonly Lock Gate = new();
    static readonly List<WeakReference<IBackgroundTraining>> Watched = [];
    static PosixSignalRegistration[] signals = [];

    public static void Watch(IBackgroundTraining training)
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
            Watched.Add(new(training));
        }
    }

    /// <summary>Stops everything that trains and closes its files, when it can no longer be reached.</summary>
    public static void StopAll() => Active().ForEach(training => training.Stop());

    static List<IBackgroundTraining> Active()
    {
        lock (Gate)
            return [.. Watched.Select(w => w.TryGetTarget(out var training) ? training : null).OfType<IBackgroundTraining>()
                .Where(t => t.State is RunState.Training or RunState.Paused)];
    }

    static void SaveAll()
    {
        // The limit applies to all together and to real time, because the host is exiting.
        long begun = TimeProvider.System.GetTimestamp();
        foreach (var saved in Active().Select(t => t.SaveForExit()).OfType<ManualResetEventSlim>().ToList())
        {
            var left = Patience - TimeProvider.System.GetElapsedTime(begun);
            saved.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }
}
