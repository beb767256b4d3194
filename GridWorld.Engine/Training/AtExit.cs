using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Knows the runs of this process that train: when it ends in an orderly way, or by a signal that it does not handle, the stored ones save where they stand.</summary>
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
                // The signals keep their effect: after this they do what they would have done.
                signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, _ => SaveAll()))];
            }

            Watched.RemoveAll(w => !w.TryGetTarget(out _));
            Watched.Add(new(trainer));
        }
    }

    /// <summary>Stops the runs that train and closes their files, when no one can reach them any more.</summary>
    public static void StopAll() => Active().ForEach(trainer => trainer.Stop());

    static List<Trainer> Active()
    {
        lock (Gate)
            return [.. Watched.Select(w => w.TryGetTarget(out var trainer) ? trainer : null).OfType<Trainer>().Where(t => t.State is RunState.Training or RunState.Paused)];
    }

    static void SaveAll()
    {
        // A bound on all of them together, in real time: the host is ending.
        long begun = TimeProvider.System.GetTimestamp();
        foreach (var saved in Active().Where(t => t.StorePath is not null).Select(t => t.SaveForExit()).ToList())
        {
            var left = Patience - TimeProvider.System.GetElapsedTime(begun);
            saved.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }
}
